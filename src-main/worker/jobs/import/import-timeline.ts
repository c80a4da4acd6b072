import { CasementError } from '../../../contract/errors';
import type { Damage, StoredSession } from '../../../contract/session';
import type { ImportOrigin } from '../../../contract/worker';
import { damageWords } from '../../../contract/words/recording';
import { ImportPass } from '../../../core/import/import-pass';
import { readTimelineLines, toTimelineEntry, type TimelineLine } from '../../../core/import/timeline-file';
import {
  ExternalSort,
  frameBytes,
  openFrame,
  readFrame,
  type SortCodec,
} from '../../../core/recording/normalise/external-sort';
import type { RecordingInput } from '../../../core/recording/parse';
import type { SessionWriter, Vault } from '../../../node/vault/vault';
import { withScratch, writeWith, type ImportOptions } from './import-recording';
import { timelineFacts } from '../../../core/import/timeline-facts';
import { withState } from './session-record';

/** The size of the lines kept in memory, bytes. Longer timelines are sorted on the disk. */
const runBytes = 8 * 2 ** 20;

/**
 * Stores the timeline of a source that provides no pages, as a session without events. A later pull replaces it completely; notes stay.
 * Only a few thousand entries are in memory at a time, for timelines of any length.
 * Throws recording-empty, disk-*, cancelled; the vault then stays unchanged.
 */
export async function importTimeline(
  vault: Vault,
  feed: RecordingInput,
  { origin, storedId }: { origin: ImportOrigin; storedId: string | undefined },
  { thresholds, now, signal, state }: ImportOptions,
): Promise<StoredSession> {
  return withScratch(vault, async (scratch) => {
    const lines = new ExternalSort(scratch, runBytes, lineCodec);
    const { events, lost } = await readLines(feed, lines, signal);
    if (events === 0) throw new CasementError('recording-empty');
    const writer = storedId === undefined ? await vault.create() : await vault.rewrite(storedId, []);
    return writeWith(writer, async () => {
      // There are no events, so the saved state is that of an empty pass.
      const discard = { writeSegment: () => Promise.resolve(), writeTimeline: () => Promise.resolve() };
      const { state: emptyState } = await new ImportPass({ thresholds, ...discard }).finish();
      const { startedAt, durationMs } = await writeTimeline(lines, writer, signal);
      const damage: Damage[] = lost > 0 ? [{ reason: damageWords.timelineLine, count: lost }] : [];
      const facts = timelineFacts({ format: 'timeline', events, startedAt, durationMs, damage });
      const record = { ...origin, pulledAt: now, facts };
      return writer.commit(withState(record, state?.()), { texts: [], state: emptyState, windowNumbers: {} });
    });
  });
}

/** Stores a line as JSON. */
const lineCodec: SortCodec<TimelineLine> = {
  encode: (line) => {
    const text = Buffer.from(JSON.stringify(line));
    const { bytes } = openFrame(frameBytes + text.length, line.at);
    bytes.set(text, frameBytes);
    return bytes;
  },
  decode: (bytes) => JSON.parse(Buffer.from(readFrame(bytes).body).toString()) as TimelineLine,
};

async function writeTimeline(
  lines: ExternalSort<TimelineLine>,
  writer: SessionWriter,
  signal: AbortSignal,
): Promise<{ startedAt: number; durationMs: number }> {
  let startedAt: number | undefined;
  let endedAt = 0;
  for await (const batch of lines.merge()) {
    signal.throwIfAborted();
    const first = (startedAt ??= batch[0]?.at ?? 0);
    endedAt = batch.at(-1)?.at ?? endedAt;
    await writer.addTimeline(batch.map((line) => toTimelineEntry(line, first)));
  }
  return { startedAt: startedAt ?? 0, durationMs: endedAt - (startedAt ?? 0) };
}

async function readLines(
  feed: RecordingInput,
  lines: ExternalSort<TimelineLine>,
  signal: AbortSignal,
): Promise<{ events: number; lost: number }> {
  let events = 0;
  let lost = 0;
  for await (const batch of readTimelineLines(feed.open())) {
    signal.throwIfAborted();
    for (const line of batch) {
      if (line) lines.push(line);
      else lost++;
    }
    events += batch.length;
    if (lines.isFull) await lines.writeRun();
  }
  return { events: events - lost, lost };
}
