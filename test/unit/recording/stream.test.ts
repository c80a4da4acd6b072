import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { damageWords } from '../../../src-main/contract/words/recording';
import { toBytes } from './harbor';
import { failureOf, readAll, type ReadAll } from './read-all';

const start = 1_700_000_000_000;
const page: RecordedEvent[] = [
  { type: 4, data: { href: 'https://a.test/ü', width: 800, height: 600 }, timestamp: start },
  {
    type: 2,
    data: {
      node: {
        type: 0,
        id: 1,
        childNodes: [
          {
            type: 2,
            id: 2,
            tagName: 'html',
            attributes: { title: 'a "quoted\\" } ] \u{1f600}' },
            childNodes: [{ type: 3, id: 3, textContent: '{"type":3,"data":{},"timestamp":1}' }],
          },
        ],
      },
      initialOffset: { top: 0, left: 0 },
    },
    timestamp: start + 1,
  },
];
const custom = (tag: string, at: number): RecordedEvent => ({
  type: 5,
  data: { tag, payload: { text: `${tag} \\ " \n ü` } },
  timestamp: start + at,
});
const events = [...page, ...Array.from({ length: 6 }, (_, index) => custom(`c${index}`, 10 + index))];
const texts = events.map((event) => JSON.stringify(event));

const shapes: Record<string, string> = {
  array: `[${texts.join(',')}]`,
  'indented array': JSON.stringify(events, null, 2),
  wrapped: JSON.stringify({ sessionId: 'x', title: 'T', events }),
  'wrapped twice': JSON.stringify({ result: { snapshots: events } }),
  export: JSON.stringify({ version: '2023-04-28', data: { id: 'x', person: { a: [1] }, snapshots: events } }),
  'by window': JSON.stringify({ data: { snapshotsByWindowId: { a: events } }, version: '2022-12-02' }),
  lines: texts.join('\n'),
  'lines with CRLF and blanks': `\r\n${texts.join('\r\n \r\n')}\r\n`,
  'values without line ends': texts.join(''),
  'values with blanks between': texts.join(' '),
  'indented values': events.map((event) => JSON.stringify(event, null, 2)).join('\n'),
  'lines of pairs': texts.map((text) => `["w",${text}]`).join('\n'),
  'lines of groups': `{"window_id":"w","data":[${texts.slice(0, 4).join()}]}\n{"data":[${texts.slice(4).join()}],"windowId":"w"}`,
  segments: `[[${texts.slice(0, 3).join()}],[],[${texts.slice(3).join()}]]`,
  'strings of JSON': JSON.stringify(texts),
  'lines with a byte order mark': `\ufeff${texts.join('\n')}`,
};

const tags = ({ events: found }: ReadAll): string[] =>
  found.map(({ event }) => (event.data as { tag?: string }).tag ?? String(event.type));
const allTags = ['4', '2', 'c0', 'c1', 'c2', 'c3', 'c4', 'c5'];

describe('the result doesn’t depend on pieces and blocks', () => {
  it.each(Object.entries(shapes))('%s', async (_, text) => {
    const bytes = toBytes(text);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: bytes.length }),
        fc.integer({ min: 1, max: bytes.length + 5 }),
        fc.constantFrom(1, 30, 100, 1e6),
        async (pieceBytes, blockBytes, wholeBytes) => {
          const found = await readAll(bytes, { pieceBytes, limits: { blockBytes, wholeBytes } });
          expect(found.lost).toEqual([]);
          expect(found.events.map(({ event }) => event)).toEqual(events);
          expect(new Set(found.events.map(({ windowId }) => windowId)).size).toBe(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('at every single offset', async () => {
    const bytes = toBytes(shapes.wrapped);
    for (let blockBytes = 1; blockBytes <= bytes.length; blockBytes++) {
      const found = await readAll(bytes, { limits: { blockBytes, wholeBytes: 50 } });
      expect(tags(found)).toEqual(allTags);
      expect(found.reading.facts()).toMatchObject({ format: 'events', damage: [] });
    }
  });
});

describe('a truncated recording', () => {
  it.each(Object.entries(shapes))('is kept up to its end, and the truncation is counted: %s', async (name, text) => {
    const bytes = toBytes(text);
    for (let length = 1; length < bytes.length; length += name === 'array' || name === 'lines' ? 1 : 7) {
      let found: ReadAll;
      try {
        found = await readAll(bytes.subarray(0, length), { limits: { wholeBytes: 100 } });
      } catch (error) {
        expect(String(error)).toMatch(/recording-(truncated|empty|unreadable)/);
        continue;
      }
      const kept = tags(found);
      expect(kept).toEqual(allTags.slice(0, kept.length));
      const lostBytes = text.length > 0 && kept.length < events.length;
      if (lostBytes && !name.includes('lines') && !name.includes('values'))
        expect(found.lost.length).toBeGreaterThan(0);
    }
  });

  it('reports the last event from its readable beginning', async () => {
    const [first = ''] = texts;
    const timeFirst = `{"timestamp":${start + 5},"type":5,"data":{"tag":"x","payload":`;
    const found = await readAll(toBytes(`[${first},${timeFirst}`));
    expect(found.lost).toEqual([{ windowId: '1', at: start + 5, reason: damageWords.cutOff }]);
    const line = await readAll(toBytes(`${first}\n["1",${timeFirst}`));
    expect(line.lost).toEqual([{ windowId: '1', at: start + 5, reason: damageWords.lineCutOff }]);
  });
});

describe('a damaged event', () => {
  const flip = (text: string, at: number, to: string): string => text.slice(0, at) + to + text.slice(at + 1);

  it('in a list on one line leaves the others intact', async () => {
    const victim = texts[4] ?? '';
    const ways = {
      'a quote is missing': victim.replace('"tag"', '"tag'),
      'a quote too many': victim.replace('"tag"', '"ta"g"'),
      'a bracket is missing': victim.slice(0, -1),
      'a bracket too many': `${victim}}`,
      'a brace became a bracket': `${victim.slice(0, -1)}]`,
      'a letter for a colon': victim.replace('":', '"x'),
      'a control character': victim.replace('tag', 'ta\u0001g'),
      'a raw line end': victim.replace('tag', 'ta\ng'),
      'bytes that are no text': victim.replace('tag', 'ta\ud800g'),
      nothing: '',
      'a word': 'undefined',
    };
    for (const [name, damaged] of Object.entries(ways)) {
      for (const wholeBytes of [50, 1e6]) {
        for (const wrap of [(list: string) => `[${list}]`, (list: string) => `{"events":[${list}]}`]) {
          const text = wrap([...texts.slice(0, 4), damaged, ...texts.slice(5)].join());
          const found = await readAll(toBytes(text), { limits: { wholeBytes } });
          const rest = allTags.filter((tag) => tag !== 'c2');
          // The replacement of the invalid character is valid text.
          if (name === 'bytes that are no text' || name === 'a bracket too many') {
            expect(tags(found).filter((tag) => tag !== 'c2' && tag.length < 4)).toEqual(rest);
          } else {
            expect({ name, tags: tags(found) }).toEqual({ name, tags: rest });
            expect({ name, text, lost: found.lost.length }).toEqual({ name, text, lost: 1 });
          }
        }
      }
    }
  });

  it('on its own line leaves the other lines intact', async () => {
    const bad = [
      '{not json',
      '{"type":3,"data":{"source":0,',
      '[',
      '"',
      '{"a":[',
      'null',
      '{"a":1}',
      'plain words',
      ']}',
    ];
    for (const line of bad) {
      for (const at of [0, 3, texts.length]) {
        const lines = [...texts.slice(0, at), line, ...texts.slice(at)];
        const found = await readAll(toBytes(lines.join('\n')));
        expect({ line, at, tags: tags(found) }).toEqual({ line, at, tags: allTags });
        expect(found.lost.length).toBeGreaterThan(0);
      }
    }
  });

  it('is lost with its time and window if it isn’t UTF-8', async () => {
    const bytes = toBytes(`["w",${texts[0] ?? ''}]\n["w",${texts[2] ?? ''}]`);
    bytes[bytes.length - 60] = 0xff;
    const found = await readAll(bytes);
    expect(found.lost).toEqual([{ windowId: '1', at: start + 10, reason: damageWords.notUtf8 }]);
    expect(found.events).toHaveLength(1);
  });

  it('is skipped if it is too long, with its time if that comes first', async () => {
    const long = JSON.stringify({ timestamp: start + 15, type: 5, data: { tag: 'x', payload: 'y'.repeat(5000) } });
    for (const list of [
      [...texts, long],
      [long, ...texts],
    ]) {
      for (const text of [`[${list.join()}]`, list.join('\n')]) {
        for (const blockBytes of [100, 1000, 1e6]) {
          const found = await readAll(toBytes(text), { limits: { eventBytes: 1000, wholeBytes: 600, blockBytes } });
          expect(tags(found)).toEqual(allTags);
          expect(found.lost).toEqual([{ windowId: '1', at: start + 15, reason: damageWords.eventTooLarge }]);
        }
      }
    }
  });

  it('is counted wherever a byte is damaged, and most others are kept', async () => {
    const text = shapes.array ?? '';
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.constantFrom('"', '{', '}', '[', ']', ',', ':', '\\', 'x', '\n', '0'),
        fc.constantFrom(50, 1e6),
        async (at, to, blockBytes) => {
          const damaged = flip(text, at, to);
          let found: ReadAll;
          try {
            found = await readAll(toBytes(damaged), { limits: { blockBytes } });
          } catch (error) {
            expect(String(error)).toMatch(/recording-(unreadable|truncated)/);
            return;
          }
          const isWhole = found.events.length >= events.length;
          expect(isWhole || found.lost.length > 0 || found.events.length === events.length - 1).toBe(true);
          expect(found.events.length).toBeGreaterThanOrEqual(events.length - 3);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('hostile text', () => {
  it('doesn’t crash with prototype keys, huge ids and deep nesting', async () => {
    const odd = [
      '{"__proto__":{"type":2},"type":5,"data":{"tag":"a","__proto__":{"x":1}},"timestamp":1700000000020}',
      '{"constructor":1,"type":3,"data":{"source":0,"adds":[{"parentId":1e308,"node":{"type":2,"id":9e99}}],"removes":[],"texts":[],"attributes":[]},"timestamp":1700000000021}',
      '{"type":5,"data":{"tag":"b","payload":{"id":-99999999999999999999}},"timestamp":1700000000022}',
      '{"type":1e400,"data":{},"timestamp":1700000000023}',
      '{"type":5,"data":{"tag":"c"},"timestamp":1e400}',
    ];
    const found = await readAll(toBytes([`[${texts.join()},${odd.join()}]`].join('')));
    expect(tags(found)).toEqual([...allTags, 'a', 'b']);
    expect(found.lost).toHaveLength(3);
    expect(({} as { x?: number }).x).toBeUndefined();
    const deep = `{"snapshotsByWindowId":{"__proto__":[${texts.join()}]}}`;
    for (const wholeBytes of [10, 1e6])
      expect(tags(await readAll(toBytes(deep), { limits: { wholeBytes } }))).toEqual(allTags);
  });

  it('ends soon if it has only brackets', async () => {
    for (const text of [
      '['.repeat(200_000),
      '{"a":'.repeat(100_000),
      '{"data":[\n'.repeat(20_000),
      '["a",{\n'.repeat(20_000),
    ]) {
      expect((await failureOf(readAll(toBytes(text)))).code).toMatch(/recording-(truncated|unreadable)/);
    }
  });

  it('stops at the limit of windows, and counts further ones', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => JSON.stringify([`w${index}`, custom('x', index)]));
    const found = await readAll(toBytes(lines.join('\n')), { limits: { windows: 10 } });
    expect(found.events).toHaveLength(10);
    expect(found.damage).toEqual([{ reason: damageWords.tooManyWindows, count: 20 }]);
  });
});
