import { describe, expect, it } from 'vitest';
import { flatImage } from '../../../src-main/core/redaction/placeholders';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { createRedactor, relativeStart } from '../../../src-main/core/redaction/redact';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { plantedRecordings } from '../../helpers/planted-values';
import { readSession, redactSession, toSession } from '../../helpers/redacted-session';
import { element, incremental, mutation, plugin, snapshot, startedAt, text } from './small-page';

const dataOf = (events: Parameters<typeof toSession>[0]): unknown[] =>
  redactSession(toSession(events)).events.map(({ event }) => event.data);

describe('a page', () => {
  it('keeps its shape, its ids and its interface words', () => {
    const body = [
      element(
        5,
        'my-card',
        { class: 'card promo', 'data-state': 'open', label: 'Delivery note' },
        [text(6, 'Pay now')],
        { isCustom: true, isShadowHost: true },
      ),
      element(7, 'input', { type: 'submit', value: 'Send' }),
      element(8, 'input', { type: 'text', value: 'Priya', checked: true, placeholder: 'Full name' }),
      element(9, 'img', { src: 'https://x.test/a.png', alt: 'Priya', width: '40' }),
      element(10, 'a', { href: 'https://x.test/orders/7', target: '_blank' }),
      element(11, 'option', { value: 'in', selected: true }, [text(12, 'India')]),
      element(13, 'div', { contenteditable: 'true' }, [element(14, 'b', {}, [text(15, 'Save')])]),
    ];
    const [data] = dataOf([snapshot(body)]) as [
      { node: { childNodes: [{ childNodes: [unknown, { childNodes: unknown[] }] }] } },
    ];
    expect(data.node.childNodes[0].childNodes[1].childNodes).toEqual([
      {
        type: 2,
        id: 5,
        tagName: 'x-e1',
        isCustom: true,
        isShadowHost: true,
        attributes: { class: 'c1 c2', 'data-a1': 'w1', label: 'Delivery note' },
        childNodes: [{ type: 3, id: 6, textContent: 'Pay now' }],
      },
      { type: 2, id: 7, tagName: 'input', attributes: { type: 'submit', value: 'Send' }, childNodes: [] },
      {
        type: 2,
        id: 8,
        tagName: 'input',
        attributes: { type: 'text', value: '••••••', placeholder: 'Full name' },
        childNodes: [],
      },
      {
        type: 2,
        id: 9,
        tagName: 'img',
        attributes: { src: flatImage, alt: '••••••', width: '40' },
        childNodes: [],
      },
      { type: 2, id: 10, tagName: 'a', attributes: { href: '/orders/:seg', target: '_blank' }, childNodes: [] },
      {
        type: 2,
        id: 11,
        tagName: 'option',
        attributes: { value: '••••••' },
        childNodes: [{ type: 3, id: 12, textContent: '••••••' }],
      },
      {
        type: 2,
        id: 13,
        tagName: 'div',
        attributes: { contenteditable: 'true' },
        childNodes: [{ type: 3, id: 1_000_000_013, textContent: '••••••' }],
      },
    ]);
  });

  it('reads a size as one number and keeps lists of numbers in drawings only', () => {
    const number = '4111 1111 1111 1111';
    const [page] = dataOf([
      snapshot([
        element(5, 'p', { rr_width: number, width: '40px', tabindex: number }),
        element(6, 'svg', { viewBox: '0 0 24 24' }),
      ]),
    ]);
    expect(JSON.stringify(page)).not.toContain('1111');
    expect(JSON.stringify(page)).toContain('"width":"40px"');
    expect(JSON.stringify(page)).toContain('"viewBox":"0 0 24 24"');
  });

  it('gives a name the same number in nodes, style sheets and added nodes', () => {
    const card = element(5, 'p', { class: 'card' });
    const [page, rule, added] = dataOf([
      snapshot([card]),
      incremental(8, { id: 9, adds: [{ rule: '.card{top:0}', index: 0 }] }),
      mutation({ adds: [{ parentId: 3, nextId: null, node: element(6, 'p', { class: 'other card' }) }] }),
    ]);
    expect(JSON.stringify(page)).toContain('"class":"c1"');
    expect(JSON.stringify(rule)).toContain('.c1{top:0;}');
    expect(JSON.stringify(added)).toContain('"class":"c2 c1"');
  });

  it('redacts a text by the element around it, in mutations too', () => {
    const page = snapshot([
      element(5, 'textarea', {}, [text(6, '')]),
      element(7, 'style', {}, [text(8, '')]),
      element(9, 'p', {}, [text(10, '')]),
    ]);
    const [, change, typed] = dataOf([page, mutation({ texts: [6, 8, 10, 99].map((id) => ({ id, value: 'Save' })) })]);
    expect((change as { texts: unknown[] }).texts).toEqual([
      { id: 10, value: 'Save' },
      { id: 99, value: '••••••' },
    ]);
    expect(typed).toMatchObject({ source: 5, id: 5, text: '••••••' });
  });

  it('hides which option was chosen, but not which tab is open', () => {
    const page = snapshot([element(5, 'li', { role: 'option' }), element(6, 'button', { role: 'tab' })]);
    const attributes = { 'aria-selected': 'true' };
    expect(
      dataOf([
        page,
        mutation({
          attributes: [
            { id: 5, attributes },
            { id: 6, attributes },
          ],
        }),
      ])[1],
    ).toMatchObject({ attributes: [{ id: 6, attributes }] });
  });
});

describe('typed text', () => {
  const type = (id: number, value: string, at: number) => incremental(5, { id, text: value, isChecked: true }, at);
  const focus = (id: number, at: number) => incremental(2, { type: 5, id }, at);
  const inputs = (events: Parameters<typeof toSession>[0]): unknown[] =>
    dataOf(events).filter((data) => (data as { source?: number }).source === 5);

  it('is reported once while the focus stays', () => {
    const typed = ['S', 'Sa', 'Sav', 'Sa', ''].map((value, index) => type(5, value, 100 + index));
    expect(inputs([snapshot([element(5, 'input')]), ...typed])).toEqual([
      { source: 5, id: 5, text: '••••••', isChecked: false },
    ]);
  });

  it('is reported again after the focus has moved', () => {
    const page = snapshot([element(5, 'input'), element(6, 'input')]);
    const events = [
      page,
      focus(5, 10),
      type(5, 'S', 20),
      type(6, 'S', 21),
      type(5, 'Sa', 30),
      type(6, 'Sa', 31),
      focus(6, 40),
      type(5, 'Sav', 50),
    ];
    expect(inputs(events)).toHaveLength(3);
  });

  it('doesn’t reveal its length by scrolling or mirrored values', () => {
    const page = snapshot([element(5, 'input', { value: 'x' })]);
    const keys = [1, 2, 3].flatMap((key) => [
      incremental(3, { id: 5, x: key, y: 0 }, key),
      mutation({ attributes: [{ id: 5, attributes: { value: 'x'.repeat(key) } }] }, key),
    ]);
    expect(dataOf([page, ...keys])).toHaveLength(1);
  });
});

describe('console and network', () => {
  it('keep requests and levels but not their content', () => {
    const request = {
      name: 'https://shop.test/api/checkout?user=priya',
      method: 'post',
      status: 502,
      initiatorType: 'fetch',
      startTime: 15.4,
      duration: 705.9,
      transferSize: 1500,
      requestBody: 'x',
    };
    const [network, log] = dataOf([
      plugin('rrweb/network@1', { requests: [request] }),
      plugin('rrweb/console@1', { level: 'error', payload: ['"checkout failed"', '{"user":"priya"}'], trace: ['x'] }),
    ]);
    expect(network).toEqual({
      plugin: 'rrweb/network@1',
      payload: {
        requests: [
          {
            name: 'https://shop.test/api/checkout',
            method: 'POST',
            status: 502,
            initiatorType: 'fetch',
            duration: 706,
            transferSize: 2048,
          },
        ],
      },
    });
    expect(log).toEqual({
      plugin: 'rrweb/console@1',
      payload: { level: 'error', payload: ['"checkout failed"', '"user ••••••"'], trace: [] },
    });
  });
});

describe('times', () => {
  const session = toSession([snapshot([]), incremental(3, { id: 1, x: 0, y: 5 }, 1234)]);

  it('start in the year 2000 under a policy with relative times', () => {
    expect(redactSession(session).events.map(({ event }) => event.timestamp)).toEqual([
      relativeStart,
      relativeStart + 1234,
    ]);
  });

  it('are removed from requests, where some recorders write the wall clock', () => {
    const request = { name: '/api', startTime: startedAt + 15, endTime: startedAt + 720, duration: 705.4 };
    const [network] = dataOf([plugin('rrweb/network@1', { requests: [request] })]);
    expect(network).toMatchObject({ payload: { requests: [{ name: '/api', duration: 705 }] } });
    expect(JSON.stringify(network)).not.toContain(String(startedAt).slice(0, 6));
  });

  it('are kept under a policy with absolute times', () => {
    const { events } = redactSession(session, { ...findPolicy('private-by-default'), times: 'absolute' });
    expect(events.map(({ event }) => event.timestamp)).toEqual([startedAt, startedAt + 1234]);
  });
});

it('counts hidden values without storing them', () => {
  const redactor = createRedactor(findPolicy('private-by-default'), { startedAt });
  for (const event of toSession([
    snapshot([element(5, 'p', { onclick: 'zorblax' }, [text(6, 'zorblax')])]),
    incremental(9, {}),
    incremental(77, {}),
  ]))
    redactor.redact(event);
  expect(redactor.report()).toEqual({
    policy: 'private-by-default',
    policyVersion: 2,
    floor: null,
    eventsIn: 3,
    eventsOut: 1,
    masked: { text: 1 },
    dropped: { attribute: 1, canvas: 1, event: 1 },
    entities: {},
    rules: {},
    unknown: { attribute: 1, source: 1 },
  });
});

it('keeps tabs apart', () => {
  const redactor = createRedactor(findPolicy('private-by-default'), { startedAt });
  const [first, second] = ['one', 'two'].flatMap((windowId) =>
    redactor.redact({ windowId, event: snapshot([element(5, 'textarea', {}, [text(6, '')])]) }),
  );
  expect([first?.windowId, second?.windowId]).toEqual(['window-1', 'window-2']);
});

it.each(plantedRecordings.map(({ file }) => file))(
  'keeps %s consistent: no more changes than before are ignored',
  (file) => {
    const ignoredIn = (events: readonly SessionEvent[]): number => {
      const model = new DomModel();
      for (const { event } of events) model.apply(event);
      return model.ignored;
    };
    const session = readSession(file);
    expect(ignoredIn(redactSession(session).events)).toBeLessThanOrEqual(ignoredIn(session));
  },
);
