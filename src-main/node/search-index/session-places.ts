import type { SearchKind } from '../../contract/search';
import type { StoredSession } from '../../contract/session';
import type { Note } from '../../contract/note';
import type { Severity, TimelineEntry } from '../../contract/timeline';
import { listWords } from '../../core/search/words';
import { mostPlaces } from './schema';

/** Text that stood on a page, with the times (ms from the session's start) between which it could be read. */
export interface ReadText {
  windowId: string;
  text: string;
  spans: readonly (readonly [fromMs: number, toMs: number])[];
}

/** What is searched of an entry. */
export type SearchedEntry = Pick<TimelineEntry, 'kind' | 'severity' | 'atMs' | 'windowId' | 'text'> & {
  details?: Pick<NonNullable<TimelineEntry['details']>, 'page'> | undefined;
};

/** A session with all that is searched in it. */
export interface IndexedSession {
  session: StoredSession;
  timeline: readonly SearchedEntry[];
  texts: readonly ReadText[];
  notes: readonly Note[];
}

/** A place where words can be found. */
export interface Place {
  kind: SearchKind;
  severity: Severity;
  atMs: number;
  untilMs: number | null;
  windowId: string;
  text: string;
}

/** Longer texts are cut: a note or a message of an error may be a whole page. */
const longestText = 2000;

/** All places of a session in the order of time. What it is called stands at its beginning. */
export function listPlaces({ session, timeline, texts, notes }: IndexedSession): Place[] {
  const [windowId = ''] = session.facts.windows;
  const places: Place[] = [place('session', 0, windowId, `${session.title} · ${session.sourceName}`)];
  for (const { kind, severity, atMs, windowId: window, text } of timeline) {
    if (kind !== 'note') places.push({ ...place(kind, atMs, window, text), severity });
  }
  for (const { windowId: window, text, spans } of texts) {
    const [first] = spans;
    if (first) places.push({ ...place('text', first[0], window, text), untilMs: first[1] });
  }
  for (const { atMs, text } of notes) places.push(place('note', atMs, windowId, text));
  return places.sort((a, b) => a.atMs - b.atMs).slice(0, mostPlaces);
}

/** What the filters look into: whose session it is, and the addresses of its pages, each in the form in which it is compared. */
export function filterTexts({ session, timeline }: IndexedSession): { users: string; pages: string } {
  const users = new Set<string>();
  const pages = new Set<string>();
  if (session.from === 'demo' || session.from === 'server') users.add(comparedName(session.title));
  for (const { kind, text, details } of timeline) {
    if (kind === 'identify') users.add(comparedName(text));
    if (details?.page !== undefined) pages.add(comparedAddress(details.page));
    else if (kind === 'navigation') pages.add(comparedAddress(text));
  }
  return { users: [...users].join('\n'), pages: [...pages].join('\n') };
}

export function comparedName(name: string): string {
  return listWords(name).join(' ');
}

export function comparedAddress(address: string): string {
  return address.trim().toLowerCase();
}

function place(kind: SearchKind, atMs: number, windowId: string, text: string): Place {
  return { kind, severity: 'info', atMs, untilMs: null, windowId, text: text.slice(0, longestText) };
}
