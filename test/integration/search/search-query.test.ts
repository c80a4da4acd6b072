import fc from 'fast-check';
import { entryText } from '../../../src-main/contract/words/timeline';
import { afterEach, expect, test } from 'vitest';
import { searchKinds, type SearchFilters, type SearchResult } from '../../../src-main/contract/search';
import { openSearchIndex, type SearchIndex } from '../../../src-main/node/search-index/search-index';
import type { QueryAnswer } from '../../../src-main/node/search-index/query-answer';
import { entry, inventSession, makeSession, putSession, type InventedSession } from '../../helpers/search-corpus';
import { sqliteProgramPath } from '../../helpers/sqlite-program';
import { makeTempFolder } from '../../helpers/temp-folder';

const open: SearchIndex[] = [];
afterEach(() => {
  for (const index of open.splice(0)) index.close();
});

async function indexOf(sessions: InventedSession[]): Promise<SearchIndex> {
  const index = await openSearchIndex({
    folder: await makeTempFolder(),
    key: new Uint8Array(32).fill(1),
    programPath: sqliteProgramPath,
  });
  open.push(index);
  for (const session of sessions) await putSession(index, session);
  return index;
}

function ask(index: SearchIndex, text: string, filters: SearchFilters = {}, cursor?: string): Promise<QueryAnswer> {
  return index.query({ text, filters, ...(cursor !== undefined && { cursor }) }, new AbortController().signal);
}

/** Returns the snippets that were found, with the matches in brackets. */
function snippetsOf({ hits }: Pick<SearchResult, 'hits'>): string[] {
  return hits.flatMap(({ moments }) =>
    moments.map(({ snippet, marks }) =>
      [...marks].reverse().reduce((text, [start, end]) => {
        return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
      }, snippet),
    ),
  );
}

const day = 86_400_000;
const shop: InventedSession = {
  session: makeSession({ number: 1, startedAt: Date.UTC(2026, 2, 3), durationMs: 34_000, errorCount: 2 }),
  timeline: [
    entry(0, 'navigation', 'Opened shop.example.com/checkout', {
      verb: 'opened',
      quotes: { page: 'shop.example.com/checkout' },
    }),
    entry(16_000, 'rage-click', 'Clicked button “Confirm order” 5 times in 1.2 s', { severity: 'warning' }),
    entry(17_000, 'network-error', 'POST /api/checkout returned 502 after 1.2 s', { severity: 'error' }),
    entry(18_000, 'identify', '', { verb: 'identified', quotes: { user: 'María Sørensen' } }),
  ],
  texts: [
    {
      windowId: '1',
      text: 'Zahlung fehlgeschlagen: Crème brûlée',
      spans: [
        [17_500, 30_000],
        [31_000, 34_000],
      ],
    },
    { windowId: '1', text: 'ご注文を確認してください', spans: [[1000, 2000]] },
    { windowId: '1', text: 'Confirm', spans: [[1000, 2000]] },
    { windowId: '1', text: 'order total', spans: [[1000, 2000]] },
  ],
  notes: [{ id: 'n-1', atMs: 20_000, text: 'Gateway down, asked the payment team.' }],
};
const portal: InventedSession = {
  session: makeSession({
    number: 2,
    startedAt: Date.UTC(2026, 2, 5),
    durationMs: 600_000,
    title: 'support-portal.json.gz',
    from: 'file',
    sourceName: 'support-portal.json.gz',
  }),
  timeline: [
    entry(0, 'navigation', 'Opened portal.example.com/tickets'),
    entry(5000, 'click', 'Clicked button “Confirm”'),
    entry(9000, 'console-error', 'timeout while loading order 4711', { severity: 'error' }),
  ],
  texts: [],
  notes: [],
};

test('finds words in the timeline, on the page, in notes and in the session’s title', async () => {
  const index = await indexOf([shop, portal]);
  expect(snippetsOf(await ask(index, '502 '))).toEqual(['POST /api/checkout returned [502] after 1.2 s']);
  expect(snippetsOf(await ask(index, 'fehlgeschlagen '))).toEqual(['Zahlung [fehlgeschlagen]: Crème brûlée']);
  expect(snippetsOf(await ask(index, 'gateway '))).toEqual(['[Gateway] down, asked the payment team.']);
  expect(snippetsOf(await ask(index, 'priya.raman@harbor-example.com '))).toEqual([
    '[priya.raman@harbor-example.com] · Shop',
  ]);
});

test('reports when a text was first visible, and its kind', async () => {
  const index = await indexOf([shop]);
  const { hits } = await ask(index, 'zahlung ');
  expect(hits[0]).toMatchObject({
    sessionId: shop.session.id,
    title: shop.session.title,
    startedAt: Date.UTC(2026, 2, 3),
  });
  expect(hits[0]?.moments).toMatchObject([{ kind: 'text', atMs: 17_500, untilMs: 30_000, windowId: '1' }]);
});

test('ignores case, accents and character width', async () => {
  const index = await indexOf([shop]);
  for (const text of [
    'CREME BRULEE ',
    'crème brûlée ',
    'ｃｒｅｍｅ ',
    'maria sorensen '.replace('sorensen', 'sørensen'),
  ]) {
    expect((await ask(index, text)).sessionCount, text).toBe(1);
  }
});

test('matches the last word by prefix, and any word that ends with an asterisk', async () => {
  const index = await indexOf([shop, portal]);
  expect((await ask(index, 'gatew')).sessionCount).toBe(1);
  expect((await ask(index, 'gatew ')).sessionCount).toBe(0);
  expect((await ask(index, 'gatew* team')).sessionCount).toBe(1);
  expect(snippetsOf(await ask(index, 'priya.ram'))).toEqual(['[priya.raman]@harbor-example.com · Shop']);
});

test('finds phrases, and adjacent characters of scripts without spaces', async () => {
  const index = await indexOf([shop, portal]);
  expect(snippetsOf(await ask(index, '"asked the payment"'))).toEqual(['Gateway down, [asked the payment] team.']);
  expect((await ask(index, '"payment the asked"')).hits).toEqual([]);
  expect(snippetsOf(await ask(index, '注文'))).toEqual(['ご[注文]を確認してください']);
  expect((await ask(index, '文注')).hits).toEqual([]);
});

test('finds no phrase across two texts', async () => {
  const index = await indexOf([shop]);
  expect((await ask(index, '"team priya"')).hits).toEqual([]);
  expect((await ask(index, '"brulee confirm"')).hits).toEqual([]);
});

test('lists sessions with all words in one text first, then the others, each group newest first', async () => {
  const older: InventedSession = {
    ...shop,
    session: { ...shop.session, ...makeSession({ number: 3, startedAt: Date.UTC(2025, 1, 1) }) },
  };
  const index = await indexOf([older, portal, shop]);
  const { hits } = await ask(index, 'confirm order ');
  expect(hits.map(({ sessionId, isTogether }) => [sessionId, isTogether])).toEqual([
    [shop.session.id, true],
    [older.session.id, true],
    [portal.session.id, false],
  ]);
  expect(snippetsOf({ hits: hits.slice(2) })).toEqual([
    'Clicked button “[Confirm]”',
    'timeout while loading [order] 4711',
  ]);
});

test('an excluded word removes the texts that contain it, not the session', async () => {
  const index = await indexOf([shop, portal]);
  expect(snippetsOf(await ask(index, 'confirm -order '))).toEqual(['Clicked button “[Confirm]”', '[Confirm]']);
  const answer = await ask(index, 'timeout -loading ');
  expect(answer).toMatchObject({ hits: [], sessionCount: 0 });
});

test.each<[string, SearchFilters, string[]]>([
  ['user by address', { user: 'Priya.Raman@harbor' }, ['shop']],
  ['user by the recording’s identity', { user: 'maría' }, ['shop']],
  ['source', { source: 'support-portal.json.gz' }, ['portal']],
  ['page', { url: 'EXAMPLE.com/checkout' }, ['shop']],
  ['errors', { hasError: true }, ['shop']],
  ['rage clicks', { hasRage: true }, ['shop']],
  ['from', { fromMs: Date.UTC(2026, 2, 4) }, ['portal']],
  ['until', { toMs: Date.UTC(2026, 2, 3) + day / 2 }, ['shop']],
  ['short', { maxDurationMs: 60_000 }, ['shop']],
  ['long', { minDurationMs: 60_000 }, ['portal']],
  ['kinds', { kinds: ['console-error'] }, ['portal']],
  ['nothing', {}, ['portal', 'shop']],
  ['contradictory filters', { hasRage: true, source: 'support-portal.json.gz' }, []],
])('filter without words: %s', async (_, filters, wanted) => {
  const index = await indexOf([shop, portal]);
  const { hits, sessionCount } = await ask(index, '', filters);
  const names = new Map([
    [shop.session.id, 'shop'],
    [portal.session.id, 'portal'],
  ]);
  expect(hits.map(({ sessionId }) => names.get(sessionId))).toEqual(wanted);
  expect(sessionCount).toBe(wanted.length);
});

test('applies filters to a search with words, and searches only the given kinds', async () => {
  const index = await indexOf([shop, portal]);
  expect((await ask(index, 'confirm ', { hasRage: true })).hits.map(({ sessionId }) => sessionId)).toEqual([
    shop.session.id,
  ]);
  expect(snippetsOf(await ask(index, 'confirm ', { kinds: ['click'] }))).toEqual(['Clicked button “[Confirm]”']);
  expect((await ask(index, 'confirm order ', { kinds: ['click'] })).hits).toEqual([]);
  expect(snippetsOf(await ask(index, '', { kinds: ['network-error'] }))).toEqual([
    'POST /api/checkout returned 502 after 1.2 s',
  ]);
});

test('searches a single session', async () => {
  const index = await indexOf([shop, portal]);
  const query = { text: 'confirm ', filters: {}, sessionId: portal.session.id };
  const { hits } = await index.query(query, new AbortController().signal);
  expect(hits.map(({ sessionId }) => sessionId)).toEqual([portal.session.id]);
});

test('pages through results without gaps or repetitions, with and without words', async () => {
  const sessions = Array.from({ length: 70 }, (_, number) => inventSession(number, { entries: 12, texts: 4 }));
  const index = await indexOf(sessions);
  for (const text of ['', 'clicked ', 'clicked mi ', 'mi sol ven ']) {
    const ids: string[] = [];
    const order: [boolean, number][] = [];
    let cursor: string | undefined;
    do {
      const answer = await ask(index, text, {}, cursor);
      for (const { sessionId, isTogether, startedAt } of answer.hits) {
        ids.push(sessionId);
        order.push([isTogether, startedAt]);
      }
      cursor = answer.cursor;
    } while (cursor !== undefined);
    expect(ids.length, text).toBeGreaterThan(20);
    expect(new Set(ids).size).toBe(ids.length);
    const sorted = [...order].sort((a, b) => Number(b[0]) - Number(a[0]) || b[1] - a[1]);
    expect(order).toEqual(sorted);
  }
});

test('finds the same sessions as a linear scan of every text', async () => {
  const sessions = Array.from({ length: 30 }, (_, number) => inventSession(number, { entries: 20, texts: 10 }));
  const index = await indexOf(sessions);
  const words = ['clicked', 'mi', 'sol', 'lo', 'payre', 'solre', 'button', '502'];
  const wordsOf = ({ timeline, texts }: InventedSession): Set<string>[] =>
    [...timeline.map(entryText), ...texts.map(({ text }) => text)].map(
      (text) => new Set(text.toLowerCase().match(/[a-z0-9]+/g) ?? []),
    );
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }), async (wanted) => {
      const together = sessions.filter((each) =>
        wordsOf(each).some((words) => wanted.every((word) => words.has(word))),
      );
      const all = sessions.filter((each) => wanted.every((word) => wordsOf(each).some((words) => words.has(word))));
      const found: QueryAnswer['hits'] = [];
      let cursor: string | undefined;
      do {
        const answer = await ask(index, `${wanted.join(' ')} `, {}, cursor);
        found.push(...answer.hits);
        cursor = answer.cursor;
      } while (cursor !== undefined);
      const ids = (each: InventedSession[]): string[] => each.map(({ session }) => session.id).sort();
      expect(found.map(({ sessionId }) => sessionId as string).sort()).toEqual(ids(all));
      expect(
        found
          .filter((hit) => hit.isTogether)
          .map(({ sessionId }) => sessionId as string)
          .sort(),
      ).toEqual(ids(together));
    }),
    { numRuns: 60 },
  );
});

test('no input causes an SQLite error', async () => {
  const index = await indexOf([shop, portal]);
  const special = fc.constantFrom(
    '"',
    "'",
    '*',
    '-',
    '^',
    '(',
    ')',
    ':',
    'NEAR',
    'AND',
    'OR',
    'NOT',
    '{',
    '}',
    '+',
    ',',
    '\0',
    '%',
    '注',
    '"confirm',
    'é',
    '﷐',
    ';--',
    '\uD800',
    'words:',
  );
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(special, { maxLength: 25 }).map((parts) => parts.join('')),
    fc.array(special, { maxLength: 25 }).map((parts) => parts.join(' ')),
  );
  await fc.assert(
    fc.asyncProperty(text, text, text, async (typed, user, url) => {
      const answer = await ask(index, typed, { user, url, source: user, kinds: ['click', 'text'] }, typed.slice(0, 40));
      expect(answer.hits.length).toBeLessThanOrEqual(2);
      await ask(index, typed);
    }),
    { numRuns: 400 },
  );
  expect((await ask(index, 'confirm ')).sessionCount).toBe(2);
});

test('all kinds fit in 31 bits, which SQL and JavaScript shift alike', () => {
  expect(searchKinds.length).toBeLessThanOrEqual(31);
});

test('a cancelled search ends early', async () => {
  const index = await indexOf([shop]);
  const cancelled = new AbortController();
  cancelled.abort();
  await expect(index.query({ text: 'confirm ', filters: {} }, cancelled.signal)).rejects.toThrow();
});
