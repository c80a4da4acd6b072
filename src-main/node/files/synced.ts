import { open, type FileHandle } from 'node:fs/promises';

/** Writes a new file, readable by this user only, and waits until its bytes are on the disk. Errors: the system's own. */
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
 * What was made or renamed in a folder is on the disk only when the folder is. Windows can't sync one and doesn't need to.
 * Never fails: some network disks refuse it, and a rename that was done is not undone by an error after it.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
