import { toErrorReply } from '../../contract/errors';
import type { ChunkRequest, DataMessage } from '../../contract/replay-port';
import type { StoredSession } from '../../contract/session';
import { busiestWindow } from '../../core/recording/windows';
import { readEvents, type Vault } from '../../node/vault/vault';
import type { MessagePortLike } from '../rpc-server';

/**
 * Serves the events of one window of a session over the data port of its replay frame, a chunk at a time as the frame asks.
 * Returns which window it is.
 */
export async function serveReplay(
  vault: Vault,
  session: StoredSession,
  wantedWindow: string | null,
  port: MessagePortLike,
): Promise<string> {
  const { windows, startedAt, durationMs } = session.facts;
  const windowId =
    wantedWindow !== null && windows.includes(wantedWindow)
      ? wantedWindow
      : windows.length > 1
        ? await busiestWindow(readEvents(vault, session.id))
        : (windows[0] ?? '');
  const count = await vault.countChunks(session.id);
  const send = (message: DataMessage): void => port.postMessage(message);

  const sendChunk = async (index: number): Promise<void> => {
    try {
      const chunk = await vault.readChunk(session.id, index);
      const events = chunk.filter((event) => event.windowId === windowId).map(({ event }) => event);
      send({ kind: 'chunk', index, count, startedAt, durationMs, events });
    } catch (error) {
      send({ kind: 'failed', code: toErrorReply(error).code });
    }
  };

  port.on('message', ({ data }) => {
    const index = (data as Partial<ChunkRequest>).index;
    if (typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < count) void sendChunk(index);
    else send({ kind: 'failed', code: 'ipc-refused' });
  });
  port.start();
  return windowId;
}
