import { open, type FileHandle } from 'node:fs/promises';
import { onTestFinished, vi } from 'vitest';

/** Records the inode numbers of synced files until the end of the test. Syncs of folders can be made to fail. */
export async function watchSyncs({ refuseFolders = false } = {}): Promise<Set<number>> {
  const handle = await open('/', 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const synced = new Set<number>();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its handle below
  const sync = prototype.sync;
  const spy = vi.spyOn(prototype, 'sync').mockImplementation(async function (this: FileHandle) {
    const stats = await this.stat();
    if (refuseFolders && stats.isDirectory()) {
      throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'fsync' });
    }
    await sync.call(this);
    synced.add(stats.ino);
  });
  onTestFinished(() => spy.mockRestore());
  return synced;
}
