import { chmod, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileAtomically } from '../../../src-main/node/files/atomic-write';
import { canMount, mountTinyDisk } from '../../helpers/full-disk';
import { makeTempFolder } from '../../helpers/temp-folder';
import { watchSyncs } from '../../helpers/watch-syncs';

const isRoot = process.getuid?.() === 0;

describe('writing a file', () => {
  it('replaces the old file atomically', async () => {
    const path = join(await makeTempFolder(), 'a.txt');
    await writeFileAtomically(path, Buffer.from('old'));
    await writeFileAtomically(path, Buffer.from('new'));
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  it('keeps the old file and leaves no temporary file when the disk is full', async () => {
    const folder = await makeTempFolder();
    const path = join(folder, 'a.txt');
    await writeFile(path, 'old');
    const fillDisk = async (): Promise<void> => {
      const full = await open('/dev/full', 'w');
      await full.writeFile('x').finally(() => full.close());
    };
    await expect(writeFileAtomically(path, fillDisk)).rejects.toMatchObject({ code: 'disk-full' });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it.skipIf(!canMount)('keeps the old file on a real disk that is full', async () => {
    const folder = await mountTinyDisk();
    const path = join(folder, 'a.txt');
    await writeFile(path, 'old');
    await expect(writeFileAtomically(path, Buffer.alloc(200_000))).rejects.toMatchObject({ code: 'disk-full' });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('succeeds when only the folder can’t be synced', async () => {
    const path = join(await makeTempFolder(), 'a.txt');
    const synced = await watchSyncs({ refuseFolders: true });
    await writeFileAtomically(path, Buffer.from('new'));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(synced.has((await stat(path)).ino)).toBe(true);
  });

  it('accepts any name that the disk accepts', async () => {
    const path = join(await makeTempFolder(), 'x'.repeat(255));
    await writeFileAtomically(path, Buffer.from('new'));
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  it('reports missing permission and a missing folder', async () => {
    const folder = await makeTempFolder();
    await expect(writeFileAtomically(join(folder, 'none', 'a'), Buffer.from('x'))).rejects.toMatchObject({
      code: 'folder-missing',
    });
    if (isRoot) return;
    await chmod(folder, 0o500);
    await expect(writeFileAtomically(join(folder, 'a'), Buffer.from('x'))).rejects.toMatchObject({
      code: 'disk-denied',
    });
    await chmod(folder, 0o700);
  });
});
