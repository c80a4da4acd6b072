import { execFileSync } from 'node:child_process';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Only root may mount a file system. */
export const canMount = process.getuid?.() === 0 && process.platform === 'linux';

/** Mounts a disk of 64 KB until the end of the test. Returns its folder. */
export async function mountTinyDisk(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casement-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  onTestFinished(async () => {
    execFileSync('umount', [folder]);
    await rmdir(folder);
  });
  return folder;
}
