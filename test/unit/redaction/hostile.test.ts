import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent, SessionEvent } from '../../../src-main/contract/recorded-event';
import { plantedRecordings } from '../../helpers/planted-values';
import { readSession, redactSession, toSession } from '../../helpers/redacted-session';
import { unlistedWords } from './unlisted-words';
import { element, mutation, snapshot, startedAt } from './small-page';

const fields =
  `node id type childNodes tagName attributes textContent source texts adds removes parentId nextId value rule index adds styles
  styleId styleIds set property priority remove define name payload requests plugin level trace text positions x y timeOffset href width height
  style _cssText class data-x isStyle isShadow rootId __proto__ constructor toString`.split(/\s+/);
const words = [
  '',
  'p',
  'style',
  'input',
  'Save',
  'zorblax',
  '.zorblax{color:red}',
  'rrweb/console@1',
  'rrweb/network@1',
  '•',
  '\ud800',
  'a{',
  '#x',
];

const { value: hostileValue } = fc.letrec<{ value: unknown; record: object }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 0, 1, 2, 3, 5, -1, 1.5, 1e21, ...words),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('record'),
  ),
  record: fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 6 }),
}));

const hostileEvent: fc.Arbitrary<RecordedEvent> = fc
  .record({
    type: fc.integer({ min: -1, max: 10 }),
    source: fc.integer({ min: -1, max: 18 }),
    data: hostileValue,
    timestamp: fc.double(),
  })
  .map(({ type, source, data, timestamp }) => ({
    type,
    data: typeof data === 'object' && data !== null && !Array.isArray(data) ? { ...data, source } : data,
    timestamp,
  }));

/** Returns the words that aren't on a list, except hosts of URLs. */
function unlistedIn(events: readonly SessionEvent[]): string[] {
  return unlistedWords(events).filter((word) => /\p{L}{3}/u.test(word));
}

describe('events of any shape', () => {
  it('don’t make the redactor throw, and only listed strings are exported', () => {
    fc.assert(
      fc.property(fc.array(hostileEvent, { maxLength: 6 }), (events) => {
        const { events: left, report } = redactSession(toSession(events));
        expect(unlistedIn(left)).toEqual([]);
        expect(report.eventsOut).toBe(left.length);
        expect(left.every(({ event }) => Number.isSafeInteger(event.timestamp))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('aren’t modified', () => {
    fc.assert(
      fc.property(hostileEvent, (event) => {
        const before = structuredClone(event);
        redactSession(toSession([event]));
        expect(event).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('can be nested deeper than the call stack', () => {
    let node: object = element(10, 'p');
    for (let depth = 0; depth < 20_000; depth++) node = element(11 + depth, 'div', {}, [node]);
    const css = `a{width:${'('.repeat(50_000)}`;
    const session = toSession([
      snapshot([node]),
      mutation({ adds: [{ parentId: 3, nextId: null, node }] }),
      snapshot([element(5, 'style', { _cssText: css })]),
    ]);
    const { report } = redactSession(session);
    expect(report.dropped.node).toBeGreaterThan(0);
  });
});

/** Returns a deep copy in which the canary replaces every text that comes from the page or the user. */
function plantEverywhere(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => plantEverywhere(item, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plantEverywhere(item, name)]));
  }
  return typeof value === 'string' && !['tagName', 'plugin'].includes(key) ? 'zorblaxquux' : value;
}

it.each(plantedRecordings.map(({ file }) => file))('exports none of the texts of %s when all are secrets', (file) => {
  const session = readSession(file).map(({ windowId, event }) => ({
    windowId,
    event: { ...event, data: plantEverywhere(event.data) },
  }));
  expect(JSON.stringify(session)).toContain('zorblaxquux');
  expect(JSON.stringify(redactSession(session).events)).not.toMatch(/zorblax|quux/i);
});

it('keeps times as finite integers', () => {
  const times = [NaN, Infinity, -Infinity, 1.5, startedAt].map((timestamp) => ({ type: 1, data: {}, timestamp }));
  const { events } = redactSession(toSession([{ type: 0, data: {}, timestamp: startedAt }, ...times]));
  expect(events.every(({ event }) => Number.isSafeInteger(event.timestamp))).toBe(true);
});
