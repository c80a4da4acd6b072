import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../src-main/contract/policy';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { relativeStart } from '../../../src-main/core/redaction/redact';
import { redactSession, toSession } from '../../helpers/redacted-session';
import { element, incremental, plugin, snapshot, startedAt, text } from './small-page';

const absolute: Policy = { ...findPolicy('private-by-default'), name: 'with-times', times: 'absolute' };
const page = [
  { type: 4, data: { href: 'https://shop.test/cart', width: 800, height: 600 }, timestamp: startedAt },
  snapshot([
    element(5, 'button', {}, [text(6, 'Save')]),
    element(7, 'input', { type: 'text', name: 'full-name' }),
    element(8, 'a', { href: '/files/zorblax-2024.pdf', download: 'zorblax.pdf' }, [text(9, 'Report')]),
  ]),
];

const custom = (tag: string, payload: unknown, afterMs = 1000): RecordedEvent => ({
  type: 5,
  data: { tag, payload },
  timestamp: startedAt + afterMs,
});
const crumb = (category: string, more: object = {}, afterMs = 1000): RecordedEvent =>
  custom(
    'breadcrumb',
    { timestamp: (startedAt + afterMs) / 1000, type: 'default', category, zorblax: 'zorblax', ...more },
    afterMs,
  );

/** Returns the redacted data of the last event, or undefined if it was dropped. */
function redacted(event: RecordedEvent, policy?: Policy): unknown {
  const { events } = redactSession(toSession([...page, event]), policy);
  return events[page.length]?.event.data;
}
const payloadOf = (event: RecordedEvent, policy?: Policy): unknown =>
  (redacted(event, policy) as { payload: unknown }).payload;
const seconds = (afterMs: number): number => (relativeStart + afterMs) / 1000;

describe('the events of platforms', () => {
  it('keep their tags and, of their payload, known fields only', () => {
    expect(
      redacted(custom('$pageview', { href: 'https://zorblax.shop.test/orders/4711?q=zorblax', title: 'zorblax' })),
    ).toEqual({
      tag: '$pageview',
      payload: { href: 'https://x.shop.test/orders/:seg' },
    });
    for (const tag of ['window hidden', 'window visible', 'recording paused', 'recording resumed', 'browser offline'])
      expect(redacted(custom(tag, { zorblax: 'zorblax' }))).toEqual({ tag, payload: {} });
    expect(redacted(custom('acme-tracker', { href: 'https://shop.test/' }))).toEqual({ tag: 'custom', payload: {} });
  });

  it('keep requests with method, status and route', () => {
    const url = 'https://zorblax.shop.test/orders/4711?token=zorblax';
    expect(payloadOf(crumb('fetch', { data: { url, method: 'post', status_code: 500, body: 'zorblax' } }))).toEqual({
      timestamp: seconds(1000),
      type: 'default',
      category: 'fetch',
      data: { url: 'https://x.shop.test/orders/:seg', method: 'POST', status_code: 500 },
    });
    const data = { method: 'PUT', statusCode: 404, size: 1500, request: { body: 'zorblax' } };
    const span = {
      op: 'resource.xhr',
      description: url,
      startTimestamp: startedAt / 1000 + 0.7,
      endTimestamp: startedAt / 1000 + 1,
    };
    expect(payloadOf(custom('performanceSpan', { ...span, data }))).toEqual({
      op: 'resource.xhr',
      description: 'https://x.shop.test/orders/:seg',
      startTimestamp: seconds(700),
      endTimestamp: seconds(1000),
      data: { method: 'PUT', statusCode: 404, size: 2048 },
    });
    const call = { type: 'fetch', method: 'GET', url, status: 200, duration: 120.4, timestamp: startedAt + 880 };
    expect(payloadOf(custom('fetch-request', { ...call, error: { name: 'TypeError', message: 'zorblax' } }))).toEqual({
      type: 'fetch',
      method: 'GET',
      url: 'https://x.shop.test/orders/:seg',
      status: 200,
      duration: 120,
      timestamp: relativeStart + 880,
      error: { name: 'TypeError' },
    });
    expect(payloadOf(crumb('fetch', { data: { url: '/a', method: 'zorblax', status_code: '500' } }))).toMatchObject({
      data: { url: '/:seg', method: 'OTHER' },
    });
  });

  it('keep messages under the policy’s rule for the console', () => {
    const logged = crumb('console', { level: 'error', message: 'Payment failed for Zorblax' });
    expect(payloadOf(logged)).toMatchObject({ level: 'error', message: 'Payment failed for ••••••' });
    expect(JSON.stringify(payloadOf(logged, findPolicy('everything-hidden')))).toMatch(/"message":"•+"/);
    expect(payloadOf(logged, findPolicy('internal'))).toMatchObject({ message: 'Payment failed for Zorblax' });
    expect(payloadOf(crumb('zorblax.step', { level: 'zorblax', message: 'Zorblax' }))).toMatchObject({
      category: expect.stringMatching(/^•+$/) as string,
      message: '••••••',
    });
    const list = [{ type: 'Zorblax', value: 'Payment failed', stacktrace: { frames: ['zorblax'] } }];
    expect(payloadOf(custom('$exception', { $exception_list: list }))).toEqual({
      $exception_list: [{ type: '••••••', value: 'Payment failed' }],
    });
  });

  it('keep vitals and memory as numbers', () => {
    const vital = {
      op: 'web-vital',
      description: 'largest-contentful-paint',
      data: { value: 5312.34567, rating: 'poor' },
    };
    expect(payloadOf(custom('performanceSpan', vital))).toEqual({
      op: 'web-vital',
      description: 'largest-contentful-paint',
      data: { value: 5312.35, rating: 'poor' },
    });
    const memory = { jsHeapSizeLimit: 4_294_705_152, totalJSHeapSize: 1, usedJSHeapSize: 4_200_000_001 };
    const written = payloadOf(custom('performanceSpan', { op: 'memory', description: 'memory', data: { memory } }));
    expect(written).toMatchObject({ data: { memory: { jsHeapSizeLimit: 4_294_967_296, totalJSHeapSize: 0 } } });
    expect(JSON.stringify(written)).not.toContain('4200000001');
  });

  it('keep moments on the clock of the export, and none that is not about the event', () => {
    const timestamp = startedAt / 1000 + 1;
    expect(payloadOf(crumb('ui.focus'), absolute)).toMatchObject({ timestamp });
    expect(payloadOf(crumb('ui.focus'))).toMatchObject({ timestamp: seconds(1000) });
    expect(payloadOf(crumb('ui.focus', { timestamp: 315_532_800 }), absolute)).not.toHaveProperty('timestamp');
  });

  it('keep clicks on public elements, and none on private ones', () => {
    const node = { id: 5, tagName: 'button', textContent: 'zorblax', attributes: { class: 'zorblax' } };
    const data = { nodeId: 5, node, endReason: 'timeout', timeAfterClickMs: 7000, clickCount: 4, url: 'zorblax' };
    expect(payloadOf(crumb('ui.slowClickDetected', { message: 'zorblax', data }))).toMatchObject({
      data: { nodeId: 5, clickCount: 4, timeAfterClickMs: 7000, endReason: 'timeout' },
    });
    expect(redacted(crumb('ui.click', { data: { node: { id: 7 } } }))).toBeUndefined();
    expect(redacted(crumb('ui.input'))).toBeUndefined();
  });

  it('keep whether a user is known, but not who', () => {
    expect(payloadOf(custom('$identify', { distinct_id: 'jane@zorblax.test', $set: { name: 'Zorblax' } }))).toEqual({
      $set: { name: '••••••' },
    });
  });

  it('follow a policy’s rule in addition', () => {
    const policy: Policy = {
      ...findPolicy('private-by-default'),
      custom: [{ tag: 'breadcrumb', fields: [{ path: 'data.retries', as: 'number' }] }],
    };
    const event = crumb('fetch', { data: { url: '/orders', status_code: 500, retries: 3 } });
    expect(payloadOf(event, policy)).toMatchObject({ data: { url: '/orders', status_code: 500, retries: 3 } });
  });

  it('report what was dropped', () => {
    const dropped = (event: RecordedEvent): number =>
      redactSession(toSession([...page, event])).report.dropped.custom ?? 0;
    expect(dropped(custom('window hidden', {}))).toBe(0);
    expect(dropped(custom('window hidden', { title: 'zorblax' }))).toBe(1);
    expect(dropped(crumb('ui.input'))).toBe(1);
  });
});

describe('other signals', () => {
  it('keep the status of a browser’s timing', () => {
    const request = {
      name: 'https://shop.test/api/orders',
      initiatorType: 'fetch',
      responseStatus: 200,
      startTime: 4711,
    };
    expect(payloadOf(plugin('rrweb/network@1', { requests: [request] }))).toEqual({
      requests: [{ name: 'https://shop.test/api/orders', initiatorType: 'fetch', responseStatus: 200 }],
    });
  });

  it('keep console entries of rrweb 1', () => {
    const entry = { level: 'error', trace: ['zorblax'], payload: ['"Payment failed for Zorblax"'] };
    expect(redacted(incremental(11, entry))).toEqual({
      source: 11,
      level: 'error',
      trace: [],
      payload: ['"Payment failed for ••••••"'],
    });
  });

  it('keep that a link saves a file, and its ending', () => {
    const { events } = redactSession(toSession(page));
    const written = JSON.stringify(events);
    expect(written).toContain('"download":""');
    expect(written).toContain(':seg.pdf');
    expect(written).not.toContain('zorblax');
  });
});
