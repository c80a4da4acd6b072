import * as v from 'valibot';
import { RecordingIndex } from '../../contract/case-format';
import type { SessionEvent } from '../../contract/recorded-event';
import { decodeJson } from './text';

/**
 * Reads older case files. In version 1, a chunk contained the events of all windows but no keyframe, and the index had no duration. The
 * manifest is that of version 2 without the later additions.
 */

/** Converts a manifest of any known version to the current form. `formatVersion` stays, since it decides how chunks are read. */
export function upgradeManifest(json: unknown): unknown {
  return json;
}

const IndexV1 = v.strictObject({
  title: RecordingIndex.entries.title,
  startedAt: RecordingIndex.entries.startedAt,
  format: v.string(),
  chunks: v.array(
    v.strictObject({
      path: RecordingIndex.entries.chunks.item.entries.path,
      t0: v.number(),
      t1: v.number(),
      events: v.number(),
      startsWithFullSnapshot: v.boolean(),
    }),
  ),
});

const ChunkV1 = v.array(
  v.strictObject({
    windowId: v.string(),
    event: v.strictObject({ type: v.number(), data: v.unknown(), timestamp: v.number() }),
  }),
);

/** Reads the index of a recording. Throws `case-unreadable` if it is invalid. */
export function readIndex(formatVersion: number, bytes: Uint8Array, path: string): RecordingIndex {
  if (formatVersion >= 2) return decodeJson(RecordingIndex, bytes, path);
  const old = decodeJson(IndexV1, bytes, path);
  return {
    ...old,
    durationMs: Math.max(0, ...old.chunks.map(({ t1 }) => t1)),
    chunks: old.chunks.map((chunk) => ({ ...chunk, windowId: '', keyframe: 0 })),
  };
}

/** Reads the recorded events of a chunk, without its keyframe. Throws `case-unreadable` if it is invalid. */
export function readChunk(
  formatVersion: number,
  bytes: Uint8Array,
  { path, windowId, keyframe }: RecordingIndex['chunks'][number],
): SessionEvent[] {
  if (formatVersion < 2) return decodeJson(ChunkV1, bytes, path);
  const events = decodeJson(v.array(v.looseObject({ type: v.number(), timestamp: v.number() })), bytes, path);
  return events.slice(keyframe).map((event) => ({ windowId, event: { data: undefined, ...event } }));
}
