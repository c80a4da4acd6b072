import { listWords } from '../../core/search/words';
import type { Database, SqlValue } from './database';
import { kindCode, mostPlaces, placeId, placesOf, wantedNumber } from './schema';
import type { FilterTexts, SearchableText } from './searchable-texts';
import type { StoredSession } from '../../contract/session';
import { severities } from '../../contract/timeline';

/** Stands between two texts of a session, so that no phrase is found across. A character of the private use area is in no word. */
const barrier = ' \uE000 ';

/** A session of which the places are going in. */
export interface Filling {
  readonly no: number;
  places: number;
  kinds: number;
  readonly words: Set<string>;
  readonly texts: Set<string>;
}

/**
 * Puts sessions into the tables and takes them out. Each call is one step inside a transaction of the caller's. A long session goes in by
 * several: its own row, by which it is found, comes last, and its number is noted until then, so that a crash leaves nothing behind.
 */
export class SessionStore {
  private readonly findNumber;
  private readonly isTaken;
  private readonly note;
  private readonly unnote;
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
    this.note = database.prepare('INSERT INTO filling VALUES (?)');
    this.unnote = database.prepare('DELETE FROM filling WHERE no = ?');
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

  /** Takes out what was going in when the process ended. */
  clear(): void {
    for (const [no] of this.database.run('SELECT no FROM filling')) this.abandon({ no: Number(no) });
  }

  begin({ facts }: StoredSession): Filling {
    const no = this.freeNumber(facts.startedAt);
    this.note.run([no]);
    return { no, places: 0, kinds: 0, words: new Set(), texts: new Set() };
  }

  /** In the order of time; those beyond what a session may have are left out. */
  add(filling: Filling, places: readonly SearchableText[]): void {
    for (const place of places) {
      if (filling.places === mostPlaces) return;
      const index = filling.places++;
      const words = listWords(place.text);
      if (words.length === 0) continue;
      for (const word of words) filling.words.add(word);
      const line = words.join(' ');
      filling.texts.add(line);
      filling.kinds |= 1 << kindCode(place.kind);
      const id = placeId(filling.no, index, place.kind);
      const severity = severities.indexOf(place.severity);
      this.addPlace.run([id, place.atMs, place.untilMs, place.windowId, severity, place.text]);
      this.addPlaceWords.run([id, line]);
    }
  }

  /** From now on the session is found, and nothing any more of what was there under its id. */
  finish({ no, words, texts, kinds }: Filling, session: StoredSession, filters: FilterTexts, stamp: string): void {
    this.remove(session.id);
    this.addSessionWords.run([no, [...texts].join(barrier)]);
    for (const word of words) this.countWord.run([word]);
    this.addSession.run(rowOf(session, filters, { no, stamp, kinds }));
    this.unnote.run([no]);
  }

  abandon({ no }: Pick<Filling, 'no'>): void {
    this.removePlaces(no);
    this.unnote.run([no]);
  }

  remove(id: string): void {
    const no = this.findNumber.get([id])?.[0];
    if (typeof no !== 'number') return;
    const words = new Set<string>();
    this.readTexts.each(placesOf(no), ([text]) => {
      for (const word of listWords(String(text))) words.add(word);
    });
    for (const word of words) {
      this.uncountWord.run([word]);
      this.forgetWord.run([word]);
    }
    this.removePlaces(no);
    this.database.run('DELETE FROM session_words WHERE rowid = ?', [no]);
    this.database.run('DELETE FROM session WHERE no = ?', [no]);
  }

  private removePlaces(no: number): void {
    const range = placesOf(no);
    this.database.run('DELETE FROM place_words WHERE rowid IN (SELECT id FROM place WHERE id BETWEEN ? AND ?)', range);
    this.database.run('DELETE FROM place WHERE id BETWEEN ? AND ?', range);
  }

  /** Sessions that began in the same second get the numbers before it. */
  private freeNumber(startedAt: number): number {
    let no = wantedNumber(startedAt);
    while (this.isTaken.get([no])) no--;
    return no;
  }
}

function rowOf(
  { id, title, from, sourceName, errorCount, facts }: StoredSession,
  { users, pages }: FilterTexts,
  { no, stamp, kinds }: { no: number; stamp: string; kinds: number },
): SqlValue[] {
  return [no, id, stamp, facts.startedAt, facts.durationMs, errorCount, kinds, from, sourceName, title, users, pages];
}
