import * as sqlite from '@journeyapps/wa-sqlite/src/sqlite-constants.js';
import type { FileVfs } from './file-vfs';
import type { SqliteModule } from './sqlite-module';

export type SqlValue = number | string | null;
export type SqlRow = SqlValue[];

/** An error of SQLite. It has only the code, because SQLite's message may quote the search terms. */
export class SqliteError extends Error {
  constructor(readonly sqliteCode: number) {
    super(`SQLite ${sqliteCode}`);
    this.name = 'SqliteError';
  }
}

const transient = -1;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const firstCapacity = 64 * 1024;

/** A synchronous database: other code can't run between the steps of a transaction. */
export class Database {
  private readonly handle: number;
  private readonly statements = new Set<Statement>();
  private text = { address: 0, capacity: 0 };
  private isClosed = false;

  /** Opens a file in the VFS's folder through SQLite3MultipleCiphers. Throws SqliteError. */
  constructor(
    readonly sqlite3: SqliteModule,
    private readonly vfs: FileVfs,
    name: string,
  ) {
    const registered =
      sqlite3.vfs_register(vfs, false) ||
      sqlite3.ccall('sqlite3mc_vfs_create', 'number', ['string', 'number'], [vfs.name, 0]);
    if (registered !== sqlite.SQLITE_OK) throw new SqliteError(registered);
    const result = sqlite3._malloc(4);
    const code = sqlite3.ccall(
      'sqlite3_open_v2',
      'number',
      ['string', 'number', 'number', 'string'],
      [name, result, sqlite.SQLITE_OPEN_CREATE | sqlite.SQLITE_OPEN_READWRITE, `multipleciphers-${vfs.name}`],
    );
    this.handle = sqlite3.getValue(result, '*');
    sqlite3._free(result);
    if (code !== sqlite.SQLITE_OK) {
      this.close();
      throw new SqliteError(code);
    }
  }

  prepare(sql: string): Statement {
    const { address, bytes } = this.putText(sql);
    const result = this.sqlite3._malloc(4);
    const code = this.sqlite3._sqlite3_prepare_v3(this.handle, address, bytes, 0, result, 0);
    const handle = this.sqlite3.getValue(result, '*');
    this.sqlite3._free(result);
    this.check(code);
    const statement = new Statement(this, handle);
    this.statements.add(statement);
    return statement;
  }

  /** Prepares a statement, runs it once and finalizes it. */
  run(sql: string, values: readonly SqlValue[] = []): SqlRow[] {
    const statement = this.prepare(sql);
    try {
      return statement.all(values);
    } finally {
      statement.finalize();
    }
  }

  /** Runs the step in a transaction, and rolls back if it throws. */
  transact<T>(step: () => T): T {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = step();
      this.run('COMMIT');
      return result;
    } catch (error) {
      try {
        this.run('ROLLBACK');
      } catch {
        // The first error is thrown. SQLite has already rolled back on its own.
      }
      throw error;
    }
  }

  get isOpen(): boolean {
    return !this.isClosed;
  }

  /** Never throws. Data that could not be written is in the write-ahead log, or in an index that is deleted anyway. */
  close(): void {
    if (this.isClosed) return;
    for (const statement of this.statements) statement.finalize();
    this.isClosed = true;
    this.sqlite3._sqlite3_close(this.handle);
    this.vfs.close();
  }

  /** Returns false if the statement was already finalized, alone or with the database. */
  forget(statement: Statement): boolean {
    return this.statements.delete(statement);
  }

  check(code: number): void {
    if (code === sqlite.SQLITE_OK || code === sqlite.SQLITE_ROW || code === sqlite.SQLITE_DONE) return;
    throw new SqliteError(this.sqlite3._sqlite3_extended_errcode(this.handle) || code);
  }

  /** Copies the text to SQLite's memory as UTF-8. It is valid until the next call. */
  putText(text: string): { address: number; bytes: number } {
    const needed = text.length * 3;
    if (needed > this.text.capacity) {
      if (this.text.address !== 0) this.sqlite3._free(this.text.address);
      const capacity = Math.max(needed, firstCapacity, this.text.capacity * 2);
      this.text = { address: this.sqlite3._malloc(capacity), capacity };
    }
    const { address, capacity } = this.text;
    const { written } = encoder.encodeInto(text, this.sqlite3.HEAPU8.subarray(address, address + capacity));
    return { address, bytes: written };
  }
}

/** A prepared statement, for repeated use. */
export class Statement {
  constructor(
    private readonly database: Database,
    private readonly handle: number,
  ) {}

  all(values: readonly SqlValue[] = []): SqlRow[] {
    const rows: SqlRow[] = [];
    this.each(values, (row) => void rows.push(row));
    return rows;
  }

  get(values: readonly SqlValue[] = []): SqlRow | undefined {
    let first: SqlRow | undefined;
    this.each(values, (row) => {
      first = row;
      return 'stop';
    });
    return first;
  }

  run(values: readonly SqlValue[] = []): void {
    this.each(values, () => undefined);
  }

  /** Calls the function with each row until it returns `stop`. */
  each(values: readonly SqlValue[], onRow: (row: SqlRow) => 'stop' | undefined | void): void {
    this.start(values);
    try {
      for (let row = this.next(); row; row = this.next()) if (onRow(row) === 'stop') return;
    } finally {
      this.stop();
    }
  }

  /** To read rows one at a time, call `start`, then `next` until it returns undefined, then `stop`. */
  start(values: readonly SqlValue[]): void {
    this.stop();
    for (const [index, value] of values.entries()) this.bind(index + 1, value);
  }

  next(): SqlRow | undefined {
    const code = this.database.sqlite3._sqlite3_step(this.handle);
    this.database.check(code);
    return code === sqlite.SQLITE_ROW ? this.readRow() : undefined;
  }

  stop(): void {
    if (this.database.isOpen) this.database.sqlite3._sqlite3_reset(this.handle);
  }

  finalize(): void {
    if (this.database.forget(this)) this.database.sqlite3._sqlite3_finalize(this.handle);
  }

  private bind(index: number, value: SqlValue): void {
    const { database, handle } = this;
    const { sqlite3 } = database;
    if (value === null) database.check(sqlite3._sqlite3_bind_null(handle, index));
    else if (typeof value === 'string') {
      const { address, bytes } = database.putText(value);
      database.check(sqlite3._sqlite3_bind_text(handle, index, address, bytes, transient));
    } else if (Number.isSafeInteger(value)) {
      database.check(sqlite3._sqlite3_bind_int64(handle, index, value | 0, Math.floor(value / 2 ** 32)));
    } else database.check(sqlite3._sqlite3_bind_double(handle, index, value));
  }

  private readRow(): SqlRow {
    const { sqlite3 } = this.database;
    const row: SqlRow = [];
    const count = sqlite3._sqlite3_column_count(this.handle);
    for (let column = 0; column < count; column++) {
      const type = sqlite3._sqlite3_column_type(this.handle, column);
      if (type === sqlite.SQLITE_TEXT) {
        const address = sqlite3._sqlite3_column_text(this.handle, column);
        const bytes = sqlite3._sqlite3_column_bytes(this.handle, column);
        row.push(decoder.decode(sqlite3.HEAPU8.subarray(address, address + bytes)));
      } else if (type === sqlite.SQLITE_NULL) row.push(null);
      // Doubles are exact up to 2^53; larger numbers are never stored.
      else row.push(sqlite3._sqlite3_column_double(this.handle, column));
    }
    return row;
  }
}
