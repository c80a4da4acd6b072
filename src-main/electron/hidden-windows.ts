import { MessageChannelMain, type MessagePortMain } from 'electron';
import type { WindowReply, WindowRequest } from '../contract/window-port';
import { Camera, type CameraParts } from './camera';
import { printPage } from './print';

/** Opens a port for an export. The worker's requests are served in hidden windows, which close with the port or when the job is cancelled. */
export function openHiddenWindows(parts: CameraParts, signal: AbortSignal): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  const camera = new Camera(parts);
  const closed = new AbortController();
  const stopped = AbortSignal.any([signal, closed.signal]);
  stopped.addEventListener('abort', () => camera.close(), { once: true });
  const answer = async (request: WindowRequest): Promise<WindowReply> => {
    if (request.kind === 'print') return { bytes: await printPage(request.html, stopped) };
    return camera.take(request, stopped);
  };
  port2.on('message', ({ data }) => {
    void answer(data as WindowRequest)
      .catch((): WindowReply => ({ failure: 'failed' }))
      .then((reply) => port2.postMessage(reply));
  });
  port2.on('close', () => closed.abort());
  port2.start();
  return port1;
}
