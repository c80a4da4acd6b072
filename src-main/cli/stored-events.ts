import type { RecordedEvent, SessionEvent } from '../contract/recorded-event';
import { SegmentText } from '../core/import/segment-text';
import type { Reading, ScratchStore } from '../core/recording/normalise/normalise';

/** The length of a piece of the stored text, bytes. */
const pieceBytes = 1_000_000;

/** The events of a recording in a store. A recording of any length can be read several times, with one piece of it in memory. */
interface StoredEvents {
  events: AsyncIterable<SessionEvent>;
  count: number;
}

/** Stores the events of a reading in the order of time. Throws the errors of the reading and of the store. */
export async function storeEvents({ items }: Pick<Reading, 'items'>, scratch: ScratchStore): Promise<StoredEvents> {
  const refs: number[] = [];
  const text = new SegmentText();
  let count = 0;
  let isEmpty = true;
  const flush = async (): Promise<void> => {
    if (!isEmpty) refs.push(await scratch.write(text.finish()));
    isEmpty = true;
  };
  for await (const batch of items) {
    for (const item of batch) {
      if (item.kind !== 'event') continue;
      text.addValue(item.windowId);
      if (item.json) text.add(item.json);
      else text.addValue(item.event);
      count++;
      isEmpty = false;
    }
    if (text.bytes >= pieceBytes) await flush();
  }
  await flush();
  return {
    count,
    events: {
      async *[Symbol.asyncIterator]() {
        for (const ref of refs) yield* readPiece(await scratch.read(ref));
      },
    },
  };
}

const decoder = new TextDecoder();

/** Yields the events of a piece, which lists each after the id of its window. */
function* readPiece(piece: Uint8Array): Generator<SessionEvent> {
  const list = JSON.parse(decoder.decode(piece)) as (string | RecordedEvent)[];
  for (let at = 0; at + 1 < list.length; at += 2)
    yield { windowId: list[at] as string, event: list[at + 1] as RecordedEvent };
}
