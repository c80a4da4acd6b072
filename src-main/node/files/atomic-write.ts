import { randomBytes } from 'node:crypto';
import { rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CasementError, hasCode } from '../../contract/errors';
import { onDisk } from './disk-errors';
import { syncFolder, writeSynced } from './synced';

/**
 * Writes a file so that a reader finds either the old one or the whole new one, also after a crash or with a full disk:
 * a neighbour is filled, synced and renamed over it. The neighbour's name is short: a long one of its own must leave room.
 * `check` sees the neighbour when it is whole; what it throws leaves the old file.
 * Errors: folder-missing, disk-full, disk-denied, disk-failed; the old file is unchanged then and nothing is left beside it.
 */
export async function writeFileAtomically(
  path: string,
  fill: Uint8Array | ((file: FileHandle) => Promise<void>),
  check: (part: string) => void = () => undefined,
): Promise<void> {
  const folder = dirname(path);
  const part = join(folder, `.casement-${randomBytes(6).toString('hex')}.part`);
  try {
    await onDisk(async () => {
      try {
        await writeSynced(part, fill);
        check(part);
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      await syncFolder(folder);
    });
  } catch (error) {
    // A file that is made can't be missing: its folder is.
    if (hasCode(error, 'file-missing')) throw new CasementError('folder-missing');
    throw error;
  }
}
