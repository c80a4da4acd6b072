/// <reference types="@journeyapps/wa-sqlite" />
import createModule from '@journeyapps/wa-sqlite/dist/mc-wa-sqlite.mjs';
import { readFile } from 'node:fs/promises';
import { onDisk } from '../files/disk-errors';

/** The name of the WebAssembly file, next to the bundle and in its package. */
export const sqliteProgram = 'mc-wa-sqlite.wasm';

/** The functions of SQLite's WebAssembly build that Casement uses: C functions, with pointers as numbers. */
export interface SqliteModule {
  /** Replaced whenever the memory grows, so don't keep a reference. */
  readonly HEAPU8: Uint8Array;
  getValue(address: number, type: 'i32' | '*'): number;
  setValue(address: number, value: number, type: 'i32'): void;
  UTF8ToString(address: number): string;
  ccall(name: string, result: 'number', types: string[], values: unknown[]): number;
  vfs_register(vfs: object, isDefault: boolean): number;
  _malloc(bytes: number): number;
  _free(address: number): void;
  _sqlite3_open_v2(name: number, result: number, flags: number, vfs: number): number;
  _sqlite3_close(db: number): number;
  _sqlite3_extended_errcode(db: number): number;
  _sqlite3_prepare_v3(db: number, sql: number, bytes: number, flags: number, result: number, tail: number): number;
  _sqlite3_step(statement: number): number;
  _sqlite3_reset(statement: number): number;
  _sqlite3_finalize(statement: number): number;
  _sqlite3_bind_int64(statement: number, index: number, low: number, high: number): number;
  _sqlite3_bind_double(statement: number, index: number, value: number): number;
  _sqlite3_bind_text(statement: number, index: number, address: number, bytes: number, free: number): number;
  _sqlite3_bind_null(statement: number, index: number): number;
  _sqlite3_column_count(statement: number): number;
  _sqlite3_column_type(statement: number, column: number): number;
  _sqlite3_column_double(statement: number, column: number): number;
  _sqlite3_column_text(statement: number, column: number): number;
  _sqlite3_column_bytes(statement: number, column: number): number;
}

/**
 * Starts SQLite with its own memory, so that no data of one database remains for the next. The WebAssembly file is read from the
 * disk, so nothing is fetched. Throws disk-*, file-missing.
 */
export async function loadSqlite(programPath: string): Promise<SqliteModule> {
  const wasmBinary = await onDisk(() => readFile(programPath));
  return (await createModule({ wasmBinary })) as SqliteModule;
}
