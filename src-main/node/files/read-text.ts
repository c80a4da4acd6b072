import { open } from 'node:fs/promises';
import { CasementError } from '../../contract/errors';
import { onDisk } from './disk-errors';

/** A small text file; no more of it is read than `limitBytes`. Errors: file-too-large, file-missing, disk-*. */
export async function readText(path: string, limitBytes: number): Promise<string> {
  return onDisk(async () => {
    const file = await open(path);
    try {
      if ((await file.stat()).size > limitBytes) throw new CasementError('file-too-large');
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  });
}
