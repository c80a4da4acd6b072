import { searchKinds, type SearchKind } from '../../contract/search';
import type { Database } from './database';

/** Goes up with every change of the tables or of what is put into them; an index of another number is made anew. */
const schemaVersion = 2;

/**
 * Places are numbered: `session number · place in the session · kind`. So all of a session are neighbours in the order of time, newer
 * sessions come first, and a place's kind is known without looking it up. A session's number counts down the seconds in which it began.
 */
const kindBits = 6;
const placeBits = 17;
export const mostPlaces = 2 ** placeBits;
const earliestSecond = Date.UTC(2010, 0, 1) / 1000;
const lastNumber = 2 ** 30 - 1;
const placesOfSession = 2 ** (kindBits + placeBits);

export function placeId(sessionNo: number, place: number, kind: SearchKind): number {
  return sessionNo * placesOfSession + place * 2 ** kindBits + kindCode(kind);
}

/** The ids between which all places of a session lie, both included. */
export function placesOf(sessionNo: number): [first: number, last: number] {
  return [sessionNo * placesOfSession, (sessionNo + 1) * placesOfSession - 1];
}

export function kindOfPlace(id: number): SearchKind {
  return searchKinds[id % 2 ** kindBits] ?? 'custom';
}

export function kindCode(kind: SearchKind): number {
  return searchKinds.indexOf(kind);
}

/** The number for a session that began then; one that says no date comes after all others. */
export function wantedNumber(startedAt: number): number {
  const second = Math.floor(startedAt / 1000) - earliestSecond;
  return Math.max(lastNumber - Math.max(second, 0), lastNumber / 2);
}

/**
 * Words are found in two steps. `session_words` has one row a session, with every distinct text of it: it tells at once which sessions
 * have all words, however common they are. `place_words` has one row a place, and is asked only about the sessions that are shown.
 * Both hold words and no text (contentless); the words were cut by core/search/words, so the tokenizer has nothing left to decide.
 * `filling` has the numbers of sessions whose places are still going in.
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
