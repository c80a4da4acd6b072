import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScratchStore } from '../core/recording/normalise/normalise';
import type { CaseReading } from '../node/case-archive/read-case';
import { onDisk } from '../node/files/disk-errors';
import { openScratch } from '../node/vault/scratch-store';
import type { Arguments } from './arguments';

/** Provides a scratch store for data that doesn't fit into memory. It is encrypted with a temporary key and deleted afterwards. Throws disk-*. */
export async function withStore<T>(use: (scratch: ScratchStore) => Promise<T>): Promise<T> {
  const scratch = await openScratch(join(tmpdir(), `casement-${randomUUID()}`));
  try {
    return await use(scratch);
  } finally {
    await scratch.clear();
  }
}

/** Returns the options for reading encrypted case files. The passphrase is `--passphrase-file` without its last line break. Throws file-missing, disk-*. */
export async function caseReading({ options }: Arguments, scratch: ScratchStore): Promise<CaseReading> {
  return { scratch, passphrase: await readPassphrase(options['passphrase-file']) };
}

async function readPassphrase(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return (await onDisk(() => readFile(path, 'utf8'))).replace(/\r?\n$/, '');
}
