import { describe, expect, it } from 'vitest';
import { entryText } from '../../../src-main/contract/words/timeline';
import { IncrementalSource } from '../../../src-main/core/recording/events';
import { SessionWriter } from './session';

const network = 'rrweb/network@1';
const withButton = () => {
  const page = new SessionWriter();
  const button = page.element('button', {}, ['Pay']);
  const other = page.element('button', {}, ['Other']);
  const field = page.element('input', { 'aria-label': 'Name' });
  const box = page.element('input', { type: 'checkbox', 'aria-label': 'Box' });
  const label = page.element('label', {}, ['Box', box]);
  page.open(0, [button, other, field, label]);
  return { page, button, other, field, box, label };
};

describe('rage clicks', () => {
  it('are three or more clicks on one spot within a second, in one entry', () => {
    const { page, button } = withButton();
    for (const at of [100, 300, 500, 1400]) page.click(at, button, 10 + at / 100, 10);
    expect(page.timeline()[1]).toMatchObject({
      kind: 'rage-click',
      severity: 'warning',
      atMs: 100,
      durationMs: 1300,
      facts: { control: 'button', count: 4 },
      nodeId: button.id,
    });
    expect(page.timeline()).toHaveLength(2);
  });

  it('include clicks on a button that the page replaces', () => {
    const { page, button, other } = withButton();
    page.click(100, button).click(300, other).click(500, button);
    expect(page.timeline()[1]?.kind).toBe('rage-click');
  });

  it('exclude two clicks, slow clicks and clicks far apart', () => {
    const { page, button, other } = withButton();
    page.click(100, button).click(300, button);
    for (const at of [3000, 3700, 4400]) page.click(at, other);
    for (const [at, x] of [
      [9000, 0],
      [9200, 40],
      [9400, 80],
    ] as const)
      page.click(at, button, x, 0);
    expect(
      page
        .timeline()
        .slice(1)
        .map(({ kind }) => kind),
    ).not.toContain('rage-click');
  });

  it('follow the given thresholds', () => {
    const { page, button } = withButton();
    page.click(100, button).click(300, button);
    expect(page.timeline({ thresholds: { rageClicks: 2 } })[1]?.kind).toBe('rage-click');
  });
});

describe('inputs', () => {
  it('have one entry per edit of a field, which replaces the click that focused it', () => {
    const { page, button, field } = withButton();
    page.focus(100, field).click(100, field);
    for (let at = 200; at < 900; at += 100) page.input(at, field, 'x'.repeat(at / 100));
    page.blur(1000, field).focus(1000, button).click(1001, button);
    page.blur(2000, button).focus(2000, field).input(2100, field, 'y').blur(2200, field);
    expect(
      page
        .timeline()
        .slice(1)
        .map((entry) => [entry.atMs, entryText(entry)]),
    ).toEqual([
      [200, 'Changed field “Name”'],
      [1001, 'Clicked button “Pay”'],
      [2100, 'Changed field “Name”'],
    ]);
  });

  it('exclude changes by the page itself', () => {
    const { page, field, button, box } = withButton();
    page
      .input(10, field, 'filled')
      .focus(20, button)
      .input(4000, field, 'filled again')
      .input(4100, box, 'on', { isChecked: true });
    expect(page.sentences()).toEqual([]);
  });

  it('follow the recorder’s userTriggered flag if there is one', () => {
    const { page, field, box } = withButton();
    page.input(10, field, 'x', { userTriggered: true }).focus(20, box).input(30, box, 'on', { userTriggered: false });
    expect(page.sentences()).toEqual(['Changed field “Name”']);
  });

  it('without focus events count once the page has settled', () => {
    const { page, field } = withButton();
    page.input(10, field, 'filled').input(3000, field, 'x').input(3500, field, 'xy').input(12_000, field, 'z');
    expect(
      page
        .timeline()
        .filter(({ kind }) => kind === 'input')
        .map(({ atMs }) => atMs),
    ).toEqual([3000, 12_000]);
  });

  it('in a field that gets the focus as it appears begin with its second change', () => {
    const { page, field, box } = withButton();
    page
      .focus(100, { id: -1 })
      .input(120, field, '')
      .input(120, box, 'on')
      .input(400, field, 'a')
      .input(500, field, 'ab');
    expect(page.sentences()).toEqual(['Changed field “Name”']);
  });

  it('by a click on the label of a checkbox have one entry', () => {
    const { page, box, label } = withButton();
    page.click(100, label).focus(100, box).click(101, box).input(102, box, 'on', { isChecked: true });
    expect(page.sentences()).toEqual(['Changed checkbox “Box”']);
  });
});

describe('pages', () => {
  it('are shown without the query, and a checkout of the recorder is not a navigation', () => {
    const page = new SessionWriter();
    page
      .open(0, [])
      .open(100, [])
      .open(200, [], 'https://shop.test/cart?user=y')
      .open(300, [], 'https://shop.test/#/orders/7?t=1')
      .open(400, [], 'about:blank');
    expect(page.timeline().map(entryText)).toEqual(['Opened shop.test/cart', 'Opened shop.test/#/orders/7']);
  });

  it('are reported when they are reloaded', () => {
    const page = new SessionWriter();
    page.open(0, []).plugin(10, network, { requests: [], isInitial: true });
    page.again(500).plugin(510, network, { requests: [], isInitial: true }).again(900);
    expect(page.timeline().map(({ atMs, kind }) => [atMs, kind])).toEqual([
      [0, 'navigation'],
      [500, 'navigation'],
    ]);
    expect(page.sentences()).toEqual(['Reloaded shop.test/cart']);
    const old = new SessionWriter();
    old.open(0, []).add(490, { type: 1, data: {} }).open(500, []);
    expect(old.sentences()).toEqual(['Reloaded shop.test/cart']);
  });

  it('of a client-side router are reported by the platforms’ own events', () => {
    const page = new SessionWriter();
    page
      .open(0, [])
      .custom(10, '$pageview', { href: 'https://shop.test/a' })
      .custom(20, 'breadcrumb', { category: 'navigation', data: { from: '/a', to: '/b?q=1' } })
      .custom(30, 'performanceSpan', { op: 'navigation.push', description: 'https://shop.test/b' });
    expect(page.sentences()).toEqual(['Opened shop.test/a', 'Opened shop.test/b']);
  });

  it('keep masked addresses as they are', () => {
    const page = new SessionWriter();
    page.open(0, [], 'http://host/orders/:seg');
    expect(page.timeline().map(entryText)).toContain('Opened host/orders/:seg');
  });
});

describe('requests', () => {
  const request = (more: object) => ({
    name: 'https://shop.test/api/pay?card=1',
    method: 'post',
    initiatorType: 'fetch',
    status: 502,
    duration: 703.1,
    ...more,
  });
  const report = (...requests: object[]) => {
    const page = new SessionWriter();
    return page
      .open(0, [])
      .plugin(10, network, { requests })
      .timeline()
      .slice(1)
      .map((entry) => `${entry.severity}: ${entryText(entry)}`);
  };

  it('that fail are reported without the query', () => {
    expect(report(request({}))).toEqual(['error: POST /api/pay returned 502 after 703 ms']);
    expect(report(request({ status: 0 }))).toEqual(['error: POST /api/pay failed with no response after 703 ms']);
    expect(report(request({ name: 'https://user:pw@api.test/x', duration: undefined }))).toEqual([
      'error: POST api.test/x returned 502',
    ]);
    expect(report(request({ name: '/a.png', initiatorType: 'img', method: undefined, status: 404 }))).toEqual([
      'warning: GET /a.png returned 404 after 703 ms',
    ]);
  });

  it('that succeed are not reported', () => {
    expect(
      report(
        request({ status: 200 }),
        request({ status: 304 }),
        request({ initiatorType: 'link', status: 0 }),
        request({ name: 'data:image/png,x', status: 0 }),
        request({ name: 'about:blank', initiatorType: 'navigation', status: 0 }),
        { name: 7 },
      ),
    ).toEqual([]);
  });

  it('of Sentry are reported too', () => {
    const page = new SessionWriter();
    page.open(0, []).custom(10, 'performanceSpan', {
      op: 'resource.fetch',
      description: 'https://api.test/o?x',
      startTimestamp: 1.5,
      endTimestamp: 1.7,
      data: { method: 'POST', statusCode: 500 },
    });
    expect(page.sentences()).toEqual(['POST api.test/o returned 500 after 200 ms']);
  });
});

describe('the console', () => {
  const report = (level: string, ...payload: unknown[]) => {
    const page = new SessionWriter();
    return page
      .open(0, [])
      .plugin(10, 'rrweb/console@1', { level, payload, trace: [] })
      .timeline()
      .slice(1)
      .map((entry) => `${entry.kind}: ${entryText(entry)}`);
  };

  it('reports errors and warnings by their first line', () => {
    expect(report('error', '"Error: no\\n    at x"', '1')).toEqual(['console-error: Error: no']);
    expect(report('warn', '"slow"', '{"a":1}')).toEqual(['console-warning: slow {"a":1}']);
    expect(report('log', '"x"')).toEqual([]);
    expect(report('error')).toEqual(['console-error: Error without a message']);
  });

  it('accepts truncated and invalid arguments, and shortens long messages', () => {
    expect(report('error', '"cut off at\\nthe end...', null, 7)[0]).toBe('console-error: cut off at');
    expect(report('error', JSON.stringify('\u001b[31mred\u001b[0m \u202eevil'))).toEqual(['console-error: red evil']);
    expect(report('error', JSON.stringify('x'.repeat(9999)))[0]).toHaveLength('console-error: '.length + 300);
  });
});

describe('idle times and viewport sizes', () => {
  const move = { source: IncrementalSource.MouseMove, positions: [{ x: 1, y: 1, id: 2, timeOffset: -400 }] };

  it('begin with the last action and end with the next, whatever the page does in between', () => {
    const { page, button, field } = withButton();
    page
      .focus(1000, button)
      .click(1000, button)
      .input(3000, field, 'by the page')
      .plugin(4000, network, { requests: [] })
      .increment(13_400, move);
    expect(page.timeline().slice(1)).toMatchObject([
      { kind: 'click', atMs: 1000 },
      { kind: 'idle', atMs: 1000, durationMs: 12_000 },
    ]);
    expect(page.timeline({ thresholds: { idleMs: 20_000 } }).filter(({ kind }) => kind === 'idle')).toEqual([]);
  });

  it('exclude the time after masked typing, which keeps only the first keystroke', () => {
    const idleAfter = (typed: string): number => {
      const { page, field } = withButton();
      page.focus(900, field).click(900, field).input(1000, field, typed).increment(13_000, move);
      return page.timeline().filter(({ kind }) => kind === 'idle').length;
    };
    expect(idleAfter('••••••')).toBe(0);
    expect(idleAfter('a')).toBe(1);
  });

  it('have one entry per drag of the window’s edge, with the final size', () => {
    const page = new SessionWriter();
    page.open(0, []);
    for (let at = 100; at <= 900; at += 100)
      page.increment(at, { source: IncrementalSource.ViewportResize, width: 800 - at / 10, height: 600 });
    expect(page.timeline().slice(1)).toMatchObject([
      { kind: 'viewport', atMs: 900, facts: { width: 710, height: 600 } },
    ]);
  });
});

describe('the builder', () => {
  it('distinguishes windows and uses relative times', () => {
    const { page, button } = withButton();
    page.click(500, button);
    const second = new SessionWriter('2');
    second.open(0, []);
    const events = [...page.events.slice(0, 2), ...second.events, ...page.events.slice(2)];
    page.events.splice(0, page.events.length, ...events);
    expect(page.timeline().map(({ windowId, atMs, wallMs }) => [windowId, atMs, wallMs])).toEqual([
      ['1', 0, null],
      ['2', 0, null],
      ['1', 500, null],
    ]);
    expect(page.timeline({ times: 'absolute' })[2]?.wallMs).toBe(page.startedAt + 500);
    expect(page.timeline({ startedAt: page.startedAt - 1000 })[0]?.atMs).toBe(1000);
  });

  it('reports custom events by their tag only, and markers by their text', () => {
    const page = new SessionWriter();
    page
      .open(0, [])
      .custom(1, 'support-note', { text: 'secret' })
      .custom(2, 'options', {})
      .add(3, { type: 8, data: { type: 'timelineMarker', text: 'Chart wrong' } });
    expect(page.sentences()).toEqual(['Event “support-note”', 'Marker “Chart wrong”']);
  });
});

describe('typing into a rich-text editor', () => {
  const typeInto = (caret: (page: SessionWriter, editor: { id: number }) => void): SessionWriter => {
    const page = new SessionWriter();
    const text = page.text('Draft');
    const editor = page.element('div', { contenteditable: 'true', 'aria-label': 'Message' }, [
      page.element('p', {}, [text]),
    ]);
    page.open(0, [editor, page.element('p', {}, ['Other'])]);
    caret(page, editor);
    for (let at = 1000; at <= 12_000; at += 500)
      page.increment(at, {
        source: IncrementalSource.Mutation,
        texts: [{ id: text.id, value: `Draft ${at}` }],
        attributes: [],
        removes: [],
        adds: [],
      });
    return page;
  };

  it('is one change and no idle time while the caret is in the editor', () => {
    expect(typeInto((page, editor) => page.click(500, editor)).sentences()).toEqual(['Changed field “Message”']);
    expect(typeInto((page, editor) => page.focus(500, editor)).sentences()).toEqual(['Changed field “Message”']);
  });

  it('is a change by the page if the caret is elsewhere', () => {
    const sentences = typeInto(() => undefined).sentences();
    expect(sentences).toEqual(['Idle for 12.0 s']);
  });
});

it('a click inside a large focusable container is named by what was clicked', () => {
  const page = new SessionWriter();
  const tag = page.element('span', {}, ['open']);
  const rows = Array.from({ length: 20 }, (_, row) => page.element('p', {}, [`Order number ${row}`]));
  const panel = page.element('div', { role: 'tabpanel', tabindex: '0', 'aria-label': 'Orders' }, [tag, ...rows]);
  const chip = page.element('i', {}, ['×']);
  const small = page.element('div', { tabindex: '0' }, ['Filter ', chip]);
  page.open(0, [panel, small]).click(100, tag).click(60_000, chip);
  expect(page.sentences().filter((text) => text.startsWith('Clicked'))).toEqual([
    expect.stringContaining('Clicked on “open”'),
    expect.stringContaining('Clicked control “Filter ×”'),
  ]);
});
