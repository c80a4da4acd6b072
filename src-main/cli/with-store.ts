import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repairedIn, withRepair, type Repairs } from '../core/export/repair';
import type { PreparedExport } from '../core/export/prepare';
import type { ScratchStore } from '../core/recording/normalise/normalise';
import type { CaseReading } from '../node/case-archive/read-case';
import { onDisk } from '../node/files/disk-errors';
import { openScratch } from '../node/vault/scratch-store';
import { repairedWords } from '../contract/words/report';
import type { Arguments } from './arguments';
import type { Terminal } from './terminal';

/** Provides a scratch store for data that doesn't fit into memory. It is encrypted with a temporary key and deleted afterwards. Throws disk-*. */
export async function withStore<T>(use: (scratch: ScratchStore) => Promise<T>): Promise<T> {
  const scratch = await openScratch(join(tmpdir(), `casement-${randomUUID()}`));
  try {
    return await use(scratch);
  } finally {
    await scratch.clear();
  }
}

/** Makes an export with a scratch store, and again with more hidden if the gate refuses it (`withRepair`). */
export function withRepairedStore<T>(use: (scratch: ScratchStore, repairs: Repairs) => Promise<T>): Promise<T> {
  return withRepair((repairs) => withStore((scratch) => use(scratch, repairs)));
}

/** Prints the number of values that were masked only after the gate had found them, if there were any. */
export function printRepaired(prepared: readonly PreparedExport[], terminal: Terminal): void {
  const repaired = repairedIn(prepared);
  if (Object.keys(repaired).length > 0) terminal.print(repairedWords.sentence(repaired));
}

/** The options for reading the input of the command line, with a store. */
export type InputReading = CaseReading & { scratch: ScratchStore };

/** Returns the options for reading encrypted case files. The passphrase is `--passphrase-file` without its last line break. Throws file-missing, disk-*. */
export async function caseReading({ options }: Arguments, scratch: ScratchStore): Promise<InputReading> {
  return { scratch, passphrase: await readPassphrase(options['passphrase-file']) };
}

async function readPassphrase(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return (await onDisk(() => readFile(path, 'utf8'))).replace(/\r?\n$/, '');
}
