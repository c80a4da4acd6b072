import type { SessionEvent } from '../../contract/recorded-event';
import { EventType } from './events';

/** A chunk is closed at about this many characters of JSON: small enough to read at once, large enough to be few. */
const chunkChars = 1_000_000;

/**
 * Cuts the events of a session into chunks of about a megabyte. A chunk rather begins with a full snapshot than in the
 * middle: from three quarters of its size on, the next full snapshot (with its Meta) opens a new one.
 */
export function* cutIntoChunks(events: Iterable<SessionEvent>): Generator<SessionEvent[]> {
  let chunk: SessionEvent[] = [];
  let chars = 0;
  for (const event of events) {
    const size = JSON.stringify(event).length;
    const isNewPage = event.event.type === EventType.Meta;
    if (chunk.length > 0 && (chars + size > chunkChars || (isNewPage && chars > chunkChars * 0.75))) {
      yield chunk;
      chunk = [];
      chars = 0;
    }
    chunk.push(event);
    chars += size;
  }
  if (chunk.length > 0) yield chunk;
}

/** Whether a replay can begin with this chunk: its first event is a full snapshot, or the Meta before one. */
export function startsWithFullSnapshot(chunk: readonly SessionEvent[]): boolean {
  const [first, second] = chunk;
  if (first?.event.type === EventType.FullSnapshot) return true;
  return first?.event.type === EventType.Meta && second?.event.type === EventType.FullSnapshot;
}
