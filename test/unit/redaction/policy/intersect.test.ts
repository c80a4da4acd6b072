import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../../src-main/contract/policy';
import type { RecordedEvent } from '../../../../src-main/contract/recorded-event';
import {
  findPolicy,
  intersectPolicies,
  parsePolicy,
  shippedPolicies,
} from '../../../../src-main/core/redaction/policy';
import { isRecord } from '../../../../src-main/core/recording/json';
import { redactSession, toSession } from '../../../helpers/redacted-session';
import { element, mutation, plugin, snapshot, startedAt, text } from '../small-page';

const classes = ['a', 'b', 'c'];
const selector = fc.constantFrom('.a', '.b', '.c', '.a .b', '.b > p', 'p', 'body', '[title]', '.c ~ div');
const words = fc.subarray(['zorblax', 'Quux', 'hello', 'save']);

const policies = fc
  .record({
    words: fc.constantFrom('interface', 'none'),
    allowWords: words,
    exclude: fc.array(selector, { maxLength: 1 }),
    mask: fc.array(selector, { maxLength: 2 }),
    unmask: fc.array(selector, { maxLength: 3 }),
    detectors: fc.record({ off: fc.subarray(['email', 'phone', 'date', 'person'] as const) }),
    patterns: fc.subarray([
      { name: 'order', pattern: 'ORD-[0-9]+' },
      { name: 'ticket', pattern: 'tick[a-z]+', ignoreCase: true },
    ]),
    urls: fc.record({
      hosts: fc.constantFrom('registered', 'none'),
      keepHosts: fc.subarray(['eu.shop.test', 'shop.test']),
      keepSegments: fc.subarray(['orders', 'zorblax']),
      queryKeys: fc.subarray(['page', 'sort']),
    }),
    console: fc.record({
      text: fc.constantFrom('none', 'words', 'detected'),
      trace: fc.constantFrom('none', 'places'),
    }),
    network: fc.record({
      headers: fc.subarray(['content-type', 'content-length']),
      bodies: fc.constantFrom('none', 'shape'),
    }),
    images: fc.constantFrom('flat', 'none'),
    sharedText: fc.constantFrom('off' as const, { minUsers: 2 }, { minUsers: 5 }),
    custom: fc.subarray([
      { tag: 'step', fields: [{ path: 'name', as: 'text' }] },
      { tag: 'cart', fields: [{ path: 'count', as: 'number' }] },
    ]),
    times: fc.constantFrom('relative', 'absolute'),
  })
  .map((fields) => parsePolicy({ policyVersion: 2, name: 'any', ...fields }));

const sentences = [
  'Hello zorblax',
  'Quux jane@acme.org',
  'Order ORD-4711',
  'Ticket tickets',
  'Save',
  'Call +49 170 1234567',
];
const nodes = fc.array(
  fc.record({
    class: fc.constantFrom(...classes, ''),
    outer: fc.constantFrom(...classes, ''),
    text: fc.constantFrom(...sentences),
  }),
  { minLength: 1, maxLength: 6 },
);

function session(cards: readonly { class: string; outer: string; text: string }[]): RecordedEvent[] {
  const tree = cards.map((card, index) =>
    element(10 + index * 10, 'div', { class: card.outer }, [
      element(11 + index * 10, 'p', { class: card.class, title: card.text }, [text(12 + index * 10, card.text)]),
      element(13 + index * 10, 'img', { src: 'https://eu.shop.test/x.png', alt: card.text }),
    ]),
  );
  const request = {
    name: 'https://eu.shop.test/orders/zorblax?page=2&sort=up',
    method: 'GET',
    responseHeaders: { 'content-type': 'application/json', 'content-length': '400', cookie: 'x' },
    responseBody: '{"order":"ORD-1","total":4}',
  };
  return [
    { type: 4, data: { href: 'https://eu.shop.test/zorblax?page=1', width: 1, height: 1 }, timestamp: startedAt },
    snapshot(tree),
    mutation({ attributes: [{ id: 10, attributes: { class: 'a b' } }], texts: [{ id: 12, value: 'Hello Quux' }] }),
    plugin('rrweb/network@1', { requests: [request] }),
    plugin('rrweb/console@1', {
      level: 'log',
      payload: ['"Hello zorblax ORD-1"'],
      trace: ['at x (https://eu.shop.test/orders/a.js:1:2)'],
    }),
    { type: 5, data: { tag: 'step', payload: { name: 'Hello zorblax' } }, timestamp: startedAt + 1 },
    { type: 5, data: { tag: 'cart', payload: { count: 3 } }, timestamp: startedAt + 2 },
  ];
}

/**
 * Returns the readable words of an export, each with its location: the type of the event, the id of the node and the name of the field. A
 * word is a part of a value between masks.
 */
function shown(policy: Policy, events: readonly RecordedEvent[]): Set<string> {
  const found = new Set<string>();
  const add = (place: string, leaf: unknown): void => {
    if (typeof leaf === 'string')
      for (const word of leaf.split(/[\s•"/?&=,;]+/)) if (word !== '') found.add(`${place}: ${word}`);
    if (typeof leaf === 'number') found.add(`${place}: ${leaf}`);
  };
  const walk = (value: unknown, place: string): void => {
    if (Array.isArray(value)) for (const item of value as unknown[]) walk(item, place);
    else if (isRecord(value)) {
      const own = typeof value.id === 'number' ? `#${value.id}` : place;
      for (const [key, item] of Object.entries(value)) {
        // Names are numbered in the order of appearance, and positions and times aren't content.
        if (['class', 'id', 'source', 'timestamp', 'nextId', 'parentId', 'type', 'windowId'].includes(key)) continue;
        if (isRecord(item) || Array.isArray(item)) walk(item, `${own}.${key}`);
        else add(`${own}.${key === 'textContent' ? 'value' : key}`, item);
      }
    } else add(place, value);
  };
  const { events: left } = redactSession(toSession(events), policy);
  for (const { event } of left) walk(event.data, String(event.type));
  if ((left[0]?.event.timestamp ?? 0) >= startedAt) found.add('the wall clock');
  return found;
}

const constants =
  /: (?:about:blank|host\.invalid|:seg|text|•+|custom|https?:|x\.shop\.test|name|total|order|key-\d+)(?::\d+:\d+)?$/;

describe('the intersection of two policies', () => {
  const seed = Number(process.env.CASEMENT_SEED ?? Math.floor(Date.now() % 1_000_000));

  it(`hides everything that either policy hides (seed ${seed})`, () => {
    fc.assert(
      fc.property(policies, policies, nodes, (a, b, cards) => {
        const events = session(cards);
        const [inA, inB, inBoth] = [a, b, intersectPolicies(a, b)].map((policy) => shown(policy, events)) as [
          Set<string>,
          Set<string>,
          Set<string>,
        ];
        const extra = [...inBoth].filter((leaf) => !constants.test(leaf) && !(inA.has(leaf) && inB.has(leaf)));
        expect(extra).toEqual([]);
      }),
      { numRuns: 600, seed },
    );
  });

  it('keeps a shared text only if enough users saw it for both policies', () => {
    const shared = (sharedText: Policy['sharedText']): Policy => ({ ...findPolicy('readable'), sharedText });
    const intersection = (a: Policy['sharedText'], b: Policy['sharedText']): unknown =>
      intersectPolicies(shared(a), shared(b)).sharedText;
    expect(intersection({ minUsers: 5 }, { minUsers: 9 })).toEqual({ minUsers: 9 });
    expect(intersection({ minUsers: 9 }, { minUsers: 5 })).toEqual({ minUsers: 9 });
    expect(intersection({ minUsers: 9 }, 'off')).toBe('off');
    expect(intersection('off', { minUsers: 9 })).toBe('off');
    expect(parsePolicy({ policyVersion: 1, name: 'older' }).sharedText).toBe('off');
  });

  it('keeps everything that both policies keep', () => {
    const [policy] = [findPolicy('internal')];
    const events = session([{ class: 'a', outer: 'b', text: 'Hello zorblax' }]);
    expect(shown(intersectPolicies(policy, policy), events)).toEqual(shown(policy, events));
  });

  it('is an ordinary policy that can be stored, parsed and intersected again', () => {
    fc.assert(
      fc.property(policies, policies, (a, b) => {
        const intersection = intersectPolicies(a, b);
        expect(parsePolicy(JSON.parse(JSON.stringify(intersection)))).toEqual(intersection);
        const again = intersectPolicies(intersection, b);
        expect(parsePolicy(again)).toEqual(again);
      }),
      { seed },
    );
  });

  it.each(shippedPolicies.map((policy) => [policy.name, policy] as const))(
    'of %s and everything-hidden hides everything',
    (_name, policy) => {
      const intersection = intersectPolicies(policy, findPolicy('everything-hidden'));
      expect(intersection).toMatchObject({
        words: 'none',
        unmask: [],
        floor: 'everything-hidden',
        console: { text: 'none' },
      });
    },
  );
});
