import { fileURLToPath } from 'node:url';
import { sqliteProgram } from '../../src-main/node/search-index/sqlite-module';

/** Where SQLite's program lies before a build has put it beside the bundle. */
export const sqliteProgramPath = fileURLToPath(
  new URL(`../../node_modules/@journeyapps/wa-sqlite/dist/${sqliteProgram}`, import.meta.url),
);
