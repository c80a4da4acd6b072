import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { redactSession, toSession } from '../../helpers/redacted-session';
import { element, incremental, mutation, snapshot, startedAt, text } from './small-page';

/** A visit in which a secret is typed key by key into a field that the page mirrors into an attribute, and then sent. */
function visit(secret: string, msPerKey: number): RecordedEvent[] {
  const keys = [...secret].flatMap((_, index) => {
    const typed = [...secret].slice(0, index + 1).join('');
    const at = 2000 + Math.min(7000, index * msPerKey);
    return [
      incremental(5, { id: 5, text: typed, isChecked: false }, at),
      mutation({ attributes: [{ id: 5, attributes: { value: typed } }] }, at + 1),
      incremental(3, { id: 5, x: index, y: 0 }, at + 2),
    ];
  });
  const request = {
    name: `https://shop.test/pay?secret=${encodeURIComponent(secret)}`,
    method: 'POST',
    requestBody: JSON.stringify({ secret }),
    status: 502,
  };
  return [
    { type: 4, data: { href: 'https://shop.test/checkout', width: 800, height: 600 }, timestamp: startedAt },
    snapshot([
      element(5, 'input', { type: 'password', placeholder: 'Password' }),
      element(6, 'p', {}, [text(7, 'Welcome')]),
    ]),
    incremental(2, { type: 5, id: 5 }, 1500),
    ...keys,
    incremental(2, { type: 6, id: 5 }, 10_000),
    { type: 6, data: { plugin: 'rrweb/network@1', payload: { requests: [request] } }, timestamp: startedAt + 11_000 },
    mutation(
      { adds: [{ parentId: 3, nextId: null, node: element(30, 'textarea', { value: secret }, [text(31, secret)]) }] },
      12_000,
    ),
  ];
}

const secret = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((typed) => typed.trim() !== '');

describe('what is exported', () => {
  it('is the same to the byte whatever was typed, however long and however fast', () => {
    fc.assert(
      fc.property(
        secret,
        secret,
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 400 }),
        (first, second, slow, fast) => {
          const export1 = JSON.stringify(redactSession(toSession(visit(first, slow))).events);
          const export2 = JSON.stringify(redactSession(toSession(visit(second, fast))).events);
          expect(export1).toBe(export2);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('does differ when the page does, so that the comparison says something', () => {
    const [meta, ...rest] = visit('secret', 100);
    const other = [meta as RecordedEvent, ...rest, incremental(3, { id: 1, x: 0, y: 50 }, 13_000)];
    expect(redactSession(toSession(other)).events).not.toEqual(redactSession(toSession(visit('secret', 100))).events);
  });
});
