import { describe, expect, it } from 'vitest';
import { entryText } from '../../../src-main/contract/words/timeline';
import { IncrementalSource } from '../../../src-main/core/recording/events';
import { SessionWriter } from './session';

const network = 'rrweb/network@1';
const clickKinds = (page: SessionWriter) =>
  page.timeline().flatMap(({ kind }) => (kind.endsWith('click') ? [kind] : []));

/** Returns the clicks of a session: a button is clicked at 1000 ms, `respond` adds events, and a long time follows. */
function after(respond: (page: SessionWriter, button: { id: number }) => void, thresholds = {}): string[] {
  const page = new SessionWriter();
  const button = page.element('button', {}, ['Pay']);
  page.open(0, [button, page.element('p', {}, ['A page'])]).click(1000, button);
  respond(page, button);
  page.increment(60_000, { source: IncrementalSource.MouseMove, positions: [] });
  return page
    .timeline({ thresholds })
    .filter(({ kind }) => kind.endsWith('click'))
    .map((entry) => `${entry.kind}: ${entryText(entry)}`);
}

const mutation = (more: object) => ({
  source: IncrementalSource.Mutation,
  adds: [],
  removes: [],
  texts: [],
  attributes: [],
  ...more,
});
const dead = ['dead-click: Clicked button “Pay”, but nothing happened'];
const alive = ['click: Clicked button “Pay”'];

describe('a click on a button is dead', () => {
  it('if nothing follows', () => {
    expect(after(() => undefined)).toEqual(dead);
  });

  it.each<[string, object]>([
    ['style rules, which pages rewrite all the time', { source: IncrementalSource.StyleSheetRule, adds: [] }],
    ['an empty mutation', mutation({})],
    ['attributes for pointer and focus', mutation({ attributes: [{ id: 101, attributes: { 'data-pressed': null } }] })],
    [
      'a style for the pointer',
      mutation({ attributes: [{ id: 101, attributes: { style: { 'user-select': 'none' } } }] }),
    ],
    ['an empty selection', { source: IncrementalSource.Selection, ranges: [] }],
    ['a pointer move', { source: IncrementalSource.MouseMove, positions: [{ x: 1, y: 1, id: 4, timeOffset: 0 }] }],
  ])('if only this follows: %s', (_what, data) => {
    expect(after((page) => page.increment(1100, data))).toEqual(dead);
  });

  it('if the response comes too late', () => {
    const change = mutation({ texts: [{ id: 102, value: 'Paid' }] });
    expect(after((page) => page.increment(3600, change))).toEqual(dead);
    expect(after((page) => page.increment(3600, change), { deadClickMs: 5000 })).toEqual(alive);
    expect(after((page) => page.increment(1600, { source: IncrementalSource.Scroll, id: 1, x: 0, y: 9 }))).toEqual(
      dead,
    );
  });

  it('if its only effect is an error', () => {
    const payload = { level: 'error', payload: ['"Uncaught TypeError: x is null"'], trace: [] };
    expect(after((page) => page.plugin(1010, 'rrweb/console@1', payload))).toEqual(dead);
  });

  it('if only the platform’s own event reports it', () => {
    const data = { url: '/', endReason: 'timeout', timeAfterClickMs: 7000, nodeId: 101 };
    const breadcrumb = { category: 'ui.slowClickDetected', timestamp: 1_700_000_001, data };
    expect(after((page) => page.custom(8000, 'breadcrumb', breadcrumb))).toEqual(dead);
  });
});

describe('a page that updates itself', () => {
  const clock = (page: SessionWriter, id: number, from: number, to: number): SessionWriter => {
    for (let at = from; at < to; at += 1000) page.increment(at, mutation({ texts: [{ id, value: `${at}` }] }));
    return page;
  };
  const withClock = () => {
    const page = new SessionWriter();
    const time = page.text('0:00');
    const button = page.element('button', {}, ['Pay']);
    page.open(0, [page.element('p', {}, [time]), button]);
    return { page, time, button };
  };

  it('does not respond to a click by its regular updates', () => {
    const { page, time, button } = withClock();
    clock(page, time.id, 1000, 6000).click(6500, button);
    clock(page, time.id, 7000, 15_000);
    expect(clickKinds(page)).toEqual(['dead-click']);
  });

  it('responds by any other change', () => {
    const { page, time, button } = withClock();
    clock(page, time.id, 1000, 6000).click(6500, button);
    page.increment(6600, mutation({ attributes: [{ id: button.id, attributes: { class: 'is-busy' } }] }));
    clock(page, time.id, 7000, 15_000);
    expect(clickKinds(page)).toEqual(['click']);
  });

  it('is not one with a hover effect', () => {
    const { page, button } = withClock();
    for (let at = 2000; at < 8000; at += 1000) {
      page.increment(at, mutation({ attributes: [{ id: button.id, attributes: { class: `hover-${at}` } }] }));
      const positions = [{ x: 1, y: 1, id: button.id, timeOffset: -300 }];
      page.increment(at + 200, { source: IncrementalSource.MouseMove, positions });
    }
    page.click(9000, button);
    page.increment(9010, mutation({ attributes: [{ id: button.id, attributes: { class: 'is-on' } }] }));
    page.increment(20_000, { source: IncrementalSource.StyleSheetRule });
    expect(clickKinds(page)).toEqual(['click']);
  });

  it('is not one that the user keeps changing', () => {
    const { page, button } = withClock();
    for (let at = 2000; at < 12_000; at += 2000) {
      page.click(at, button);
      page.increment(at + 50, mutation({ attributes: [{ id: button.id, attributes: { 'aria-pressed': `${at}` } }] }));
    }
    page.increment(20_000, { source: IncrementalSource.StyleSheetRule });
    expect(clickKinds(page)).toEqual(Array.from({ length: 5 }, () => 'click'));
  });
});

describe('a click on a button is not dead', () => {
  it.each<[string, object]>([
    ['a new text', mutation({ texts: [{ id: 102, value: 'Paid' }] })],
    ['a new node', mutation({ adds: [{ parentId: 101, nextId: null, node: { type: 3, id: 900, textContent: '!' } }] })],
    ['another class', mutation({ attributes: [{ id: 101, attributes: { class: 'is-busy' } }] })],
    [
      'a value that the page puts into a field',
      { source: IncrementalSource.Input, id: 101, text: 'x', isChecked: false },
    ],
    ['a video that plays', { source: IncrementalSource.MediaInteraction, id: 101, type: 0 }],
    ['a canvas command', { source: IncrementalSource.CanvasMutation, id: 101, type: 0, commands: [] }],
    ['a resized window', { source: IncrementalSource.ViewportResize, width: 500, height: 600 }],
    ['an immediate scroll', { source: IncrementalSource.Scroll, id: 1, x: 0, y: 9 }],
    [
      'an immediate selection',
      { source: IncrementalSource.Selection, ranges: [{ start: 102, startOffset: 0, end: 102, endOffset: 2 }] },
    ],
  ])('if this follows: %s', (_what, data) => {
    expect(after((page) => page.increment(1300, data))).toEqual(alive);
  });

  it('if a page opens', () => {
    expect(after((page) => page.open(2000, [], 'https://shop.test/thanks'))).toEqual(alive);
    expect(after((page) => page.custom(2000, '$pageview', { href: 'https://shop.test/thanks' }))).toEqual(alive);
  });

  it('if another tab opens', () => {
    expect(after((page) => page.custom(1200, 'window hidden'))).toEqual(alive);
  });

  it('if it sends a request, even with a late response', () => {
    const request = (duration: number, initiatorType = 'fetch') => ({
      requests: [{ name: 'https://shop.test/api', method: 'POST', initiatorType, status: 200, duration }],
    });
    expect(after((page) => page.plugin(21_000, network, request(19_990)))).toEqual(alive);
    expect(after((page) => page.plugin(21_000, network, request(100)))).toEqual(dead);
    expect(after((page) => page.plugin(1100, network, request(90, 'img')))).toEqual(dead);
    const span = { op: 'resource.fetch', description: 'https://shop.test/api', data: { statusCode: 200 } };
    expect(after((page) => page.custom(1010, 'performanceSpan', span))).toEqual(alive);
  });

  it('if it sends a request that the recorder writes later, but not if the request began earlier', () => {
    const written = (page: SessionWriter, startedAt: number) =>
      page.plugin(1500, network, {
        requests: [{ name: 'https://shop.test/api', initiatorType: 'fetch', timestamp: page.startedAt + startedAt }],
      });
    expect(after((page) => written(page, 1005))).toEqual(alive);
    expect(after((page) => written(page, 500))).toEqual(dead);
  });

  it('if the page responded to the pointer-down', () => {
    const page = new SessionWriter();
    const button = page.element('button', {}, ['Menu']);
    page.open(0, [button]);
    page.increment(1000, { source: IncrementalSource.MouseInteraction, type: 1, id: button.id, x: 10, y: 10 });
    page.increment(
      1005,
      mutation({ adds: [{ parentId: 1, nextId: null, node: { type: 3, id: 900, textContent: '' } }] }),
    );
    page.click(1100, button).increment(9000, { source: IncrementalSource.StyleSheetRule });
    expect(clickKinds(page)).toEqual(['click']);
  });

  it('if the recording ends before that is certain', () => {
    const page = new SessionWriter();
    const button = page.element('button', {}, ['Pay']);
    page.open(0, [button]).click(1000, button).increment(3000, { source: IncrementalSource.StyleSheetRule });
    expect(clickKinds(page)).toEqual(['click']);
    page.increment(3500, { source: IncrementalSource.StyleSheetRule });
    expect(clickKinds(page)).toEqual(['dead-click']);
  });

  it('if it is part of a rage click', () => {
    expect(after((page, button) => page.click(1200, button).click(1400, button))).toEqual([
      'rage-click: Clicked button “Pay” 3 times in 400 ms',
    ]);
  });
});

describe('an element that looks clickable', () => {
  const clicked = (make: (page: SessionWriter) => { id: number; root?: object }): string | undefined => {
    const page = new SessionWriter();
    const node = make(page);
    page
      .open(0, [node.root ?? node])
      .click(1000, node)
      .increment(9000, { source: IncrementalSource.StyleSheetRule });
    return page.timeline().find(({ kind }) => kind.endsWith('click'))?.kind;
  };

  it.each<[string, (page: SessionWriter) => { id: number }]>([
    ['a link', (p) => p.element('a', { href: '/x' }, ['More'])],
    ['a tab', (p) => p.element('div', { role: 'tab' }, ['More'])],
    ['a focusable element', (p) => p.element('div', { tabindex: '0' }, ['word '.repeat(40)])],
    ['an image', (p) => p.element('img', { alt: '' })],
    ['a heading', (p) => p.element('h3', {}, ['Orders'])],
    ['a bar of controls', (p) => p.element('header', {}, ['word '.repeat(40)])],
  ])('is %s', (_what, make) => {
    expect(clicked(make)).toBe('dead-click');
  });

  it.each<[string, (page: SessionWriter) => { id: number; root?: object }]>([
    ['a field', (p) => p.element('input', { type: 'text' })],
    ['a list, which the browser opens itself', (p) => p.element('select', {}, ['A'])],
    ['a long text', (p) => p.element('p', {}, ['word '.repeat(40)])],
    ['an empty area', (p) => p.element('div')],
    ['the page’s content', (p) => p.element('main', {}, ['Short'])],
    ['a canvas', (p) => p.element('canvas')],
    ['a link to another tab', (p) => p.element('a', { href: '/x', target: '_blank' }, ['More'])],
    ['a link to a file', (p) => p.element('a', { href: '/x', download: '' }, ['More'])],
    ['an email link', (p) => p.element('a', { href: 'mailto:a@b.test' }, ['Write'])],
    ['a label of a field', (p) => p.element('label', {}, ['Name', p.element('input')])],
  ])('is not %s', (_what, make) => {
    expect(clicked(make)).not.toBe('dead-click');
  });
});
