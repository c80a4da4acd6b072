import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import type { Damage, StoredSession } from '../../../contract/session';
import { TimelineEntry } from '../../../contract/timeline';
import type { ImportOrigin } from '../../../contract/worker';
import { damageWords } from '../../../contract/words/recording';
import { ImportPass } from '../../../core/import/import-pass';
import type { TimelineOnlyEvent } from '../../../core/sources/source';
import {
  ExternalSort,
  frameBytes,
  openFrame,
  readFrame,
  type SortCodec,
} from '../../../core/recording/normalise/external-sort';
import type { SessionWriter, Vault } from '../../../node/vault/vault';
import type { ByteFeed } from './byte-feed';
import { withScratch, writeWith, type ImportOptions } from './import-recording';
import { timelineFacts } from '../../../core/import/timeline-facts';
import { withState } from './session-record';

/** In UTF-16 units. A line contains a few sentences; a longer one can't be valid. */
const longestLine = 200_000;
/** Further entries are counted as lost, because the sort needs half a megabyte of memory per run. */
const mostEntries = 1_000_000;
const mostChars = 2 ** 30;
/** The size of the lines kept in memory, bytes. Longer timelines are sorted on the disk. */
const runBytes = 8 * 2 ** 20;

const { kind, severity, windowId, verb, durationMs, facts, quotes } = TimelineEntry.entries;
const Line = v.strictObject({
  casement: v.literal('timeline'),
  at: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
  kind,
  severity,
  windowId,
  verb,
  durationMs,
  facts,
  quotes,
}) satisfies v.GenericSchema<unknown, TimelineOnlyEvent>;
type Line = v.InferOutput<typeof Line>;

/**
 * Stores the timeline of a source that provides no pages, as a session without events. A later pull replaces it completely; notes stay.
 * Only a few thousand entries are in memory at a time, for timelines of any length.
 * Throws recording-empty, disk-*, cancelled; the vault then stays unchanged.
 */
export async function importTimeline(
  vault: Vault,
  feed: ByteFeed,
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
const lineCodec: SortCodec<Line> = {
  encode: (line) => {
    const text = Buffer.from(JSON.stringify(line));
    const { bytes } = openFrame(frameBytes + text.length, line.at);
    bytes.set(text, frameBytes);
    return bytes;
  },
  decode: (bytes) => JSON.parse(Buffer.from(readFrame(bytes).body).toString()) as Line,
};

async function writeTimeline(
  lines: ExternalSort<Line>,
  writer: SessionWriter,
  signal: AbortSignal,
): Promise<{ startedAt: number; durationMs: number }> {
  let startedAt: number | undefined;
  let endedAt = 0;
  for await (const batch of lines.merge()) {
    signal.throwIfAborted();
    const first = (startedAt ??= batch[0]?.at ?? 0);
    endedAt = batch.at(-1)?.at ?? endedAt;
    await writer.addTimeline(
      batch.map(({ casement: _mark, at, ...line }) => ({ ...line, atMs: at - first, wallMs: at })),
    );
  }
  return { startedAt: startedAt ?? 0, durationMs: endedAt - (startedAt ?? 0) };
}

async function readLines(
  feed: ByteFeed,
  lines: ExternalSort<Line>,
  signal: AbortSignal,
): Promise<{ events: number; lost: number }> {
  const decoder = new TextDecoder();
  let events = 0;
  let lost = 0;
  let chars = 0;
  let rest = '';
  const take = (line: string): void => {
    if (line.trim() === '') return;
    const read = v.safeParse(Line, line.length > longestLine ? undefined : parse(line));
    if (!read.success || events >= mostEntries || chars >= mostChars) return void lost++;
    chars += line.length;
    lines.push(read.output);
    events++;
  };
  for await (const bytes of feed.open()) {
    signal.throwIfAborted();
    const parts = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n');
    // Lines beyond the limit are lost anyway, so their rest needn't be kept.
    rest = (parts.pop() ?? '').slice(0, longestLine + 1);
    parts.forEach(take);
    if (lines.isFull) await lines.writeRun();
  }
  take(rest);
  return { events, lost };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
