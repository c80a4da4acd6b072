import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Case } from '../../contract/case';
import { CasementError, hasCode } from '../../contract/errors';
import { CaseId } from '../../contract/ids';
import { writeFileAtomically } from '../files/atomic-write';
import { onDisk } from '../files/disk-errors';
import { seal, unseal } from './sealed-file';
import type { Cases } from './vault';

/**
 * The cases of a vault, one encrypted file each. A removed case can be restored until the vault is opened again. Throws
 * case-unknown, vault-damaged, disk-*.
 */
export class CaseStore implements Cases {
  private constructor(
    private readonly folder: string,
    private readonly removed: string,
    private readonly key: Uint8Array,
  ) {}

  static async open(vaultFolder: string, key: Uint8Array): Promise<CaseStore> {
    const store = new CaseStore(join(vaultFolder, 'cases'), join(vaultFolder, 'removed-cases'), key);
    await onDisk(async () => {
      await rm(store.removed, { recursive: true, force: true });
      for (const folder of [store.folder, store.removed]) await mkdir(folder, { recursive: true, mode: 0o700 });
    });
    return store;
  }

  /** Leaves out damaged cases, whose titles can't be read. Their files stay. */
  async list(): Promise<Case[]> {
    const ids = await onDisk(() => readdir(this.folder));
    const cases: Case[] = [];
    for (const id of ids.filter((name) => v.is(CaseId, name))) {
      const found = await this.read(id).catch((error: unknown) => {
        if (hasCode(error, 'vault-damaged', 'case-unknown')) return undefined;
        throw error;
      });
      if (found) cases.push(found);
    }
    return cases.sort((a, b) => b.changedAt - a.changedAt);
  }

  /** The contents need no schema check: the authentication tag proves that this vault wrote them. */
  async read(id: string): Promise<Case> {
    const sealed = await unlessMissing(() => readFile(join(this.folder, checked(id))));
    return JSON.parse(unseal(this.key, placeOf(id), sealed).toString()) as Case;
  }

  async write(changed: Case): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(changed));
    await writeFileAtomically(join(this.folder, checked(changed.id)), seal(this.key, placeOf(changed.id), bytes));
  }

  async remove(id: string): Promise<void> {
    await unlessMissing(() => rename(join(this.folder, checked(id)), join(this.removed, id)));
  }

  async restore(id: string): Promise<Case> {
    await unlessMissing(() => rename(join(this.removed, checked(id)), join(this.folder, id)));
    return this.read(id);
  }
}

const placeOf = (id: string): string => `cases/${id}`;

function checked(id: string): string {
  if (!v.is(CaseId, id)) throw new CasementError('case-unknown');
  return id;
}

async function unlessMissing<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await onDisk(step);
  } catch (error) {
    if (hasCode(error, 'file-missing')) throw new CasementError('case-unknown');
    throw error;
  }
}
