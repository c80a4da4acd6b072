import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { onDisk } from './disk-errors';

/**
 * Writes a file so that a reader finds either the old one or the whole new one, also after a crash or with a full disk:
 * a neighbour is filled, synced and renamed over it.
 * Errors: disk-full, disk-denied, disk-failed; the old file is unchanged then and nothing is left beside it.
 */
export async function writeFileAtomically(
  path: string,
  fill: Uint8Array | ((file: FileHandle) => Promise<void>),
): Promise<void> {
  const folder = dirname(path);
  const part = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  await onDisk(async () => {
    try {
      const file = await open(part, 'wx', 0o600);
      try {
        if (typeof fill === 'function') await fill(file);
        else await file.writeFile(fill);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    await syncFolder(folder);
  });
}

/** A rename is on the disk only when its folder is. Windows can't sync a folder and doesn't need to. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
