import { randomFillSync } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as sqlite from '@journeyapps/wa-sqlite/src/sqlite-constants.js';
import type { SqliteModule } from './sqlite-module';

/** The files that SQLite may write to the disk. Temporary files stay in memory, because they would not be encrypted. */
const allowedFiles = sqlite.SQLITE_OPEN_MAIN_DB | sqlite.SQLITE_OPEN_WAL | sqlite.SQLITE_OPEN_MAIN_JOURNAL;
const syncDataOnly = 0x10;
/** The time from the epoch of Julian days to that of Unix, ms. */
const julianOffsetMs = 24405875n * 8640000n;
const int64 = (low: number, high: number): number => high * 2 ** 32 + (low >>> 0);

/**
 * Stores SQLite's files as plain files in one folder, with synchronous reads and writes. It has no locks, because only one process
 * opens the database (`locking_mode=EXCLUSIVE`), and no shared memory, which only other locking modes need.
 */
export class FileVfs {
  readonly name = 'casement';
  readonly mxPathname = 64;
  /** The last error of the file system, which says more than SQLite's code. */
  lastError: unknown;
  private readonly files = new Map<number, number>();

  constructor(
    private readonly sqlite3: SqliteModule,
    private readonly folder: string,
  ) {}

  /** Closes all open files, including those that SQLite failed to close. */
  close(): void {
    for (const file of this.files.values()) closeSync(file);
    this.files.clear();
  }

  hasAsyncMethod(): boolean {
    return false;
  }

  xOpen(_vfs: number, name: number, id: number, flags: number, flagsOut: number): number {
    if (name === 0 || (flags & allowedFiles) === 0) return sqlite.SQLITE_CANTOPEN;
    const path = this.pathOf(name);
    const canCreate = (flags & sqlite.SQLITE_OPEN_CREATE) !== 0;
    if (!canCreate && !existsSync(path)) return sqlite.SQLITE_CANTOPEN;
    return this.attempt(sqlite.SQLITE_CANTOPEN, () => {
      this.files.set(id, openSync(path, existsSync(path) ? 'r+' : 'wx+', 0o600));
      this.sqlite3.setValue(flagsOut, flags, 'i32');
    });
  }

  xDelete(_vfs: number, name: number, isFolderSynced: number): number {
    const path = this.pathOf(name);
    if (!existsSync(path)) return sqlite.SQLITE_IOERR_DELETE_NOENT;
    return this.attempt(sqlite.SQLITE_IOERR_DELETE, () => {
      unlinkSync(path);
      if (isFolderSynced && process.platform !== 'win32') {
        const folder = openSync(this.folder, 'r');
        try {
          fsyncSync(folder);
        } finally {
          closeSync(folder);
        }
      }
    });
  }

  xAccess(_vfs: number, name: number, _flags: number, result: number): number {
    this.sqlite3.setValue(result, existsSync(this.pathOf(name)) ? 1 : 0, 'i32');
    return sqlite.SQLITE_OK;
  }

  xFullPathname(_vfs: number, name: number, capacity: number, out: number): number {
    const bytes = Buffer.from(`${this.sqlite3.UTF8ToString(name)}\0`);
    if (bytes.length > capacity) return sqlite.SQLITE_CANTOPEN;
    this.sqlite3.HEAPU8.set(bytes, out);
    return sqlite.SQLITE_OK;
  }

  /** SQLite3MultipleCiphers takes salts and nonces from here. */
  xRandomness(_vfs: number, count: number, out: number): number {
    randomFillSync(this.sqlite3.HEAPU8, out, count);
    return count;
  }

  xCurrentTimeInt64(_vfs: number, out: number): number {
    new DataView(this.sqlite3.HEAPU8.buffer).setBigInt64(out, julianOffsetMs + BigInt(Date.now()), true);
    return sqlite.SQLITE_OK;
  }

  xGetLastError(): number {
    return sqlite.SQLITE_OK;
  }

  xClose(id: number): number {
    const file = this.files.get(id);
    this.files.delete(id);
    return this.attempt(sqlite.SQLITE_IOERR_CLOSE, () => {
      if (file !== undefined) closeSync(file);
    });
  }

  xRead(id: number, out: number, count: number, low: number, high: number): number {
    let done = 0;
    const code = this.attempt(sqlite.SQLITE_IOERR_READ, () => {
      while (done < count) {
        const read = readSync(this.fileOf(id), this.sqlite3.HEAPU8, out + done, count - done, int64(low, high) + done);
        if (read === 0) return;
        done += read;
      }
    });
    if (code !== sqlite.SQLITE_OK || done === count) return code;
    this.sqlite3.HEAPU8.fill(0, out + done, out + count);
    return sqlite.SQLITE_IOERR_SHORT_READ;
  }

  xWrite(id: number, from: number, count: number, low: number, high: number): number {
    return this.attempt(sqlite.SQLITE_IOERR_WRITE, () => {
      for (let done = 0; done < count;) {
        done += writeSync(this.fileOf(id), this.sqlite3.HEAPU8, from + done, count - done, int64(low, high) + done);
      }
    });
  }

  xTruncate(id: number, low: number, high: number): number {
    return this.attempt(sqlite.SQLITE_IOERR_TRUNCATE, () => ftruncateSync(this.fileOf(id), int64(low, high)));
  }

  xSync(id: number, flags: number): number {
    return this.attempt(sqlite.SQLITE_IOERR_FSYNC, () => {
      if ((flags & syncDataOnly) === 0) fsyncSync(this.fileOf(id));
      else fdatasyncSync(this.fileOf(id));
    });
  }

  xFileSize(id: number, out: number): number {
    return this.attempt(sqlite.SQLITE_IOERR_FSTAT, () => {
      const size = BigInt(fstatSync(this.fileOf(id)).size);
      new DataView(this.sqlite3.HEAPU8.buffer).setBigInt64(out, size, true);
    });
  }

  xLock(): number {
    return sqlite.SQLITE_OK;
  }

  xUnlock(): number {
    return sqlite.SQLITE_OK;
  }

  xCheckReservedLock(_id: number, out: number): number {
    this.sqlite3.setValue(out, 0, 'i32');
    return sqlite.SQLITE_OK;
  }

  xFileControl(): number {
    return sqlite.SQLITE_NOTFOUND;
  }

  xSectorSize(): number {
    return 4096;
  }

  xDeviceCharacteristics(): number {
    return sqlite.SQLITE_IOCAP_POWERSAFE_OVERWRITE;
  }

  private pathOf(name: number): string {
    return join(this.folder, this.sqlite3.UTF8ToString(name));
  }

  private fileOf(id: number): number {
    const file = this.files.get(id);
    if (file === undefined) throw new Error('the file is not open');
    return file;
  }

  private attempt(code: number, step: () => void): number {
    try {
      step();
      return sqlite.SQLITE_OK;
    } catch (error) {
      this.lastError = error;
      const isFull = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
      return isFull ? sqlite.SQLITE_FULL : code;
    }
  }
}
