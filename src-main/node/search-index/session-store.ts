import { listWords } from '../../core/search/words';
import type { Database, SqlValue } from './database';
import { kindCode, placeId, placesOf, wantedNumber } from './schema';
import { filterTexts, listPlaces, type IndexedSession } from './session-places';
import { severities } from '../../contract/timeline';

/** Stands between two texts of a session, so that no phrase is found across. A character of the private use area is in no word. */
const barrier = ' \uE000 ';

/** Puts sessions into the tables and takes them out. Each call is one step inside a transaction of the caller's. */
export class SessionStore {
  private readonly findNumber;
  private readonly isTaken;
  private readonly addSession;
  private readonly addPlace;
  private readonly addPlaceWords;
  private readonly addSessionWords;
  private readonly countWord;
  private readonly uncountWord;
  private readonly forgetWord;
  private readonly readTexts;

  constructor(private readonly database: Database) {
    this.findNumber = database.prepare('SELECT no FROM session WHERE id = ?');
    this.isTaken = database.prepare('SELECT 1 FROM session WHERE no = ?');
    this.addSession = database.prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.addPlace = database.prepare('INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)');
    this.addPlaceWords = database.prepare('INSERT INTO place_words (rowid, words) VALUES (?, ?)');
    this.addSessionWords = database.prepare('INSERT INTO session_words (rowid, words) VALUES (?, ?)');
    this.countWord = database.prepare(
      'INSERT INTO word VALUES (?, 1) ON CONFLICT (word) DO UPDATE SET sessions = sessions + 1',
    );
    this.uncountWord = database.prepare('UPDATE word SET sessions = sessions - 1 WHERE word = ?');
    this.forgetWord = database.prepare('DELETE FROM word WHERE word = ? AND sessions <= 0');
    this.readTexts = database.prepare('SELECT text FROM place WHERE id BETWEEN ? AND ?');
  }

  /** The stamp of each session in the index, by its id. */
  stamps(): Map<string, string> {
    const rows = this.database.run('SELECT id, stamp FROM session');
    return new Map(rows.map(([id, stamp]) => [String(id), String(stamp)]));
  }

  put(indexed: IndexedSession, stamp: string): void {
    const { session } = indexed;
    this.remove(session.id);
    const no = this.freeNumber(session.facts.startedAt);
    const words = new Set<string>();
    const texts = new Set<string>();
    let kinds = 0;
    for (const [index, place] of listPlaces(indexed).entries()) {
      const ofPlace = listWords(place.text);
      if (ofPlace.length === 0) continue;
      for (const word of ofPlace) words.add(word);
      const line = ofPlace.join(' ');
      texts.add(line);
      kinds |= 1 << kindCode(place.kind);
      const id = placeId(no, index, place.kind);
      const severity = severities.indexOf(place.severity);
      this.addPlace.run([id, place.atMs, place.untilMs, place.windowId, severity, place.text]);
      this.addPlaceWords.run([id, line]);
    }
    this.addSessionWords.run([no, [...texts].join(barrier)]);
    for (const word of words) this.countWord.run([word]);
    this.addSession.run(rowOf(indexed, no, stamp, kinds));
  }

  remove(id: string): void {
    const no = this.findNumber.get([id])?.[0];
    if (typeof no !== 'number') return;
    const range = placesOf(no);
    const words = new Set<string>();
    for (const [text] of this.readTexts.all(range)) for (const word of listWords(String(text))) words.add(word);
    for (const word of words) {
      this.uncountWord.run([word]);
      this.forgetWord.run([word]);
    }
    this.database.run('DELETE FROM place_words WHERE rowid IN (SELECT id FROM place WHERE id BETWEEN ? AND ?)', range);
    this.database.run('DELETE FROM place WHERE id BETWEEN ? AND ?', range);
    this.database.run('DELETE FROM session_words WHERE rowid = ?', [no]);
    this.database.run('DELETE FROM session WHERE no = ?', [no]);
  }

  /** Sessions that began in the same second get the numbers before it. */
  private freeNumber(startedAt: number): number {
    let no = wantedNumber(startedAt);
    while (this.isTaken.get([no])) no--;
    return no;
  }
}

function rowOf(indexed: IndexedSession, no: number, stamp: string, kinds: number): SqlValue[] {
  const { id, title, from, sourceName, errorCount, facts } = indexed.session;
  const { users, pages } = filterTexts(indexed);
  const times = [facts.startedAt, facts.durationMs];
  return [no, id, stamp, ...times, errorCount, kinds, from, sourceName, title, users, pages];
}
