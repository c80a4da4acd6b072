import { open, type FileHandle } from 'node:fs/promises';

/** Creates a file that only this user can read and syncs it to the disk. Throws the system's errors. */
export async function writeSynced(
  path: string,
  fill: Uint8Array | ((file: FileHandle) => Promise<void>),
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    if (typeof fill === 'function') await fill(file);
    else await file.writeFile(fill);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Syncs a folder, which makes new and renamed files in it durable. Windows can't do it and doesn't need to. Never
 * throws: some network disks refuse it, and a finished rename can't be undone.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
