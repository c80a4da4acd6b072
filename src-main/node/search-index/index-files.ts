import * as sqlite from '@journeyapps/wa-sqlite/src/sqlite-constants.js';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CasementError } from '../../contract/errors';
import { onDisk, toDiskError } from '../files/disk-errors';
import { Database, SqliteError } from './database';
import { FileVfs } from './file-vfs';
import { createSchema, isOurSchema } from './schema';
import { loadSqlite } from './sqlite-module';

export interface IndexLocation {
  folder: string;
  /** 32 bytes. */
  key: Uint8Array;
  /** The path of SQLite's WebAssembly file. */
  programPath: string;
}

/** The index can't be read: it was modified or damaged, or has another key or version. The caller deletes and rebuilds it. */
export class IndexDamaged extends Error {
  constructor(options?: ErrorOptions) {
    super('the search index is damaged', options);
    this.name = 'IndexDamaged';
  }
}

const fileName = 'search.db';
/** The size of the page cache, kB: enough for the pages that nearly every search reads. */
const cacheKb = 32 * 1024;

export async function deleteIndex(folder: string): Promise<void> {
  await onDisk(async () => {
    for (const suffix of ['', '-wal', '-journal', '-shm']) await rm(join(folder, fileName + suffix), { force: true });
  });
}

export interface OpenIndex {
  database: Database;
  /** Runs a step. Throws disk-* for errors of the disk, and IndexDamaged for all other errors of SQLite. */
  attempt: <T>(step: () => T) => T;
}

/** Opens the index's database, or creates an empty one. Throws IndexDamaged, disk-*. */
export async function openIndex({ folder, key, programPath }: IndexLocation): Promise<OpenIndex> {
  await onDisk(() => mkdir(folder, { recursive: true, mode: 0o700 }));
  const sqlite3 = await loadSqlite(programPath);
  const vfs = new FileVfs(sqlite3, folder);
  let opened: Database | undefined;
  const attempt = <T>(step: () => T): T => {
    // The index was deleted while the caller waited.
    if (opened && !opened.isOpen) throw new IndexDamaged();
    vfs.lastError = undefined;
    try {
      return step();
    } catch (error) {
      throw toIndexError(error, vfs.lastError);
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
 * Encrypts with ChaCha20 and a Poly1305 tag on every page and every frame of the log, so a changed byte is detected when its page is
 * read. The key is used directly, without the slow derivation that passwords need.
 */
function prepareDatabase(database: Database, key: Uint8Array): void {
  database.run("PRAGMA cipher = 'chacha20'");
  database.run(`PRAGMA key = 'raw:${Buffer.from(key).toString('hex')}'`);
  database.run('PRAGMA temp_store = MEMORY');
  // Set before the journal mode, so that the log's index is in memory and needs no shared file.
  assertMode(database, 'locking_mode = EXCLUSIVE', 'exclusive');
  assertMode(database, 'journal_mode = WAL', 'wal');
  // A power loss may undo the last sessions; they are indexed again from the vault.
  database.run('PRAGMA synchronous = NORMAL');
  database.run(`PRAGMA cache_size = -${cacheKb}`);
  const isEmpty = database.run('SELECT count(*) FROM sqlite_schema')[0]?.[0] === 0;
  if (isEmpty) database.transact(() => createSchema(database));
  else if (!isOurSchema(database)) throw new IndexDamaged();
}

/** Throws IndexDamaged if SQLite refuses the mode. The encryption was seen to fail with a rollback journal. */
function assertMode(database: Database, pragma: string, wanted: string): void {
  const mode = database.run(`PRAGMA ${pragma}`)[0]?.[0];
  if (mode !== wanted) throw new IndexDamaged();
}

/** A page that fails its check is reported with one of several codes, so every error that the disk did not cause counts as damage. */
function toIndexError(error: unknown, diskError: unknown): unknown {
  if (error instanceof CasementError || error instanceof IndexDamaged) return error;
  if (error instanceof SqliteError) {
    if (error.sqliteCode === sqlite.SQLITE_FULL) return new CasementError('disk-full');
    if (diskError !== undefined) return toDiskError(diskError);
    return new IndexDamaged({ cause: error });
  }
  // SQLite crashed: WebAssembly reports that as a RuntimeError.
  return error instanceof WebAssembly.RuntimeError ? new IndexDamaged({ cause: error }) : error;
}
