import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CasementError } from '../../contract/errors';
import { SessionId } from '../../contract/ids';
import type { SessionEvent } from '../../contract/recorded-event';
import type { StoredSession } from '../../contract/session';
import type { Note } from '../../contract/timeline';
import * as v from 'valibot';
import { writeFileAtomically } from '../files/atomic-write';
import { onDisk } from '../files/disk-errors';
import { syncFolder, writeSynced } from '../files/synced';
import { seal, unseal } from './sealed-file';
import type { SessionRecord, Vault } from './vault';

interface StoredRecord extends SessionRecord {
  chunkCount: number;
}

/**
 * The vault as sealed files: `sessions/<id>/{session,notes,000000…}`. A session is written under `incoming/` and
 * renamed into place when it is whole; a removed one waits under `removed/` until the next start.
 * The folder is named after the key, so that another key (a lost keychain) never meets, let alone overwrites, the files of this one.
 */
export class FileVault implements Vault {
  private constructor(
    private readonly folder: string,
    private readonly key: Uint8Array,
    private readonly isForThisRun: boolean,
  ) {}

  static async open(parent: string, key: Uint8Array, isForThisRun: boolean): Promise<FileVault> {
    const name = createHmac('sha256', key).update('casement vault folder').digest('hex').slice(0, 16);
    const folder = join(parent, name);
    await onDisk(async () => {
      for (const leftover of ['incoming', 'removed']) {
        await rm(join(folder, leftover), { recursive: true, force: true });
        await mkdir(join(folder, leftover), { recursive: true, mode: 0o700 });
      }
      await mkdir(join(folder, 'sessions'), { recursive: true, mode: 0o700 });
    });
    return new FileVault(folder, key, isForThisRun);
  }

  async list(): Promise<StoredSession[]> {
    const ids = await onDisk(() => readdir(join(this.folder, 'sessions')));
    const sessions: StoredSession[] = [];
    for (const id of ids.filter((name) => v.is(SessionId, name))) {
      // One damaged session must not hide the others. It isn't listed, since what to call it can't be read; its files stay.
      const session = await this.get(id).catch((error: unknown) => {
        if (isDamaged(error) || (error instanceof CasementError && error.code === 'session-unknown')) return undefined;
        throw error;
      });
      if (session) sessions.push(session);
    }
    return sessions.sort((a, b) => b.pulledAt - a.pulledAt);
  }

  async get(id: string): Promise<StoredSession> {
    const { chunkCount: _, ...record } = await this.readRecord(id);
    // Damaged notes must not hide the session; reading them says what is wrong.
    const notes = await this.readNotes(id).catch((error: unknown) => {
      if (isDamaged(error)) return [];
      throw error;
    });
    return { ...record, id: v.parse(SessionId, id), noteCount: notes.length };
  }

  async add(record: SessionRecord, chunks: Iterable<SessionEvent[]>, notes: Note[] = []): Promise<StoredSession> {
    const id = `s-${randomBytes(8).toString('hex')}`;
    const incoming = join(this.folder, 'incoming', id);
    await onDisk(async () => {
      try {
        await mkdir(incoming, { mode: 0o700 });
        let chunkCount = 0;
        for (const chunk of chunks) {
          await this.writePlain(join(incoming, chunkName(chunkCount)), `${id}/${chunkName(chunkCount)}`, chunk);
          chunkCount++;
        }
        const stored: StoredRecord = { ...record, chunkCount };
        await this.writePlain(join(incoming, 'session'), `${id}/session`, stored);
        await this.writePlain(join(incoming, 'notes'), `${id}/notes`, notes);
        // First all that is in it, then its place: a power loss leaves a whole session or none.
        await syncFolder(incoming);
        await rename(incoming, this.sessionFolder(id));
      } catch (error) {
        await rm(incoming, { recursive: true, force: true });
        throw error;
      }
      await syncFolder(join(this.folder, 'sessions'));
    });
    return this.get(id);
  }

  async countChunks(id: string): Promise<number> {
    return (await this.readRecord(id)).chunkCount;
  }

  async readChunk(id: string, index: number): Promise<SessionEvent[]> {
    return (await this.read(id, chunkName(index))) as SessionEvent[];
  }

  async readNotes(id: string): Promise<Note[]> {
    return (await this.read(id, 'notes')) as Note[];
  }

  async writeNotes(id: string, notes: Note[]): Promise<void> {
    await this.readRecord(id);
    await writeFileAtomically(
      join(this.sessionFolder(id), 'notes'),
      seal(this.key, `${id}/notes`, Buffer.from(JSON.stringify(notes))),
    );
  }

  async remove(id: string): Promise<void> {
    await this.move(id, this.sessionFolder(id), join(this.folder, 'removed', id));
  }

  async restore(id: string): Promise<StoredSession> {
    await this.move(id, join(this.folder, 'removed', id), this.sessionFolder(id));
    return this.get(id);
  }

  async close(): Promise<void> {
    if (this.isForThisRun) await rm(this.folder, { recursive: true, force: true });
  }

  private async readRecord(id: string): Promise<StoredRecord> {
    return (await this.read(id, 'session')) as StoredRecord;
  }

  /** What this vault sealed is what it reads back: the tag vouches for the shape, so it isn't checked again. */
  private async read(id: string, name: string): Promise<unknown> {
    try {
      const sealed = await onDisk(() => readFile(join(this.sessionFolder(id), name)));
      return JSON.parse(unseal(this.key, `${id}/${name}`, sealed).toString());
    } catch (error) {
      if (error instanceof CasementError && error.code === 'file-missing') {
        throw new CasementError(name === 'session' ? 'session-unknown' : 'vault-damaged');
      }
      throw error;
    }
  }

  private async writePlain(path: string, place: string, value: unknown): Promise<void> {
    await writeSynced(path, seal(this.key, place, Buffer.from(JSON.stringify(value))));
  }

  private async move(id: string, from: string, to: string): Promise<void> {
    if (!v.is(SessionId, id)) throw new CasementError('session-unknown');
    try {
      await onDisk(() => rename(from, to));
    } catch (error) {
      if (error instanceof CasementError && error.code === 'file-missing') throw new CasementError('session-unknown');
      throw error;
    }
  }

  private sessionFolder(id: string): string {
    if (!v.is(SessionId, id)) throw new CasementError('session-unknown');
    return join(this.folder, 'sessions', id);
  }
}

function isDamaged(error: unknown): boolean {
  return error instanceof CasementError && error.code === 'vault-damaged';
}

function chunkName(index: number): string {
  return String(index).padStart(6, '0');
}
