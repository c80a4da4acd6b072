import type { ChunkRequest, DataMessage } from '../../src-main/contract/replay-port';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';

/** What went wrong on the data port: a code of the table of errors. */
export class ReplayFailure extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** The events of one window, and the span of the session that they are a part of. Times are the recorder's, in ms. */
export interface LoadedWindow {
  events: RecordedEvent[];
  startedAt: number;
  durationMs: number;
}

/** How long one chunk may take, in ms: reading and decrypting a megabyte takes a hundredth of it. */
const chunkLimitMs = 20_000;

/** Takes the events from the worker, a chunk at a time: the next is asked for when the last is in. */
export async function loadEvents(
  port: MessagePort,
  onProgress: (chunks: number, count: number) => void,
): Promise<LoadedWindow> {
  const loaded: LoadedWindow = { events: [], startedAt: 0, durationMs: 0 };
  for (let index = 0, count = 1; index < count; index++) {
    const chunk = await askForChunk(port, index);
    count = chunk.count;
    loaded.startedAt = chunk.startedAt;
    loaded.durationMs = chunk.durationMs;
    for (const event of chunk.events) loaded.events.push(event);
    onProgress(index + 1, count);
  }
  return loaded;
}

function askForChunk(port: MessagePort, index: number): Promise<Extract<DataMessage, { kind: 'chunk' }>> {
  return new Promise((resolve, reject) => {
    // A worker that ended says nothing, not even that.
    const timer = setTimeout(() => reject(new ReplayFailure('worker-gone')), chunkLimitMs);
    port.onmessage = ({ data }: MessageEvent<DataMessage>) => {
      clearTimeout(timer);
      if (data.kind === 'chunk' && data.index === index) resolve(data);
      else if (data.kind === 'failed') reject(new ReplayFailure(data.code));
    };
    port.postMessage({ kind: 'chunk', index } satisfies ChunkRequest);
  });
}
