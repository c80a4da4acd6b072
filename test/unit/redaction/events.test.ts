import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../src-main/contract/policy';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { findPolicy, parsePolicy } from '../../../src-main/core/redaction/policy';
import { redactSession, toSession } from '../../helpers/redacted-session';
import { plugin, startedAt } from './small-page';

const internal = findPolicy('internal');
const policyOf = (fields: object): Policy =>
  parsePolicy({ policyVersion: 2, name: 'test', words: 'interface', ...fields });

function dataOf(event: RecordedEvent, policy?: Policy): unknown {
  return redactSession(toSession([event]), policy).events[0]?.event.data;
}

describe('headers and bodies', () => {
  const request = {
    name: 'https://shop.test/api/order',
    method: 'POST',
    requestHeaders: {
      Authorization: 'Bearer zorblax-77',
      Cookie: 'sid=zorblax',
      'Content-Type': 'application/json; charset=zorblax',
      'X-Zorblax': 'x',
    },
    responseHeaders: [
      { name: 'content-length', value: '1500' },
      { name: 'set-cookie', value: 'sid=zorblax' },
    ],
    requestBody: JSON.stringify({
      order: { total: 12.5, zorblax: 'zorblax', items: [{ name: 'zorblax' }] },
      paid: null,
    }),
    responseBody: 'zorblax',
  };
  const sent = plugin('rrweb/network@1', { requests: [request] });

  it('keep numbers only in headers that contain seconds: a number in another may be a code', () => {
    const seconds = { 'retry-after': '30', 'cache-control': 'max-age=60' };
    const responseHeaders = { ...seconds, 'content-type': '482913', accept: '4111 1111' };
    const text = JSON.stringify(dataOf(plugin('rrweb/network@1', { requests: [{ responseHeaders }] }), internal));
    expect(text).toContain('"retry-after":"30"');
    expect(text).toContain('"cache-control":"max-age=60"');
    expect(text).not.toMatch(/482913|4111/);
  });
  const requestOf = (policy?: Policy): unknown =>
    (dataOf(sent, policy) as { payload: { requests: unknown[] } }).payload.requests[0];

  it('are removed unless a policy keeps them', () => {
    expect(requestOf()).toEqual({ name: 'https://shop.test/api/order', method: 'POST' });
  });

  it('keep the known words of listed headers and the shape of a body', () => {
    expect(requestOf(internal)).toEqual({
      name: 'https://shop.test/api/order',
      method: 'POST',
      requestHeaders: { 'content-type': 'application/json; charset=•••' },
      responseHeaders: { 'content-length': '2048' },
      requestBody: JSON.stringify({
        order: { total: 'number', 'key-2': 'text', items: [{ name: 'text' }] },
        paid: null,
      }),
      responseBody: '"text"',
    });
  });
});

describe('fields of custom events', () => {
  const payload = {
    step: 'payment',
    total: 12.5,
    paid: true,
    note: 'write to jane@zorblax.test',
    more: { name: 'zorblax' },
  };
  const event: RecordedEvent = { type: 5, data: { tag: 'checkout', payload }, timestamp: startedAt };
  const rule = (...fields: [path: string, as: string][]): Policy =>
    policyOf({ custom: [{ tag: 'checkout', fields: fields.map(([path, as]) => ({ path, as })) }] });

  it('are removed unless the policy lists them', () => {
    expect(JSON.stringify(dataOf(event))).not.toMatch(/zorblax|12\.5|payment/);
  });

  it('are kept in the shape that the policy sets', () => {
    expect(dataOf(event, rule(['step', 'words'], ['total', 'number'], ['paid', 'boolean']))).toEqual({
      tag: 'checkout',
      payload: { step: 'payment', total: 12.5, paid: true },
    });
    expect(dataOf(event, rule(['note', 'text'], ['more.name', 'words']))).toEqual({
      tag: 'checkout',
      payload: { note: expect.stringMatching(/^write to •+$/) as string, more: { name: '••••••' } },
    });
  });

  it('are dropped if their shape is different', () => {
    expect(dataOf(event, rule(['step', 'number'], ['note', 'boolean'], ['more', 'text']))).toEqual({
      tag: 'checkout',
      payload: {},
    });
  });
});

describe('the console', () => {
  const logged = plugin('rrweb/console@1', {
    level: 'error',
    payload: ['"Payment failed for zorblax"', JSON.stringify({ order: { zorblax: 'jane@zorblax.test', total: 4711 } })],
    trace: [
      'save (https://shop.test/orders/zorblax.js?token=zorblax:12:34)',
      'at file:///Users/zorblax/app.js:1:2',
      'zorblax (native)',
    ],
  });

  it('keeps allowed words of its arguments, but no stack', () => {
    expect(dataOf(logged)).toEqual({
      plugin: 'rrweb/console@1',
      payload: {
        level: 'error',
        payload: [
          '"Payment failed for ••••••"',
          '"order •••••• •••••••••• •••••••••••• •••"'.replace(
            '•••••••••• •••••••••••• •••',
            '•••••••••••••••••••• total •••',
          ),
        ],
        trace: [],
      },
    });
  });

  it('keeps text without findings under `detected`, and routes, lines and columns of a stack', () => {
    const { payload } = dataOf(logged, internal) as { payload: { payload: string[]; trace: string[] } };
    expect(payload.payload.join()).toContain('Payment failed for zorblax');
    expect(payload.payload.join()).not.toContain('jane');
    expect(payload.trace).toEqual(['https://shop.test/orders/:seg.js:12:34', 'about:blank:1:2']);
  });

  it('keeps length classes only under `none`', () => {
    expect(JSON.stringify(dataOf(logged, policyOf({ console: { text: 'none' } })))).not.toMatch(/payment|order|total/i);
  });
});
