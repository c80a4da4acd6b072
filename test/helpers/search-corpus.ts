import type { SessionId } from '../../src-main/contract/ids';
import type { StoredSession } from '../../src-main/contract/session';
import type { Note } from '../../src-main/contract/note';
import type { TimelineEntry, TimelineKind } from '../../src-main/contract/timeline';
import type { SearchIndex } from '../../src-main/node/search-index/search-index';
import type { IndexedSession, ReadText, SearchedEntry } from '../../src-main/node/search-index/searchable-texts';
import type { Vault } from '../../src-main/node/vault/vault';
import { SeededRandom } from './seeded-random';
import { noParts } from './stored-session';

const syllables = 'ka to re mi sol ven dra pi lo ter an es com pay ord ist ing ate ful con'.split(' ');
const vocabulary = 60_000;

/** Returns the nth word of an invented language, the most common first. */
function inventedWord(rank: number): string {
  let word = '';
  for (let rest = rank + 3; rest > 0; rest = Math.floor(rest / syllables.length)) {
    word += syllables[rest % syllables.length] ?? '';
  }
  return word;
}

const sums = new Float64Array(vocabulary);
for (let rank = 0, sum = 0; rank < vocabulary; rank++) sums[rank] = sum += 1 / (rank + 2);

/** Returns a random word with the frequency of its rank (Zipf): a few words are common, most are rare. */
function zipfWord(random: SeededRandom): string {
  const wanted = random.next() * (sums.at(-1) ?? 0);
  let low = 0;
  let high = vocabulary - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return inventedWord(low);
}

type Sentence = [kind: TimelineKind, share: number, say: (word: () => string, random: SeededRandom) => string];
const sentences: Sentence[] = [
  ['click', 40, (word) => `Clicked button “${word()} ${word()}” in “${word()} ${word()}”`],
  ['navigation', 10, (word) => `Opened shop.example.com/${word()}/${word()}`],
  ['input', 15, (word) => `Changed field “${word()} ${word()}”`],
  ['scroll', 10, (_, random) => `Scrolled down ${random.below(9)} screens`],
  ['console-error', 5, (word, random) => `${word()} of ${word()} failed at ${word()} ${random.below(1e6)}`],
  [
    'network-error',
    4,
    (word, random) => `POST /api/${word()}/${random.below(1e6)} answered ${random.pick([404, 500, 502])}`,
  ],
  ['breadcrumb', 16, (word) => `ui ${word()}: ${word()} ${word()} ${word()} ${word()}`],
];

const stepMs = 800;
const firstDay = Date.UTC(2026, 0, 1);

/** A session whose timeline is in memory. */
export interface InventedSession extends Omit<IndexedSession, 'timeline'> {
  timeline: readonly SearchedEntry[];
}

/** Returns an invented session with timeline entries and page texts, always the same for the same number. */
export function inventSession(number: number, size: { entries: number; texts: number }): InventedSession {
  const random = new SeededRandom(7919 * (number + 1));
  const word = (): string => zipfWord(random);
  const startedAt = firstDay + random.below(300 * 86_400) * 1000;
  const durationMs = size.entries * stepMs;
  const timeline = Array.from({ length: size.entries }, (_, index): TimelineEntry => {
    const [kind, , say] = pickSentence(random);
    const atMs = index * stepMs;
    const severity = kind.endsWith('error') ? 'error' : 'info';
    return {
      atMs,
      wallMs: startedAt + atMs,
      windowId: '1',
      kind,
      severity,
      verb: 'stated',
      quotes: { text: say(word, random) },
    };
  });
  const texts = Array.from({ length: size.texts }, (): ReadText => {
    const text = Array.from({ length: 1 + random.below(14) }, word).join(' ');
    return { windowId: '1', text, spans: [[random.below(durationMs), durationMs]] };
  });
  const source = random.pick(['Shop', 'Portal', 'Admin']);
  const title = `${inventedWord(number % 300)}.${inventedWord(number % 77)}@example.com`;
  const session = makeSession({
    number,
    title,
    sourceName: source,
    startedAt,
    durationMs,
    errorCount: random.below(3),
  });
  return { session, timeline, texts, notes: [] };
}

function pickSentence(random: SeededRandom): Sentence {
  let rest = random.below(100);
  return sentences.find(([, share]) => (rest -= share) < 0) ?? random.pick(sentences);
}

/** Returns an empty stored session. */
export function makeSession({
  number = 1,
  startedAt = firstDay,
  durationMs = 60_000,
  ...rest
}: Partial<StoredSession> & { number?: number; startedAt?: number; durationMs?: number }): StoredSession {
  return {
    id: `s-${number.toString(16).padStart(16, '0')}` as SessionId,
    generation: 1,
    title: 'priya.raman@harbor-example.com',
    from: 'server',
    sourceName: 'Shop',
    pulledAt: 1,
    noteCount: 0,
    errorCount: 0,
    facts: {
      format: 'array',
      windows: ['1'],
      events: 1,
      startedAt,
      durationMs,
      counts: {},
      damage: [],
      width: 1280,
      height: 720,
    },
    ...rest,
  };
}

/** Puts the session into an index, with its timeline in parts as a vault reads it. */
export async function putSession(index: SearchIndex, session: InventedSession, stamp = 'now'): Promise<void> {
  const { timeline } = session;
  const parts = Array.from({ length: Math.ceil(timeline.length / 7) }, (_, part) =>
    timeline.slice(part * 7, part * 7 + 7),
  );
  await index.putSession({ ...session, timeline: parts }, stamp);
}

/** Returns a timeline entry. */
export function entry(
  atMs: number,
  kind: TimelineKind,
  text: string,
  more: Partial<TimelineEntry> = {},
): TimelineEntry {
  return { atMs, wallMs: null, windowId: '1', kind, severity: 'info', verb: 'stated', quotes: { text }, ...more };
}

/** Puts the session into a vault as an import would. The vault chooses the id. */
export async function storeIndexed(
  vault: Vault,
  { session, timeline, texts, notes }: InventedSession,
): Promise<StoredSession> {
  const { id: _id, noteCount: _notes, errorCount: _errors, generation: _generation, ...record } = session;
  const { startedAt } = session.facts;
  const onClock = ({ windowId, text, spans }: ReadText) => ({
    windowId,
    text,
    spans: spans.map(([from, to]): [number, number] => [startedAt + from, startedAt + to]),
  });
  const writer = await vault.create();
  await writer.addTimeline(timeline.map((line) => ({ wallMs: null, ...line })));
  return writer.commit(record, { ...noParts(), texts: texts.map(onClock) }, notes as Note[]);
}
