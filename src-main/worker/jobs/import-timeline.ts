import * as v from 'valibot';
import { CasementError } from '../../contract/errors';
import type { Damage, StoredSession } from '../../contract/session';
import { TimelineEntry } from '../../contract/timeline';
import type { ImportOrigin } from '../../contract/worker';
import { damageWords } from '../../contract/words/recording';
import { ImportPass } from '../../core/import/import-pass';
import type { TimelineOnlyEvent } from '../../core/sources/source';
import type { Vault } from '../../node/vault/vault';
import type { ByteFeed } from './byte-feed';
import { writeWith, type ImportOptions } from './import-recording';
import { withState } from './session-record';

/** One line holds a few sentences; a longer one is none of ours. */
const longestLine = 200_000;
const mostEntries = 1_000_000;

const { kind, severity, windowId, text, personal, durationMs, details } = TimelineEntry.entries;
const Line = v.strictObject({
  casement: v.literal('timeline'),
  at: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
  kind,
  severity,
  windowId,
  text: v.pipe(text, v.maxLength(20_000)),
  personal,
  durationMs,
  details,
}) satisfies v.GenericSchema<unknown, TimelineOnlyEvent>;

/**
 * Stores the timeline of a source that hands out no page, as a session that has no events. A later pull brings all of it again and takes
 * the place of the earlier one; notes stay. Errors: recording-empty, disk-*, cancelled; the vault is as it was then.
 */
export async function importTimeline(
  vault: Vault,
  feed: ByteFeed,
  { origin, storedId }: { origin: ImportOrigin; storedId: string | undefined },
  { thresholds, now, signal, state }: ImportOptions,
): Promise<StoredSession> {
  const { lines, lost } = await readLines(feed, signal);
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) throw new CasementError('recording-empty');
  const timeline = lines.map(({ casement: _mark, at, ...line }) => ({ ...line, atMs: at - first.at, wallMs: at }));
  const damage: Damage[] = lost > 0 ? [{ reason: damageWords.timelineLine, count: lost }] : [];
  const record = {
    ...origin,
    pulledAt: now,
    facts: {
      format: 'timeline',
      windows: [],
      events: lines.length,
      startedAt: first.at,
      durationMs: last.at - first.at,
      counts: {},
      damage,
      width: 0,
      height: 0,
    },
  };
  const writer = storedId === undefined ? await vault.create() : await vault.rewrite(storedId, []);
  return writeWith(writer, async () => {
    // No events are read, so what there is to go on with is what a pass over nothing leaves.
    const nowhere = { writeSegment: () => Promise.resolve(), writeTimeline: () => Promise.resolve() };
    const { state: nothing } = await new ImportPass({ thresholds, ...nowhere }).finish();
    await writer.addTimeline(timeline);
    return writer.commit(withState(record, state?.()), { texts: [], state: nothing, windowNumbers: {} });
  });
}

async function readLines(
  feed: ByteFeed,
  signal: AbortSignal,
): Promise<{ lines: v.InferOutput<typeof Line>[]; lost: number }> {
  const decoder = new TextDecoder();
  const lines: v.InferOutput<typeof Line>[] = [];
  let lost = 0;
  let rest = '';
  const take = (line: string): void => {
    if (line.trim() === '') return;
    const read = v.safeParse(Line, line.length > longestLine ? undefined : parse(line));
    if (read.success && lines.length < mostEntries) lines.push(read.output);
    else lost++;
  };
  for await (const bytes of feed.open()) {
    signal.throwIfAborted();
    const parts = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n');
    // A line that has grown too long is lost anyway; its length is enough to know that.
    rest = (parts.pop() ?? '').slice(0, longestLine + 1);
    parts.forEach(take);
  }
  take(rest);
  return { lines: lines.sort((one, other) => one.at - other.at), lost };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
