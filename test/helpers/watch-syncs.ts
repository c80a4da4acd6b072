import { open, type FileHandle } from 'node:fs/promises';
import { onTestFinished, vi } from 'vitest';

/** The inode numbers of what is synced from here to the end of the test; folders can be made to refuse. */
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
