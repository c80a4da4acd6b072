import * as sqlite from '@journeyapps/wa-sqlite/src/sqlite-constants.js';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CasementError } from '../../contract/errors';
import { onDisk, toDiskError } from '../files/disk-errors';
import { Database, SqliteError } from './database';
import { FileVfs } from './file-vfs';
import { createSchema, isOurSchema } from './schema';
import { loadSqlite } from './sqlite-module';

export interface IndexPlace {
  folder: string;
  /** 32 bytes. */
  key: Uint8Array;
  /** Where SQLite's WebAssembly program lies. */
  programPath: string;
}

/** The index can't be read: changed, damaged, of another key or version. What to do is to throw it away and read the vault again. */
export class IndexDamaged extends Error {
  constructor(options?: ErrorOptions) {
    super('the search index is damaged', options);
    this.name = 'IndexDamaged';
  }
}

const fileName = 'search.db';
/** Kept in memory of what was read, kB: the pages that nearly every search reads. */
const cacheKb = 32 * 1024;

export async function deleteIndex(folder: string): Promise<void> {
  await onDisk(async () => {
    for (const ending of ['', '-wal', '-journal', '-shm']) await rm(join(folder, fileName + ending), { force: true });
  });
}

export interface OpenIndex {
  database: Database;
  /** Runs a step; what the disk refuses becomes disk-*, what can't be trusted IndexDamaged. */
  attempt: <T>(step: () => T) => T;
}

/** Opens the index' database, or makes an empty one. Errors: IndexDamaged, disk-*. */
export async function openIndex({ folder, key, programPath }: IndexPlace): Promise<OpenIndex> {
  await onDisk(() => mkdir(folder, { recursive: true, mode: 0o700 }));
  const sqlite3 = await loadSqlite(programPath);
  const vfs = new FileVfs(sqlite3, folder);
  let opened: Database | undefined;
  const attempt = <T>(step: () => T): T => {
    // It was thrown away while someone waited for a turn.
    if (opened && !opened.isOpen) throw new IndexDamaged();
    vfs.lastError = undefined;
    try {
      return step();
    } catch (error) {
      throw whatFailed(error, vfs.lastError);
    }
  };
  return attempt(() => {
    const database = new Database(sqlite3, vfs, fileName);
    try {
      prepareDatabase(database, key);
    } catch (error) {
      database.close();
      throw error;
    }
    opened = database;
    return { database, attempt };
  });
}

/**
 * ChaCha20 with a Poly1305 tag on every page and every frame of the log: a changed byte is noticed when its page is read. The key goes
 * in as it is, without the slow derivation that passwords need.
 */
function prepareDatabase(database: Database, key: Uint8Array): void {
  database.run("PRAGMA cipher = 'chacha20'");
  database.run(`PRAGMA key = 'raw:${Buffer.from(key).toString('hex')}'`);
  database.run('PRAGMA temp_store = MEMORY');
  // First this, so that the log's index lies in memory and needs no shared file.
  assertMode(database, 'locking_mode = EXCLUSIVE', 'exclusive');
  assertMode(database, 'journal_mode = WAL', 'wal');
  // A power loss may take back the last sessions; they are read again from the vault.
  database.run('PRAGMA synchronous = NORMAL');
  database.run(`PRAGMA cache_size = -${cacheKb}`);
  const isEmpty = database.run('SELECT count(*) FROM sqlite_schema')[0]?.[0] === 0;
  if (isEmpty) database.transact(() => createSchema(database));
  else if (!isOurSchema(database)) throw new IndexDamaged();
}

/** The encryption was seen to break with a rollback journal: anything but the log is refused. */
function assertMode(database: Database, pragma: string, wanted: string): void {
  const mode = database.run(`PRAGMA ${pragma}`)[0]?.[0];
  if (mode !== wanted) throw new IndexDamaged();
}

/** A page that fails its check comes as any of several codes, so whatever the disk didn't cause counts as damage. */
function whatFailed(error: unknown, diskError: unknown): unknown {
  if (error instanceof CasementError || error instanceof IndexDamaged) return error;
  if (error instanceof SqliteError) {
    if (error.sqliteCode === sqlite.SQLITE_FULL) return new CasementError('disk-full');
    if (diskError !== undefined) return toDiskError(diskError);
    return new IndexDamaged({ cause: error });
  }
  // SQLite itself stumbled: WebAssembly stops where C would crash.
  return error instanceof WebAssembly.RuntimeError ? new IndexDamaged({ cause: error }) : error;
}
