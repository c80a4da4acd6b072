import { fileURLToPath } from 'node:url';
import { sqliteProgram } from '../../src-main/node/search-index/sqlite-module';

/** The path of SQLite's WebAssembly program in its package. */
export const sqliteProgramPath = fileURLToPath(
  new URL(`../../node_modules/@journeyapps/wa-sqlite/dist/${sqliteProgram}`, import.meta.url),
);
