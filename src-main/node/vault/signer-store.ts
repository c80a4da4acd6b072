import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { KnownSigner } from '../../contract/signers';
import { CasementError, hasCode } from '../../contract/errors';
import { writeFileAtomically } from '../files/atomic-write';
import { onDisk } from '../files/disk-errors';
import { seal, unseal } from './sealed-file';
import type { SignerList } from './vault';

const fileName = 'signers';

/**
 * The known signers of a vault, in one encrypted file: without the vault's key, writing to the disk can't make a key
 * known. Throws signers-damaged, disk-*.
 */
export class SignerStore implements SignerList {
  private readonly path: string;

  constructor(
    vaultFolder: string,
    private readonly key: Uint8Array,
  ) {
    this.path = join(vaultFolder, fileName);
  }

  /** The contents need no schema check: the authentication tag proves that this vault wrote them. */
  async read(): Promise<KnownSigner[]> {
    const sealed = await onDisk(() => readFile(this.path)).catch((error: unknown) => {
      if (hasCode(error, 'file-missing')) return undefined;
      throw error;
    });
    if (!sealed) return [];
    try {
      return JSON.parse(unseal(this.key, fileName, sealed).toString()) as KnownSigner[];
    } catch (error) {
      throw hasCode(error, 'vault-damaged') ? new CasementError('signers-damaged') : error;
    }
  }

  async write(signers: readonly KnownSigner[]): Promise<void> {
    await writeFileAtomically(this.path, seal(this.key, fileName, Buffer.from(JSON.stringify(signers))));
  }

  async setAside(): Promise<void> {
    await onDisk(() => rename(this.path, `${this.path}.damaged`));
  }
}
