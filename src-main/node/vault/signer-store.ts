import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { KnownSigner } from '../../contract/signers';
import { CasementError, hasCode } from '../../contract/errors';
import { writeFileAtomically } from '../files/atomic-write';
import { onDisk } from '../files/disk-errors';
import { seal, unseal } from './sealed-file';
import type { SignerList } from './vault';

const place = 'signers';

/**
 * The known signers of a vault, one sealed file: who can write on the disk but hasn't the vault's key can make nobody known.
 * Errors: signers-damaged, disk-*.
 */
export class SignerStore implements SignerList {
  private readonly path: string;

  constructor(
    vaultFolder: string,
    private readonly key: Uint8Array,
  ) {
    this.path = join(vaultFolder, place);
  }

  /** What this vault sealed is what it reads back: the tag vouches for the shape. */
  async read(): Promise<KnownSigner[]> {
    const sealed = await onDisk(() => readFile(this.path)).catch((error: unknown) => {
      if (hasCode(error, 'file-missing')) return undefined;
      throw error;
    });
    if (!sealed) return [];
    try {
      return JSON.parse(unseal(this.key, place, sealed).toString()) as KnownSigner[];
    } catch (error) {
      throw hasCode(error, 'vault-damaged') ? new CasementError('signers-damaged') : error;
    }
  }

  async write(signers: readonly KnownSigner[]): Promise<void> {
    await writeFileAtomically(this.path, seal(this.key, place, Buffer.from(JSON.stringify(signers))));
  }

  async setAside(): Promise<void> {
    await onDisk(() => rename(this.path, `${this.path}.damaged`));
  }
}
