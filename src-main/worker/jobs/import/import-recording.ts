import { setImmediate } from 'node:timers/promises';
import { CasementError } from '../../../contract/errors';
import type { RecordingFacts, StoredSession } from '../../../contract/session';
import type { ImportOrigin, ImportSettings, PullState } from '../../../contract/worker';
import { ImportPass, type ImportedParts, type ImportPassOptions } from '../../../core/import/import-pass';
import {
  hasPage,
  type NormalisedItem,
  type Reading,
  type ScratchStore,
} from '../../../core/recording/normalise/normalise';
import type { SessionParts, SessionWriter, Vault } from '../../../node/vault/vault';
import { markPage, withState } from './session-record';

/** The options of an import. */
export interface ImportOptions extends ImportSettings {
  /** ms since 1970. */
  now: number;
  signal: AbortSignal;
  /** For a pull: returns its final state. Called after all received bytes are read. */
  state?: () => PullState;
  /** For a pull: a recording that exceeds the limits is stored up to that point, and this is called with the error. */
  onOverflow?: (error: CasementError) => void;
  /** Called with the number of events in each batch that was read. */
  onEvents?: (count: number) => void;
}

/** Imports a recording as a new session. Throws recording-*, disk-*, cancelled; the vault then stays unchanged. */
export async function importReading(
  vault: Vault,
  reading: Reading,
  origin: ImportOrigin,
  options: ImportOptions,
): Promise<StoredSession> {
  return writeWith(await vault.create(), async (writer) => {
    const parts = await readThrough(writer, reading, options);
    const facts = withMissing(reading.facts(), parts);
    const record = markPage({ ...origin, facts, pulledAt: options.now });
    return writer.commit(withState(record, options.state?.()), parts);
  });
}

/** Reads a complete recording into a writer. Throws recording-no-snapshot if it has neither a page nor a timeline. */
export async function readThrough(
  writer: SessionWriter,
  reading: Reading,
  { thresholds, signal, onEvents }: ImportOptions,
): Promise<SessionParts & Pick<ImportedParts, 'missing'>> {
  const store = storeIn(writer);
  let isEmpty = true;
  const writeTimeline: typeof store.writeTimeline = (entries) => {
    isEmpty &&= entries.length === 0;
    return store.writeTimeline(entries);
  };
  const pass = new ImportPass({ thresholds, ...store, writeTimeline });
  const parts = await runPass(pass, countItems(reading.items, onEvents), signal);
  if (isEmpty && !hasPage(reading.facts())) throw new CasementError('recording-no-snapshot');
  return { ...parts, windowNumbers: reading.windowNumbers() };
}

/** Returns facts with the files that the pass found missing. */
export function withMissing(facts: RecordingFacts, { missing }: Pick<ImportedParts, 'missing'>): RecordingFacts {
  return missing ? { ...facts, missing } : facts;
}

/** Returns the callbacks with which an import pass stores its results. */
export function storeIn(writer: SessionWriter): Pick<ImportPassOptions, 'writeSegment' | 'writeTimeline'> {
  return {
    writeSegment: ({ segment, json }) => writer.addSegment(segment, json),
    writeTimeline: (entries) => writer.addTimeline(entries),
  };
}

/** Sends a recording's items through the pass. Yields to the event loop after each batch, so that the job can be cancelled. */
export async function runPass(
  pass: ImportPass,
  items: AsyncIterable<NormalisedItem[]> | Iterable<NormalisedItem[]>,
  signal: AbortSignal,
): Promise<ImportedParts> {
  for await (const batch of items) {
    await pass.add(batch);
    await setImmediate();
    signal.throwIfAborted();
  }
  return pass.finish();
}

/** Yields the same items, and reports their number. */
export async function* countItems(
  batches: AsyncIterable<NormalisedItem[]>,
  onEvents: ImportOptions['onEvents'],
): AsyncGenerator<NormalisedItem[]> {
  for await (const batch of batches) {
    onEvents?.(batch.length);
    yield batch;
  }
}

/** Discards the incomplete session if `use` fails. */
export async function writeWith<T>(writer: SessionWriter, use: (writer: SessionWriter) => Promise<T>): Promise<T> {
  try {
    return await use(writer);
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** Provides a scratch store that is deleted afterwards. Throws disk-*. */
export async function withScratch<T>(vault: Vault, use: (scratch: ScratchStore) => Promise<T>): Promise<T> {
  const scratch = await vault.scratch();
  try {
    return await use(scratch);
  } finally {
    await scratch.clear();
  }
}
