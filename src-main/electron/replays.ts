import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { dataPortMessage } from '../contract/ipc';
import type { WorkerPort } from '../services/ports';
import { replayOrigin } from './origins';

/** The open replays. Only their origins are served. Each data port connects the worker directly with the frame. */
export class Replays {
  private readonly origins = new Set<string>();

  constructor(
    private readonly worker: WorkerPort,
    private readonly shell: WebContents,
  ) {}

  isOpen = (origin: string): boolean => this.origins.has(origin);

  open = async (id: string, windowId: string | undefined): Promise<{ origin: string; windowId: string }> => {
    const { port, ...replay } = await this.serve(id, windowId);
    this.shell.postMessage(dataPortMessage, replay.origin, [port]);
    return replay;
  };

  /** The caller passes the returned port to the frame. */
  serve = async (
    id: string,
    windowId: string | undefined,
  ): Promise<{ origin: string; windowId: string; port: MessagePortMain }> => {
    const { port1, port2 } = new MessageChannelMain();
    const served = await this.worker.call('replay.serve', { id, windowId: windowId ?? null }, { ports: [port1] });
    const origin = replayOrigin(id);
    this.origins.add(origin);
    return { origin, windowId: served.windowId, port: port2 };
  };

  close = (id: string): void => void this.origins.delete(replayOrigin(id));
}
