import { listWords } from '../../core/search/words';
import type { Database, SqlValue } from './database';
import { kindCode, positionsLimit, positionId, idRangeOf, preferredNumber } from './schema';
import type { FilterTexts, SearchableText } from './searchable-texts';
import type { StoredSession } from '../../contract/session';
import { severities } from '../../contract/timeline';

/** Separates the texts of a session, so that no phrase matches across two texts. Words contain no private-use characters. */
const separator = ' \uE000 ';

/** A session whose positions are being added. */
export interface Filling {
  readonly no: number;
  positions: number;
  kinds: number;
  readonly words: Set<string>;
  readonly texts: Set<string>;
}

/**
 * Adds sessions to the tables and removes them. Each call is one step in the caller's transaction. A long session is added in several
 * transactions. Its own row, which makes it visible to searches, is written last. Until then its number is in `filling`, so that its
 * rows can be removed after a crash.
 */
export class SessionStore {
  private readonly findNumber;
  private readonly isTaken;
  private readonly note;
  private readonly unnote;
  private readonly addSession;
  private readonly addPosition;
  private readonly addPositionWords;
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
    this.addPosition = database.prepare('INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)');
    this.addPositionWords = database.prepare('INSERT INTO place_words (rowid, words) VALUES (?, ?)');
    this.addSessionWords = database.prepare('INSERT INTO session_words (rowid, words) VALUES (?, ?)');
    this.countWord = database.prepare(
      'INSERT INTO word VALUES (?, 1) ON CONFLICT (word) DO UPDATE SET sessions = sessions + 1',
    );
    this.uncountWord = database.prepare('UPDATE word SET sessions = sessions - 1 WHERE word = ?');
    this.forgetWord = database.prepare('DELETE FROM word WHERE word = ? AND sessions <= 0');
    this.readTexts = database.prepare('SELECT text FROM place WHERE id BETWEEN ? AND ?');
  }

  /** Returns the stamp of each session in the index, by its id. */
  stamps(): Map<string, string> {
    const rows = this.database.run('SELECT id, stamp FROM session');
    return new Map(rows.map(([id, stamp]) => [String(id), String(stamp)]));
  }

  /** Removes sessions that were being added when the process ended. */
  clear(): void {
    for (const [no] of this.database.run('SELECT no FROM filling')) this.abandon({ no: Number(no) });
  }

  begin({ facts }: StoredSession): Filling {
    const no = this.freeNumber(facts.startedAt);
    this.note.run([no]);
    return { no, positions: 0, kinds: 0, words: new Set(), texts: new Set() };
  }

  /** Adds positions, which must be ordered by time. Those over the limit of a session are left out. */
  add(filling: Filling, positions: readonly SearchableText[]): void {
    for (const position of positions) {
      if (filling.positions === positionsLimit) return;
      const index = filling.positions++;
      const words = listWords(position.text);
      if (words.length === 0) continue;
      for (const word of words) filling.words.add(word);
      const line = words.join(' ');
      filling.texts.add(line);
      filling.kinds |= 1 << kindCode(position.kind);
      const id = positionId(filling.no, index, position.kind);
      const severity = severities.indexOf(position.severity);
      this.addPosition.run([id, position.atMs, position.untilMs, position.windowId, severity, position.text]);
      this.addPositionWords.run([id, line]);
    }
  }

  /** Makes the session visible to searches, in place of its previous version. */
  finish({ no, words, texts, kinds }: Filling, session: StoredSession, filters: FilterTexts, stamp: string): void {
    this.remove(session.id);
    this.addSessionWords.run([no, [...texts].join(separator)]);
    for (const word of words) this.countWord.run([word]);
    this.addSession.run(rowOf(session, filters, { no, stamp, kinds }));
    this.unnote.run([no]);
  }

  abandon({ no }: Pick<Filling, 'no'>): void {
    this.removePositions(no);
    this.unnote.run([no]);
  }

  remove(id: string): void {
    const no = this.findNumber.get([id])?.[0];
    if (typeof no !== 'number') return;
    const words = new Set<string>();
    this.readTexts.each(idRangeOf(no), ([text]) => {
      for (const word of listWords(String(text))) words.add(word);
    });
    for (const word of words) {
      this.uncountWord.run([word]);
      this.forgetWord.run([word]);
    }
    this.removePositions(no);
    this.database.run('DELETE FROM session_words WHERE rowid = ?', [no]);
    this.database.run('DELETE FROM session WHERE no = ?', [no]);
  }

  private removePositions(no: number): void {
    const range = idRangeOf(no);
    this.database.run('DELETE FROM place_words WHERE rowid IN (SELECT id FROM place WHERE id BETWEEN ? AND ?)', range);
    this.database.run('DELETE FROM place WHERE id BETWEEN ? AND ?', range);
  }

  /** Sessions that began in the same second get the next lower free numbers. */
  private freeNumber(startedAt: number): number {
    let no = preferredNumber(startedAt);
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
