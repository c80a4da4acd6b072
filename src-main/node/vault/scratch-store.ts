import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../files/disk-errors';
import { seal, unseal } from './sealed-file';
import type { Scratch } from './vault';

/** Pieces encrypted with a key that exists only in memory, so files left by a crash are unreadable. Throws disk-*. */
export async function openScratch(folder: string): Promise<Scratch> {
  const key = randomBytes(32);
  let count = 0;
  await onDisk(() => mkdir(folder, { recursive: true, mode: 0o700 }));
  return {
    write: async (bytes) => {
      const ref = count++;
      await onDisk(() => writeFile(join(folder, String(ref)), seal(key, String(ref), bytes), { mode: 0o600 }));
      return ref;
    },
    read: async (ref) => unseal(key, String(ref), await onDisk(() => readFile(join(folder, String(ref))))),
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}
