import { randomBytes } from 'node:crypto';
import { rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CasementError, hasCode } from '../../contract/errors';
import { onDisk } from './disk-errors';
import { syncFolder, writeSynced } from './synced';

/**
 * Replaces a file atomically: a reader finds the old or the complete new one, even after a crash or on a full disk. It
 * writes a temporary file next to it, syncs it and renames it; the temporary name is short so that the target may have
 * the longest allowed name. `check` is called with the complete temporary file; if it throws, the old file stays.
 * Throws folder-missing, disk-full, disk-denied, disk-failed; the old file is then unchanged and no temporary file is
 * left.
 */
export async function writeFileAtomically(
  path: string,
  fill: Uint8Array | ((file: FileHandle) => Promise<void>),
  check: (part: string) => void | Promise<void> = () => undefined,
): Promise<void> {
  const folder = dirname(path);
  const part = join(folder, `.casement-${randomBytes(6).toString('hex')}.part`);
  try {
    await onDisk(async () => {
      try {
        await writeSynced(part, fill);
        await check(part);
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      await syncFolder(folder);
    });
  } catch (error) {
    // A new file can't be missing, so its folder is.
    if (hasCode(error, 'file-missing')) throw new CasementError('folder-missing');
    throw error;
  }
}
