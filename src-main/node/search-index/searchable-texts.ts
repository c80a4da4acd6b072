import type { SearchKind } from '../../contract/search';
import type { StoredSession } from '../../contract/session';
import type { Note } from '../../contract/note';
import type { Severity, TimelineEntry } from '../../contract/timeline';
import { listWords } from '../../core/search/words';

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

/** A session with all that is searched in it. Its timeline comes in parts, in the order of time: a long one is never whole in memory. */
export interface IndexedSession {
  session: StoredSession;
  timeline: AsyncIterable<readonly SearchedEntry[]> | Iterable<readonly SearchedEntry[]>;
  texts: readonly ReadText[];
  notes: readonly Note[];
}

/** A place where words can be found. */
export interface SearchableText {
  kind: SearchKind;
  severity: Severity;
  atMs: number;
  untilMs: number | null;
  windowId: string;
  text: string;
}

/** Longer texts are cut: a note or a message of an error may be a whole page. */
const longestText = 2000;

/** All places of a session in the order of time, in parts. What it is called stands at its beginning. */
export async function* listSearchableTexts(
  { session, timeline, texts, notes }: IndexedSession,
  filters: FilterTexts,
): AsyncGenerator<SearchableText[]> {
  const [windowId = ''] = session.facts.windows;
  yield [place('session', 0, windowId, `${session.title} · ${session.sourceName}`)];
  const beside: SearchableText[] = [];
  for (const { windowId: window, text, spans } of texts) {
    const [first] = spans;
    if (first) beside.push({ ...place('text', first[0], window, text), untilMs: first[1] });
  }
  for (const { atMs, text } of notes) beside.push(place('note', atMs, windowId, text));
  beside.sort((a, b) => a.atMs - b.atMs);

  let next = 0;
  for await (const part of timeline) {
    const places: SearchableText[] = [];
    for (const entry of part) {
      filters.add(entry);
      if (entry.kind === 'note') continue;
      for (let first = beside[next]; first && first.atMs < entry.atMs; first = beside[++next]) places.push(first);
      places.push({ ...place(entry.kind, entry.atMs, entry.windowId, entry.text), severity: entry.severity });
    }
    yield places;
  }
  yield beside.slice(next);
}

/** What the filters look into: whose session it is, and the addresses of its pages, each in the form in which it is compared. */
export class FilterTexts {
  private readonly names = new Set<string>();
  private readonly addresses = new Set<string>();

  constructor({ from, title }: StoredSession) {
    if (from === 'demo' || from === 'server') this.names.add(comparedName(title));
  }

  add({ kind, text, details }: SearchedEntry): void {
    if (kind === 'identify') this.names.add(comparedName(text));
    if (details?.page !== undefined) this.addresses.add(comparedAddress(details.page));
    else if (kind === 'navigation') this.addresses.add(comparedAddress(text));
  }

  get users(): string {
    return [...this.names].join('\n');
  }

  get pages(): string {
    return [...this.addresses].join('\n');
  }
}

export function comparedName(name: string): string {
  return listWords(name).join(' ');
}

export function comparedAddress(address: string): string {
  return address.trim().toLowerCase();
}

function place(kind: SearchKind, atMs: number, windowId: string, text: string): SearchableText {
  return { kind, severity: 'info', atMs, untilMs: null, windowId, text: text.slice(0, longestText) };
}
