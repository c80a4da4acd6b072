import { searchKinds, type SearchKind } from '../../contract/search';
import type { Database } from './database';

/** Increment with every change of the tables or of their contents. An index with another version is rebuilt. */
const schemaVersion = 2;

/**
 * A position (a row of the table `place`) has the id `session number · index in the session · kind`. So the positions of a session are
 * adjacent and ordered by time, newer sessions come first, and the id contains the kind. A session's number counts the seconds down
 * to its start.
 */
const kindBits = 6;
const positionBits = 17;
export const positionsLimit = 2 ** positionBits;
const earliestSecond = Date.UTC(2010, 0, 1) / 1000;
const lastNumber = 2 ** 30 - 1;
const idsPerSession = 2 ** (kindBits + positionBits);

export function positionId(sessionNo: number, index: number, kind: SearchKind): number {
  return sessionNo * idsPerSession + index * 2 ** kindBits + kindCode(kind);
}

/** Returns the range of ids of a session's positions, inclusive. */
export function idRangeOf(sessionNo: number): [first: number, last: number] {
  return [sessionNo * idsPerSession, (sessionNo + 1) * idsPerSession - 1];
}

export function kindOfPosition(id: number): SearchKind {
  return searchKinds[id % 2 ** kindBits] ?? 'custom';
}

export function kindCode(kind: SearchKind): number {
  return searchKinds.indexOf(kind);
}

/** Returns the preferred number for a session with this start. Sessions without a date come after all others. */
export function preferredNumber(startedAt: number): number {
  const second = Math.floor(startedAt / 1000) - earliestSecond;
  return Math.max(lastNumber - Math.max(second, 0), lastNumber / 2);
}

/**
 * A search has two steps. `session_words` has one row per session, with each of its distinct texts: it finds the sessions with all
 * words in one query, even if the words are common. `place_words` has one row per position and is queried only for the sessions to
 * show. Both are contentless: they index words and store no text. The words come from core/search/words, so the tokenizer only has to
 * split at spaces. `filling` has the numbers of the sessions that are still being added.
 */
const tables = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE session (
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, startedAt INTEGER NOT NULL, durationMs INTEGER NOT NULL,
    errorCount INTEGER NOT NULL, kinds INTEGER NOT NULL, origin TEXT NOT NULL, sourceName TEXT NOT NULL, title TEXT NOT NULL,
    users TEXT NOT NULL, pages TEXT NOT NULL
  );
  CREATE TABLE place (
    id INTEGER PRIMARY KEY, atMs REAL NOT NULL, untilMs REAL, windowId TEXT NOT NULL, severity INTEGER NOT NULL, text TEXT NOT NULL
  );
  CREATE TABLE filling (no INTEGER PRIMARY KEY);
  CREATE TABLE word (word TEXT PRIMARY KEY, sessions INTEGER NOT NULL) WITHOUT ROWID;
  CREATE VIRTUAL TABLE session_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');
  CREATE VIRTUAL TABLE place_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');
`;

export function createSchema(database: Database): void {
  for (const sql of tables.split(';').filter((part) => part.trim() !== '')) database.run(sql);
  database.run(`INSERT INTO meta VALUES ('kinds', ?)`, [searchKinds.join(' ')]);
  database.run(`PRAGMA user_version = ${schemaVersion}`);
}

export function isOurSchema(database: Database): boolean {
  if (database.run('PRAGMA user_version')[0]?.[0] !== schemaVersion) return false;
  return database.run(`SELECT value FROM meta WHERE name = 'kinds'`)[0]?.[0] === searchKinds.join(' ');
}
