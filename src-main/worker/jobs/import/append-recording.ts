import type { SessionEvent } from '../../../contract/recorded-event';
import type { StoredSession } from '../../../contract/session';
import type { RecordingCaps } from '../../../contract/settings';
import { GrowingFacts } from '../../../core/import/growing-facts';
import { ImportPass } from '../../../core/import/import-pass';
import { KnownEvents, LateEvents } from '../../../core/import/known-events';
import type { NormalisedItem, Reading, ScratchStore } from '../../../core/recording/normalise/normalise';
import type { RecordingInput } from '../../../core/recording/parse';
import { groupByWindow } from '../../../core/recording/segments/segment';
import { settledEntries, timelineVersion } from '../../../core/timeline/build';
import { readInAnyOrder } from '../../../node/intake/recording-file';
import { readEvents, type SessionResume, type Vault } from '../../../node/vault/vault';
import {
  countItems,
  readThrough,
  runPass,
  storeIn,
  withMissing,
  withScratch,
  writeWith,
  type ImportOptions,
} from './import-recording';
import { markPage, recordOf, withState } from './session-record';

/**
 * Appends the new events of another delivery of a recording, which may contain only new events or all of them again. Stored events are
 * skipped, so the cost depends on the new events only. In the rare case that new events belong between stored ones, the session is rebuilt
 * from the vault and the delivery. Throws recording-*, vault-damaged, disk-*, cancelled; the session then stays unchanged.
 */
export async function appendRecording(
  vault: Vault,
  id: string,
  input: RecordingInput,
  options: ImportOptions,
): Promise<StoredSession> {
  const resume = await vault.readResume(id);
  return withScratch(vault, async (scratch) => {
    const { caps: limits = {}, onOverflow } = options;
    const reading = { scratch, windowNumbers: resume.windowNumbers, limits, onOverflow };
    // The state of an older timeline can't be continued, so the session is rebuilt from its events.
    const isOutdated = resume.state.timeline.version !== timelineVersion;
    try {
      if (isOutdated) throw new LateEvents();
      const append = (reading: Reading): Promise<StoredSession> => appendReading(vault, id, resume, reading, options);
      return await readInAnyOrder(input, append, reading);
    } catch (error) {
      if (!(error instanceof LateEvents)) throw error;
    }
    return rebuild(vault, id, await joinStored(vault, id, input, reading), scratch, options);
  });
}

async function appendReading(
  vault: Vault,
  id: string,
  resume: SessionResume,
  reading: Reading,
  { thresholds, signal, state, onEvents }: ImportOptions,
): Promise<StoredSession> {
  const stored = recordOf(await vault.get(id));
  const segments = await vault.segments(id);
  const tails = [...groupByWindow(segments).values()].flatMap((ofWindow) => ofWindow.slice(-1));
  const kept = segments.filter((segment) => !tails.includes(segment));

  return writeWith(await vault.rewrite(id, kept), async (writer) => {
    const known = new KnownEvents(segments);
    const facts = new GrowingFacts(stored.facts);
    const pass = new ImportPass({
      thresholds,
      startedAt: stored.facts.startedAt,
      resume: resume.state,
      ...storeIn(writer),
    });
    for await (const stored of vault.timelineParts(id)) {
      await writer.addTimeline(settledEntries(stored, resume.state.timeline));
    }
    for (const { file, ...tail } of tails) {
      const json = await vault.readSegment(id, { file });
      known.addTail(tail, json);
      pass.reopen(tail, json);
    }
    const parts = await runPass(pass, takeNew(countItems(reading.items, onEvents), known, facts), signal);
    const record = markPage({ ...stored, facts: withMissing(facts.finish(), parts) });
    return writer.commit(withState(record, state?.()), { ...parts, windowNumbers: reading.windowNumbers() });
  });
}

async function* takeNew(
  batches: AsyncIterable<NormalisedItem[]>,
  known: KnownEvents,
  facts: GrowingFacts,
): AsyncGenerator<NormalisedItem[]> {
  for await (const batch of batches) {
    const fresh = known.takeNew(batch);
    facts.add(fresh);
    yield fresh;
  }
}

async function rebuild(
  vault: Vault,
  id: string,
  input: RecordingInput,
  scratch: ScratchStore,
  options: ImportOptions,
): Promise<StoredSession> {
  const stored = recordOf(await vault.get(id));
  return readInAnyOrder(
    input,
    async (reading) =>
      writeWith(await vault.rewrite(id, []), async (writer) => {
        const parts = await readThrough(writer, reading, options);
        const { format, damage } = stored.facts;
        const facts = withMissing({ ...reading.facts(), format, damage }, parts);
        const record = markPage({ ...stored, facts });
        return writer.commit(withState(record, options.state?.()), parts);
      }),
    { scratch, limits: options.caps ?? {} },
  );
}

/** The approximate number of characters of JSON lines that are written at once. */
const pieceChars = 1_000_000;

/**
 * Merges the stored and the delivered events into one recording, as JSON lines. Both are sorted by time, so duplicates are found by
 * comparing the events of each timestamp.
 */
async function joinStored(
  vault: Vault,
  id: string,
  input: RecordingInput,
  options: { scratch: ScratchStore; windowNumbers: Record<string, string>; limits: Partial<RecordingCaps> },
): Promise<RecordingInput> {
  const refs: number[] = [];
  let text = '';
  const flush = async (): Promise<void> => {
    if (text !== '') refs.push(await options.scratch.write(Buffer.from(text)));
    text = '';
  };
  await readInAnyOrder(
    input,
    async ({ items }) => {
      refs.length = 0;
      text = '';
      for await (const line of joinLines(readEvents(vault, id), eventsOf(items))) {
        text += `${line}\n`;
        if (text.length > pieceChars) await flush();
      }
      await flush();
    },
    options,
  );
  return {
    async *open() {
      for (const ref of refs) yield await options.scratch.read(ref);
    },
  };
}

async function* eventsOf(batches: AsyncIterable<NormalisedItem[]>): AsyncGenerator<SessionEvent> {
  for await (const batch of batches) for (const item of batch) if (item.kind === 'event') yield item;
}

async function* joinLines(
  recorded: AsyncIterable<SessionEvent>,
  delivered: AsyncIterable<SessionEvent>,
): AsyncGenerator<string> {
  let momentAt = -Infinity;
  let moment = new Set<string>();
  const stored = recorded[Symbol.asyncIterator]();
  let next = await stored.next();
  for await (const event of delivered) {
    while (!next.done && next.value.event.timestamp <= event.event.timestamp) {
      const line = lineOf(next.value);
      if (next.value.event.timestamp !== momentAt) moment = new Set();
      momentAt = next.value.event.timestamp;
      moment.add(line);
      yield line;
      next = await stored.next();
    }
    const line = lineOf(event);
    if (event.event.timestamp !== momentAt || !moment.has(line)) yield line;
  }
  for (; !next.done; next = await stored.next()) yield lineOf(next.value);
}

function lineOf({ windowId, event: { type, data, timestamp } }: SessionEvent): string {
  return JSON.stringify([windowId, { type, data, timestamp }]);
}
