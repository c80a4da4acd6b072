import { open, stat } from 'node:fs/promises';
import { CasementError } from '../contract/errors';
import type { SessionEvent } from '../contract/recorded-event';
import type { Damage, RecordingFacts } from '../contract/session';
import { damageWords, unreadableWords } from '../contract/words/recording';
import { FarOutOfOrder, readRecording, type Reading, type ReadingOptions } from '../core/recording/normalise';
import { openRecordings, type RecordingInput } from '../core/recording/parse';
import { isEncrypted } from './case-archive/passphrase';
import { isZip } from './case-archive/read-zip';
import { onDisk } from './files/disk-errors';
import { inflatePorts } from './inflate-ports';

/** One recording of a file; an archive holds several, each with its own name or its own error. */
export interface FoundRecording {
  name: string;
  events: SessionEvent[];
  facts: RecordingFacts;
}

export interface RefusedRecording {
  name: string;
  error: CasementError;
}

/** Bytes that are read from the disk at once. */
const readBytes = 1 << 19;

/**
 * A file on the disk, to be read piece by piece, as often as is needed. `onRead` is told how much was read of how much.
 * Errors: file-missing, recording-empty, recording-unreadable, disk-*; the same while it is read.
 */
export async function fileInput(path: string, onRead?: (done: number, total: number) => void): Promise<RecordingInput> {
  const stats = await onDisk(() => stat(path));
  if (!stats.isFile()) throw new CasementError('recording-unreadable', { reason: 'it is not a file' });
  if (stats.size === 0) throw new CasementError('recording-empty');
  return {
    async *open() {
      const file = await onDisk(() => open(path));
      let next: Promise<Uint8Array> | undefined;
      try {
        const readNext = async (): Promise<Uint8Array> => {
          const buffer = Buffer.allocUnsafeSlow(readBytes);
          const { bytesRead } = await onDisk(() => file.read(buffer, 0, readBytes));
          return buffer.subarray(0, bytesRead);
        };
        let done = 0;
        // The next piece is on its way while this one is read through.
        for (next = readNext(); ;) {
          const bytes = await next;
          if (bytes.length === 0) return;
          next = readNext();
          next.catch(() => undefined);
          done += bytes.length;
          yield bytes;
          onRead?.(Math.min(done, stats.size), stats.size);
        }
      } finally {
        await next?.catch(() => undefined);
        await file.close();
      }
    },
  };
}

/** Whether a file is a ZIP, as a case file is one, or under a passphrase. Errors: file-missing, recording-empty, recording-unreadable, disk-*. */
export async function isCaseFile(path: string): Promise<boolean> {
  for await (const bytes of (await fileInput(path)).open()) return isZip(bytes) || isEncrypted(bytes);
  return false;
}

/**
 * Reads one recording on the assumption that it is nearly in order, as all but few are; where it isn't, reads it again and sorts it,
 * in the store if it doesn't fit into memory.
 */
export async function readInAnyOrder<T>(
  input: RecordingInput,
  use: (reading: Reading) => Promise<T>,
  options: Omit<ReadingOptions, 'order'> = {},
): Promise<T> {
  try {
    return await use(readRecording(input, inflatePorts, { ...options, order: 'nearly-sorted' }));
  } catch (error) {
    if (!(error instanceof FarOutOfOrder)) throw error;
    return use(readRecording(input, inflatePorts, { ...options, order: 'any' }));
  }
}

/** What was made of each recording of a file. */
export interface ReadFile<T> {
  found: ({ name: string; facts: RecordingFacts } & T)[];
  refused: RefusedRecording[];
  /** What was found damaged around the recordings: the first one's facts tell of it, too. */
  damageAround: Damage[];
}

/**
 * Reads all recordings of a file, one after the other. Of an archive, a member that can't be read doesn't keep the others from being
 * read; one that is no recording at all is counted in the damage of the first that is.
 * Errors: recording-* where nothing could be read at all.
 */
export async function readEach<T>(
  input: RecordingInput,
  use: (reading: Reading, name: string) => Promise<T>,
  options: Omit<ReadingOptions, 'order'> = {},
): Promise<ReadFile<T>> {
  const found: ReadFile<T>['found'] = [];
  const refused: RefusedRecording[] = [];
  let foreign = 0;
  const opened = openRecordings(input, inflatePorts);
  for await (const { name, input: member } of opened) {
    try {
      found.push({
        name,
        ...(await readInAnyOrder(
          member,
          async (reading) => ({ ...(await use(reading, name)), facts: reading.facts() }),
          options,
        )),
      });
    } catch (error) {
      if (!(error instanceof CasementError)) throw error;
      if (name === '') throw error;
      if (foreignCodes.has(error.code)) foreign++;
      else refused.push({ name, error });
    }
  }
  const [first] = found;
  if (!first) throw refused[0]?.error ?? noRecording();
  const damageAround = opened.damage();
  if (foreign > 0) damageAround.push({ reason: damageWords.memberUnreadable, count: foreign });
  first.facts = { ...first.facts, damage: [...damageAround, ...first.facts.damage] };
  return { found, refused, damageAround };
}

/** What a file in an archive is that is no recording. */
const foreignCodes: ReadonlySet<string> = new Set(['recording-empty', 'recording-truncated', 'recording-unreadable']);

/** All recordings of a file with their events, which the caller has room for. Errors: those of `readEach`. */
export async function readRecordings(
  input: RecordingInput,
): Promise<{ found: FoundRecording[]; refused: RefusedRecording[] }> {
  return readEach(input, async ({ items }) => {
    const events: SessionEvent[] = [];
    for await (const batch of items) {
      for (const item of batch) if (item.kind === 'event') events.push({ windowId: item.windowId, event: item.event });
    }
    return { events };
  });
}

function noRecording(): CasementError {
  return new CasementError('recording-unreadable', { reason: unreadableWords.emptyArchive });
}
