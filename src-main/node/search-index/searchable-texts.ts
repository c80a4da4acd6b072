import type { SearchKind } from '../../contract/search';
import type { StoredSession } from '../../contract/session';
import type { Note } from '../../contract/note';
import type { Severity, TimelineEntry } from '../../contract/timeline';
import { entryText } from '../../contract/words/timeline';
import { listWords } from '../../core/search/words';

/** Text on a page, with the intervals in which it was visible, in ms from the session's start. */
export interface ReadText {
  windowId: string;
  text: string;
  spans: readonly (readonly [fromMs: number, toMs: number])[];
}

/** The searchable parts of a timeline entry. */
export type SearchedEntry = Omit<TimelineEntry, 'wallMs' | 'nodeId' | 'tags'>;

/** A session's searchable content. The timeline is read in parts, ordered by time, so that a long one is never completely in memory. */
export interface IndexedSession {
  session: StoredSession;
  timeline: AsyncIterable<readonly SearchedEntry[]> | Iterable<readonly SearchedEntry[]>;
  texts: readonly ReadText[];
  notes: readonly Note[];
}

/** A position where words can be found, with its text. */
export interface SearchableText {
  kind: SearchKind;
  severity: Severity;
  atMs: number;
  untilMs: number | null;
  windowId: string;
  text: string;
}

/** Longer texts are truncated: a note or an error message may fill a page. */
const longestText = 2000;

/** Yields all positions of a session in parts, ordered by time. The session's title is at its start. */
export async function* listSearchableTexts(
  { session, timeline, texts, notes }: IndexedSession,
  filters: FilterTexts,
): AsyncGenerator<SearchableText[]> {
  const [windowId = ''] = session.facts.windows;
  yield [textAt('session', 0, windowId, `${session.title} · ${session.sourceName}`)];
  const otherTexts: SearchableText[] = [];
  for (const { windowId: window, text, spans } of texts) {
    const [first] = spans;
    if (first) otherTexts.push({ ...textAt('text', first[0], window, text), untilMs: first[1] });
  }
  for (const { atMs, text } of notes) otherTexts.push(textAt('note', atMs, windowId, text));
  otherTexts.sort((a, b) => a.atMs - b.atMs);

  let next = 0;
  for await (const part of timeline) {
    const positions: SearchableText[] = [];
    for (const entry of part) {
      filters.add(entry);
      if (entry.kind === 'note') continue;
      for (let first = otherTexts[next]; first && first.atMs < entry.atMs; first = otherTexts[++next])
        positions.push(first);
      positions.push({ ...textAt(entry.kind, entry.atMs, entry.windowId, entryText(entry)), severity: entry.severity });
    }
    yield positions;
  }
  yield otherTexts.slice(next);
}

/** The texts for the filters: the session's users and page addresses, normalized for comparison. */
export class FilterTexts {
  private readonly names = new Set<string>();
  private readonly addresses = new Set<string>();

  constructor({ from, title }: StoredSession) {
    if (from === 'demo' || from === 'server') this.names.add(comparedName(title));
  }

  add({ quotes = {} }: SearchedEntry): void {
    if (quotes.user !== undefined) this.names.add(comparedName(quotes.user));
    if (quotes.page !== undefined) this.addresses.add(comparedAddress(quotes.page));
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

function textAt(kind: SearchKind, atMs: number, windowId: string, text: string): SearchableText {
  return { kind, severity: 'info', atMs, untilMs: null, windowId, text: text.slice(0, longestText) };
}
