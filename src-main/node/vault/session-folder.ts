import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CasementError, hasCode } from '../../contract/errors';
import { onDisk } from '../files/disk-errors';
import { writeSynced } from '../files/synced';
import { writeFileAtomically } from '../files/atomic-write';
import { seal, unseal } from './sealed-file';

/**
 * The encrypted files of a session. Each is bound to its name and the session's id, so the folder itself can be
 * renamed.
 */
export class SessionFolder {
  constructor(
    readonly path: string,
    private readonly id: string,
    private readonly key: Uint8Array,
  ) {}

  async write(name: string, bytes: Uint8Array): Promise<void> {
    await writeSynced(join(this.path, name), seal(this.key, `${this.id}/${name}`, bytes));
  }

  async writeJson(name: string, value: unknown): Promise<void> {
    await this.write(name, Buffer.from(JSON.stringify(value)));
  }

  async replaceJson(name: string, value: unknown): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(value));
    await writeFileAtomically(join(this.path, name), seal(this.key, `${this.id}/${name}`, bytes));
  }

  /**
   * Throws `session-unknown` if there is no such session, and `vault-damaged` if one of its files is missing or
   * changed.
   */
  async read(name: string): Promise<Buffer> {
    try {
      const sealed = await onDisk(() => readFile(join(this.path, name)));
      return unseal(this.key, `${this.id}/${name}`, sealed);
    } catch (error) {
      if (hasCode(error, 'file-missing')) {
        throw new CasementError(name === 'session' ? 'session-unknown' : 'vault-damaged');
      }
      throw error;
    }
  }

  /** The contents need no schema check: the authentication tag proves that this vault wrote them. */
  async readJson<T>(name: string): Promise<T> {
    return JSON.parse((await this.read(name)).toString()) as T;
  }
}
