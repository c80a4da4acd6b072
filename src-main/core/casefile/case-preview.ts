import type { RecordingIndex } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import type { RecordedEvent } from '../../contract/recorded-event';
import { findDamage } from '../recording/normalise/check-event';
import { isFiniteNumber, isRecord } from '../recording/json';
import type { Segment } from '../recording/segments/segment';
import { WindowNumbers } from '../recording/normalise/window-numbers';
import { encodeText } from './text';

/** A chunk of a case file in the form that a replay reads, like a stored segment. */
export interface PreviewChunk extends Segment {
  /** Its path in the archive. */
  file: string;
}

/** Larger chunks are not previewed: only the import can split them. */
const mostChunkBytes = 64 * 2 ** 20;

/** Times are written as differences, which may be rounded. */
const roundingMs = 1;

/**
 * Returns the chunks from which a recording can be replayed directly, without an import. Windows have the same numbers as after an
 * import. Returns undefined if a chunk begins before the previous one, or if no page can be built from it alone. `bytesOf` returns the
 * size of a chunk in the manifest.
 */
export function previewChunks(
  { startedAt, durationMs, chunks }: RecordingIndex,
  bytesOf: (path: string) => number | undefined,
): PreviewChunk[] | undefined {
  const numbers = new WindowNumbers();
  const ends = new Map<string, number>();
  const chunksToShow: PreviewChunk[] = [];
  for (const { path, windowId, t0, t1, events, keyframe, startsWithFullSnapshot } of chunks) {
    const bytes = bytesOf(path);
    const before = ends.get(windowId);
    const isInOrder = (before ?? 0) - roundingMs <= t0 && t0 <= t1 && t1 <= durationMs + roundingMs;
    const hasPage = before === undefined || keyframe > 0 || startsWithFullSnapshot;
    if (bytes === undefined || bytes > mostChunkBytes || !isInOrder || !hasPage) return undefined;
    ends.set(windowId, t1);
    const times = { startMs: startedAt + t0, endMs: startedAt + t1 };
    chunksToShow.push({ file: path, windowId: numbers.of(windowId), ...times, events, bytes, keyframe });
  }
  return chunksToShow.length > 0 ? chunksToShow : undefined;
}

/**
 * Returns the JSON of a chunk for a replay: only complete events, in order, and within the times of the index. Omits the events that an
 * import would omit. The caller has checked the hash of the chunk. Throws `case-unreadable` if the chunk contradicts the index.
 */
export function checkPreviewChunk(json: Uint8Array, { file, startMs, endMs, keyframe }: PreviewChunk): Uint8Array {
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
  const complete: unknown[] = [];
  for (const [index, event] of (events as unknown[]).entries()) {
    if (!isEvent(event) || findDamage(event) !== undefined) {
      if (index < keyframe) throw refused();
      continue;
    }
    if (event.timestamp < last || event.timestamp > endMs + roundingMs) throw refused();
    last = event.timestamp;
    complete.push(event);
  }
  return complete.length === events.length ? json : encodeText(JSON.stringify(complete));
}

function isEvent(value: unknown): value is RecordedEvent {
  return isRecord(value) && isFiniteNumber(value.type) && isFiniteNumber(value.timestamp);
}
