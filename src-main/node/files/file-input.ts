import { constants, open, stat, type FileHandle } from 'node:fs/promises';
import { CasementError, hasCode } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import type { RecordingInput } from '../../core/recording/parse';
import { toDiskError } from './disk-errors';

/** Bytes per read. */
const readBytes = 1 << 19;

/** Opening a pipe would block until something writes to it. Windows has neither flag. */
const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;

interface FileReading {
  /** Reports the bytes read and the total. */
  onRead?: (done: number, total: number) => void;
  /** Checked before each piece. */
  signal?: AbortSignal;
  /** Does not follow a link that has replaced the file. */
  refusesLinks?: boolean;
}

/**
 * Returns a file that can be read in pieces, repeatedly. Throws file-missing, file-denied, recording-empty, recording-
 * unreadable; reading throws the same and cancelled.
 */
export async function fileInput(
  path: string,
  { onRead, signal, refusesLinks = false }: FileReading = {},
): Promise<RecordingInput> {
  const { size } = checkFile(await reading(() => stat(path)));
  if (size === 0) throw new CasementError('recording-empty');
  return {
    async *open() {
      const file = await reading(() => open(path, O_RDONLY | O_NONBLOCK | (refusesLinks ? O_NOFOLLOW : 0)));
      let next: Promise<Uint8Array> | undefined;
      try {
        checkFile(await reading(() => file.stat()));
        const readNext = (): Promise<Uint8Array> => reading(() => readPiece(file));
        let done = 0;
        // Read the next piece while this one is processed.
        for (next = readNext(); ;) {
          const bytes = await next;
          signal?.throwIfAborted();
          if (bytes.length === 0) return;
          next = readNext();
          next.catch(() => undefined);
          done += bytes.length;
          yield bytes;
          onRead?.(Math.min(done, size), size);
        }
      } finally {
        await next?.catch(() => undefined);
        await file.close();
      }
    },
  };
}

async function readPiece(file: FileHandle): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(readBytes);
  const { bytesRead } = await file.read(buffer, 0, readBytes);
  return buffer.subarray(0, bytesRead);
}

function checkFile<T extends { isFile(): boolean }>(stats: T): T {
  if (!stats.isFile()) throw new CasementError('recording-unreadable', { reason: refusals.file.notAFile });
  return stats;
}

/**
 * Converts errors of a file that is only read, for which the codes about a full or write-protected disk would mislead.
 */
export async function reading<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const known = toDiskError(error);
    if (!(known instanceof CasementError) || hasCode(known, 'file-missing')) throw known;
    throw new CasementError('file-denied', { reason: String((error as NodeJS.ErrnoException).code ?? '?') });
  }
}
