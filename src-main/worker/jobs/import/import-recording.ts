import { setImmediate } from 'node:timers/promises';
import type { CasementError } from '../../../contract/errors';
import type { StoredSession } from '../../../contract/session';
import type { ImportOrigin, ImportSettings, PullState } from '../../../contract/worker';
import { ImportPass, type ImportedParts, type ImportPassOptions } from '../../../core/import/import-pass';
import type { NormalisedItem, Reading, ScratchStore } from '../../../core/recording/normalise/normalise';
import type { SessionParts, SessionWriter, Vault } from '../../../node/vault/vault';
import { withState } from './session-record';

/** What an import is given besides the recording. */
export interface ImportOptions extends ImportSettings {
  /** ms since 1970. */
  now: number;
  signal: AbortSignal;
  /** Of a pull: how it left the recording; asked when all that came was read. */
  state?: () => PullState;
  /** Of a pull: what is longer than the caps allow is stored up to there, and this is told why. */
  onOverflow?: (error: CasementError) => void;
  /** Told how many events were read, a batch at a time. */
  onEvents?: (count: number) => void;
}

/** Imports a recording as a new session. Errors: recording-*, disk-*, cancelled; the vault is as it was then. */
export async function importReading(
  vault: Vault,
  reading: Reading,
  origin: ImportOrigin,
  options: ImportOptions,
): Promise<StoredSession> {
  return writeWith(await vault.create(), async (writer) => {
    const parts = await readThrough(writer, reading, options);
    const facts = reading.facts();
    const record = { ...origin, facts, pulledAt: options.now };
    return writer.commit(withState(record, options.state?.()), parts);
  });
}

/** Reads a whole recording into a writer. */
export async function readThrough(
  writer: SessionWriter,
  reading: Reading,
  { thresholds, signal, onEvents }: ImportOptions,
): Promise<SessionParts> {
  const pass = new ImportPass({ thresholds, ...storeIn(writer) });
  const parts = await runPass(pass, countItems(reading.items, onEvents), signal);
  return { ...parts, windowNumbers: reading.windowNumbers() };
}

/** Where a pass leaves what it makes. */
export function storeIn(writer: SessionWriter): Pick<ImportPassOptions, 'writeSegment' | 'writeTimeline'> {
  return {
    writeSegment: ({ segment, json }) => writer.addSegment(segment, json),
    writeTimeline: (entries) => writer.addTimeline(entries),
  };
}

/** Sends a recording's items through the pass, with its thread free now and then: messages that stop the job come in there. */
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

/** The same items, and how many there are. */
export async function* countItems(
  batches: AsyncIterable<NormalisedItem[]>,
  onEvents: ImportOptions['onEvents'],
): AsyncGenerator<NormalisedItem[]> {
  for await (const batch of batches) {
    onEvents?.(batch.length);
    yield batch;
  }
}

/** Whatever goes wrong, nothing half-written stays. */
export async function writeWith<T>(writer: SessionWriter, use: (writer: SessionWriter) => Promise<T>): Promise<T> {
  try {
    return await use(writer);
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** A place to sort in, which is gone afterwards. Errors: disk-*. */
export async function withScratch<T>(vault: Vault, use: (scratch: ScratchStore) => Promise<T>): Promise<T> {
  const scratch = await vault.scratch();
  try {
    return await use(scratch);
  } finally {
    await scratch.clear();
  }
}
