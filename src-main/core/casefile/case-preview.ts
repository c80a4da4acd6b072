import type { RecordingIndex } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import type { RecordedEvent } from '../../contract/recorded-event';
import { findDamage } from '../recording/normalise/check-event';
import { isFiniteNumber, isRecord } from '../recording/json';
import type { Segment } from '../recording/segments/segment';
import { WindowNumbers } from '../recording/normalise/window-numbers';
import { encodeText } from './text';

/** A chunk of a case file as a replay reads it: like a stored segment. */
export interface SeenChunk extends Segment {
  /** Its path in the archive. */
  file: string;
}

/** A chunk of more bytes is left to the import, which doesn't hand it to a replay as it is. */
const mostChunkBytes = 64 * 2 ** 20;

/** Times are written as differences, which may round a little. */
const roundingMs = 1;

/**
 * The chunks of a recording by which it can be replayed straight from its case file, windows numbered as an import numbers them.
 * Undefined where the index gives no such order: a chunk begins before the one in front of it, or no page can be built from it alone.
 * `bytesOf` is a chunk's size in the manifest.
 */
export function seenChunks(
  { startedAt, durationMs, chunks }: RecordingIndex,
  bytesOf: (path: string) => number | undefined,
): SeenChunk[] | undefined {
  const numbers = new WindowNumbers();
  const ends = new Map<string, number>();
  const seen: SeenChunk[] = [];
  for (const { path, windowId, t0, t1, events, keyframe, startsWithFullSnapshot } of chunks) {
    const bytes = bytesOf(path);
    const before = ends.get(windowId);
    const isInOrder = (before ?? 0) - roundingMs <= t0 && t0 <= t1 && t1 <= durationMs + roundingMs;
    const hasPage = before === undefined || keyframe > 0 || startsWithFullSnapshot;
    if (bytes === undefined || bytes > mostChunkBytes || !isInOrder || !hasPage) return undefined;
    ends.set(windowId, t1);
    const times = { startMs: startedAt + t0, endMs: startedAt + t1 };
    seen.push({ file: path, windowId: numbers.of(windowId), ...times, events, bytes, keyframe });
  }
  return seen.length > 0 ? seen : undefined;
}

/**
 * The JSON of a chunk as a replay may have it: only whole events, in their order, and of the time that the index says. Recorded events
 * that an import would leave out are left out. The chunk's hash is checked before. Errors: case-unreadable.
 */
export function checkSeenChunk(json: Uint8Array, { file, startMs, endMs, keyframe }: SeenChunk): Uint8Array {
  const refused = (): CasementError =>
    new CasementError('case-unreadable', { reason: refusals.caseFile.invalidEntry(file) });
  let events: unknown;
  try {
    events = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw refused();
  }
  if (!Array.isArray(events) || events.length < keyframe) throw refused();
  let last = startMs - roundingMs;
  const whole: unknown[] = [];
  for (const [place, event] of (events as unknown[]).entries()) {
    if (!isEvent(event) || findDamage(event) !== undefined) {
      if (place < keyframe) throw refused();
      continue;
    }
    if (event.timestamp < last || event.timestamp > endMs + roundingMs) throw refused();
    last = event.timestamp;
    whole.push(event);
  }
  return whole.length === events.length ? json : encodeText(JSON.stringify(whole));
}

function isEvent(value: unknown): value is RecordedEvent {
  return isRecord(value) && isFiniteNumber(value.type) && isFiniteNumber(value.timestamp);
}
