import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import { createEntityCollector, literalForms, LiteralSearch } from '../../../src-main/core/redaction/entities';

const input = (id: number, attributes: Record<string, string>) => ({
  type: 2,
  tagName: 'input',
  id,
  attributes,
  childNodes: [],
});
const page = {
  type: 0,
  id: 1,
  childNodes: [
    { type: 2, tagName: 'meta', id: 2, attributes: { name: 'csrf-token', content: 'Xy7-csrf-99' }, childNodes: [] },
    input(3, { autocomplete: 'given-name' }),
    input(4, { type: 'email', value: 'old@example.com' }),
    input(5, { type: 'submit', value: 'Save changes' }),
    { type: 2, tagName: 'a', id: 6, attributes: { href: 'tel:+14065550123' }, childNodes: [] },
    {
      type: 2,
      tagName: 'div',
      id: 7,
      attributes: { contenteditable: 'true' },
      childNodes: [{ type: 3, id: 8, textContent: '' }],
    },
    { type: 2, tagName: 'p', id: 9, attributes: {}, childNodes: [{ type: 3, id: 10, textContent: 'Plain page text' }] },
  ],
};

function collect(events: [type: number, data: unknown][]) {
  const collector = createEntityCollector();
  events.forEach(([type, data], index) => {
    const event: SessionEvent = { windowId: 'w', event: { type, data, timestamp: index } };
    collector.add(event);
  });
  return collector.finish();
}

const snapshot: [number, unknown] = [2, { node: page, initialOffset: { top: 0, left: 0 } }];
const typed = (id: number, text: string): [number, unknown] => [3, { source: 5, id, text, isChecked: false }];

test('collects the longest values of each field, with their kinds', () => {
  const { values } = collect([
    snapshot,
    ...['P', 'Pr', 'Priya', 'Pri', 'Pr', 'Prudence'].map((text) => typed(3, text)),
    typed(4, 'new@example.com'),
    typed(5, 'Send'),
  ]);
  expect(values).toEqual(
    expect.arrayContaining([
      { value: 'Priya', kind: 'person' },
      { value: 'Prudence', kind: 'person' },
      { value: 'old@example.com', kind: 'email' },
      { value: 'new@example.com', kind: 'email' },
      { value: 'Xy7-csrf-99', kind: 'secret' },
      { value: '+14065550123', kind: 'phone' },
    ]),
  );
  const texts = values.map(({ value }) => value);
  for (const other of ['Save changes', 'Send', 'Plain page text', 'Pri']) expect(texts).not.toContain(other);
});

test('reads text that is edited in place from mutations, including drafts', () => {
  const change = (value: string): [number, unknown] => [
    3,
    { source: 0, texts: [{ id: 8, value }], adds: [], removes: [], attributes: [] },
  ];
  const { values } = collect([snapshot, change('I am ill'), change('I am '), change('I am fine')]);
  expect(values.map(({ value }) => value)).toEqual(expect.arrayContaining(['I am ill', 'I am fine']));
});

test('collects the values of personal keys in payloads, headers, bodies and queries', () => {
  const request = {
    name: 'https://x.example/reset?token=abc123def&page=2',
    requestHeaders: {
      Authorization: 'Bearer tok-secret-1',
      Cookie: 'sid=cookie-value-1; theme=dark12',
      Accept: 'text/html',
    },
    requestBody: '{"user":{"firstName":"Ines","plan":"pro"},"inner":"{\\"phone\\":\\"+351912345678\\"}"}',
    responseBody: { items: [{ email: 'ines@example.pt', total: 5 }] },
  };
  const { values } = collect([
    [5, { tag: 'identify', payload: { traits: { nickname: 'Nessie', team: 'Blue Herons' } } }],
    [5, { tag: 'click', payload: { button: 'Blue Button', email: 'a@b.example' } }],
    [6, { plugin: 'rrweb/network@1', payload: { requests: [request] } }],
    [4, { href: 'https://x.example/?email=q%40x.example', width: 1, height: 1 }],
  ]);
  const texts = values.map(({ value }) => value);
  const wanted = [
    'Nessie',
    'Blue Herons',
    'a@b.example',
    'abc123def',
    'tok-secret-1',
    'cookie-value-1',
    'Ines',
    '+351912345678',
    'ines@example.pt',
    'q@x.example',
  ];
  expect(texts).toEqual(expect.arrayContaining(wanted));
  for (const other of ['Blue Button', 'pro', '2', 'text/html']) expect(texts).not.toContain(other);
});

test('reports that there are more values than the limit', () => {
  const rows = Array.from({ length: 50_010 }, (_, index) => ({ email: `a${index}@x.example` }));
  const { values, isFull } = collect([[5, { tag: 'rows', payload: rows }]]);
  expect(values.length).toBe(50_000);
  expect(isFull).toBe(true);
});

test('finds literals in any case, the longest first, short ones as complete words', () => {
  const search = new LiteralSearch(
    literalForms({
      values: [
        { value: 'Priya Raman', kind: 'person' },
        { value: '(406) 555-0123', kind: 'phone' },
        { value: 'save', kind: undefined },
      ],
      isFull: false,
    }),
  );
  const text = 'PRIYA RAMAN wrote priya; Ramanujan did not. Save 4065550123';
  expect(search.find(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'PRIYA RAMAN',
    'priya',
    '4065550123',
  ]);
});

const seed = Number(process.env.FC_SEED ?? 20_240_612);
test(`the search finds the same as a plain search (seed ${seed})`, () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'ß', 'İ', ' ', '王'), minLength: 8, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 8 }), letters, letters, (literals, before, after) => {
      const search = new LiteralSearch(literals.map((text) => ({ text: text.toLowerCase(), kind: undefined })));
      for (const literal of literals) {
        const text = before + literal + after;
        const lower = literal.toLowerCase();
        if (lower.length !== literal.length) continue;
        const covered = search
          .find(text)
          .some(({ start, end }) => end > before.length && start < before.length + literal.length);
        expect(covered).toBe(true);
      }
    }),
    { seed, numRuns: 1_000 },
  );
});
