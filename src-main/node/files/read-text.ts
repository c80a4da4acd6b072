import { open } from 'node:fs/promises';
import { CasementError } from '../../contract/errors';
import { onDisk } from './disk-errors';

/** Reads a text file of at most `limitBytes`. Throws file-too-large, file-missing, disk-*. */
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
