import { MessageChannelMain, type MessagePortMain } from 'electron';
import type { WindowReply, WindowRequest } from '../contract/window-port';
import { Camera, type CameraParts } from './camera';
import { printPage } from './print';

/** A port for an export: what the worker asks over it is made in windows that nobody sees. They are gone when the port or the job is. */
export function openHiddenWindows(parts: CameraParts, signal: AbortSignal): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  const camera = new Camera(parts);
  const hangUp = new AbortController();
  const stopped = AbortSignal.any([signal, hangUp.signal]);
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
  port2.on('close', () => hangUp.abort());
  port2.start();
  return port1;
}
