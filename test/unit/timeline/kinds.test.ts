import { describe, expect, it } from 'vitest';
import { entryText } from '../../../src-main/contract/words/timeline';
import { TimelineEntry, timelineKinds } from '../../../src-main/contract/timeline';
import { IncrementalSource, MouseInteractions } from '../../../src-main/core/recording/events';
import { createTimelineBuilder, type TimelineOptions } from '../../../src-main/core/timeline/build';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { entrySentence } from '../../../src-main/contract/words/timeline';
import * as v from 'valibot';
import { readRealSessions } from './real-sessions';
import { SessionWriter } from './session';

/** Returns all entries except the first (the opened page), idle times and lost parts, since the small pages here lack some nodes. */
const report = (page: SessionWriter, options: Partial<TimelineOptions> = {}): string[] =>
  page
    .timeline(options)
    .slice(1)
    .filter(({ kind }) => kind !== 'idle' && kind !== 'lost')
    .map((entry) => `${entry.kind}: ${entryText(entry)}`);
const opened = (): SessionWriter => new SessionWriter().open(0, []);

describe('selections', () => {
  const page = () => {
    const writer = new SessionWriter();
    const text = writer.text('Order 4711 was refused');
    const next = writer.text('by the bank');
    const typed = writer.text('typed');
    const editor = writer.element('div', { contenteditable: 'true' }, [typed]);
    writer.open(0, [writer.element('p', {}, [text]), writer.element('p', {}, [next]), editor]);
    return { writer, text, next, typed };
  };
  const range = (start: { id: number }, startOffset: number, end: { id: number }, endOffset: number) => ({
    source: IncrementalSource.Selection,
    ranges: [{ start: start.id, startOffset, end: end.id, endOffset }],
  });

  it('have one entry, with the range at the end of the drag', () => {
    const { writer, text } = page();
    for (let end = 7; end <= 10; end++) writer.increment(100 + end, range(text, 6, text, end));
    expect(report(writer)).toEqual(['selection: Selected “4711”']);
  });

  it('span several elements', () => {
    const { writer, text, next } = page();
    expect(report(writer.increment(100, range(text, 15, next, 6)))).toEqual(['selection: Selected “refused by the”']);
  });

  it('have no entry if they are cleared at once, and never quote typed text', () => {
    const { writer, text, typed } = page();
    writer.increment(100, range(text, 0, text, 3)).increment(200, range(text, 3, text, 3));
    writer.increment(5000, range(typed, 0, typed, 5));
    expect(report(writer)).toEqual(['selection: Selected text']);
  });
});

describe('copies', () => {
  it('are reported if a platform records them', () => {
    const keys = (key: string, more: object) => ({ category: 'ui.keyDown', data: { key, ...more } });
    const page = opened()
      .custom(10, 'copy', { text: 'secret' })
      .custom(20, '$copy_autocapture')
      .custom(30, 'breadcrumb', keys('c', { ctrlKey: true }))
      .custom(40, 'breadcrumb', keys('c', { ctrlKey: false }))
      .custom(50, 'breadcrumb', keys('v', { metaKey: true }));
    expect(report(page)).toEqual(Array.from({ length: 3 }, () => 'copy: Copied from the page'));
  });
});

describe('scroll depth', () => {
  const scroll = (page: SessionWriter, at: number, y: number, id = 1) =>
    page.increment(at, { source: IncrementalSource.Scroll, id, x: 0, y });

  it('is reported each time it doubles, once per page', () => {
    const page = opened();
    for (const [index, y] of [300, 599, 600, 700, 0, 650, 1300, 2000, 2600].entries()) scroll(page, 100 * index, y);
    page.open(2000, [], 'https://shop.test/other');
    scroll(page, 2100, 700);
    expect(report(page)).toEqual([
      'scroll: Scrolled down 1 screen',
      'scroll: Scrolled down 2 screens',
      'scroll: Scrolled down 4 screens',
      'navigation: Opened shop.test/other',
      'scroll: Scrolled down 1 screen',
    ]);
  });

  it('ignores hidden elements that measure something, and scrolling up', () => {
    const page = opened();
    scroll(page, 10, 1_000_000, 55);
    scroll(page, 20, -5000);
    scroll(page, 30, 700, 56);
    expect(report(page)).toEqual(['scroll: Scrolled down 1 screen in a section of the page']);
  });
});

describe('tabs', () => {
  const move = { source: IncrementalSource.MouseMove, positions: [{ x: 1, y: 1, id: 2, timeOffset: 0 }] };

  it('are reported when the user continues in another window', () => {
    const page = opened();
    const second = new SessionWriter('2').open(100, []).increment(500, move).increment(600, move);
    page.events.push(...second.events);
    page.increment(700, move).increment(800, { source: IncrementalSource.StyleSheetRule });
    expect(report(page)).toEqual([
      'navigation: Opened shop.test/cart',
      'tab: Switched to tab 2',
      'tab: Switched to tab 1',
    ]);
  });

  it('are reported from the platforms’ own events', () => {
    const page = opened()
      .custom(10, 'window hidden')
      .custom(20, 'window visible')
      .custom(30, 'breadcrumb', { category: 'ui.blur' })
      .custom(40, 'breadcrumb', { category: 'ui.focus' });
    expect(report(page)).toEqual([
      'tab: Left the tab',
      'tab: Returned to the tab',
      'tab: Left the tab',
      'tab: Returned to the tab',
    ]);
  });
});

describe('uncaught errors', () => {
  const log = (...payload: string[]) => ({ level: 'error', payload, trace: [] });

  it('have a kind of their own', () => {
    const page = opened()
      .plugin(1, 'rrweb/console@1', log('"Uncaught TypeError: x is null"'))
      .plugin(2, 'rrweb/console@1', log('"Uncaught (in promise)"', '"no"'))
      .plugin(3, 'rrweb/console@1', log('"Not uncaught"'))
      .custom(4, '$exception', { $exception_list: [{ type: 'RangeError', value: 'too far' }] })
      .custom(5, '$exception', { $exception_type: 'Error', $exception_message: 'old' })
      .custom(6, 'breadcrumb', { category: 'exception', level: 'error', message: 'Error: boom' })
      .custom(7, 'breadcrumb', { category: 'console', level: 'error', message: 'Uncaught Error: x' });
    expect(report(page)).toEqual([
      'error: Uncaught TypeError: x is null',
      'error: Uncaught (in promise) no',
      'console-error: Not uncaught',
      'error: RangeError: too far',
      'error: Error: old',
      'error: Error: boom',
      'error: Uncaught Error: x',
    ]);
  });
});

describe('requests', () => {
  it('that are slow are reported with their route and page', () => {
    const request = { method: 'get', initiatorType: 'fetch', status: 200, duration: 4200 };
    const requests = [
      { ...request, name: 'https://shop.test/api/orders/4711/items?token=x' },
      { ...request, name: 'https://shop.test/api/fast', duration: 2999 },
      { ...request, name: 'https://cdn.test/film.mp4', initiatorType: 'video' },
    ];
    const entry = opened().plugin(4500, 'rrweb/network@1', { requests }).timeline()[1];
    expect(entry).toMatchObject({
      kind: 'network-slow',
      severity: 'warning',
      durationMs: 4200,
      facts: { method: 'GET', status: 200 },
      quotes: { route: '/api/orders/:id/items', page: 'shop.test/cart' },
    });
    expect(report(opened().plugin(4500, 'rrweb/network@1', { requests }))).toHaveLength(1);
    expect(
      report(opened().plugin(4500, 'rrweb/network@1', { requests }), { thresholds: { slowRequestMs: 5000 } }),
    ).toEqual([]);
  });

  it.each([
    ['/api/users/7', '/api/users/:id'],
    ['/api/v2/users', '/api/v2/users'],
    ['/o/17eb8168-8c82-4163-ba00-432a6121cea7', '/o/:id'],
    ['/u/jane.doe@acme.test/x', '/u/:id/x'],
    ['/f/9f86d081884c7d65', '/f/:id'],
    ['/s/A1b2C3d4E5', '/s/:id'],
    ['/checkout/confirmation', '/checkout/confirmation'],
    ['/assets/main.abc.js', '/assets/main.abc.js'],
  ])('have a route without ids: %s', (path, route) => {
    const requests = [{ name: `https://shop.test${path}`, method: 'GET', initiatorType: 'fetch', status: 500 }];
    expect(opened().plugin(10, 'rrweb/network@1', { requests }).timeline()[1]?.quotes?.route).toBe(route);
  });
});

describe('pages of a single-page application', () => {
  const replace = (page: SessionWriter, at: number) =>
    page.increment(at, {
      source: IncrementalSource.Mutation,
      texts: [],
      attributes: [],
      removes: [],
      adds: [{ parentId: 1, nextId: null, node: { type: 5, id: 900 + at, textContent: '' } }],
    });
  const withLink = (href: string, more: object = {}) => {
    const page = new SessionWriter();
    const link = page.element('a', { href, ...more }, ['Orders']);
    return page.open(0, [link]).click(1000, link);
  };

  it('are those of clicked links, once parts of the page are replaced', () => {
    expect(report(replace(withLink('https://shop.test/orders'), 1200))).toEqual([
      'click: Clicked link “Orders”',
      'navigation: Opened shop.test/orders',
    ]);
    expect(report(replace(withLink('/orders'), 1200))).toContain('navigation: Opened shop.test/orders');
  });

  it.each<[string, () => SessionWriter]>([
    ['nothing is replaced', () => withLink('https://shop.test/orders')],
    ['it is replaced much later', () => replace(withLink('https://shop.test/orders'), 5000)],
    ['the link leads to another site', () => replace(withLink('https://other.test/orders'), 1200)],
    ['the link leads to the same page', () => replace(withLink('https://shop.test/cart#top'), 1200)],
    ['the link opens a tab', () => replace(withLink('https://shop.test/orders', { target: '_blank' }), 1200)],
    ['the link runs a script', () => replace(withLink('javascript:void(0)'), 1200)],
  ])('are not reported if %s', (_why, make) => {
    expect(report(make()).filter((line) => line.startsWith('navigation'))).toEqual([]);
  });

  it('are reported once if the page is loaded after all', () => {
    const page = replace(withLink('https://shop.test/orders'), 1200);
    page.add(3000, { type: 1, data: {} }).open(3010, [], 'https://shop.test/orders');
    expect(report(page).filter((line) => line.startsWith('navigation'))).toEqual([
      'navigation: Opened shop.test/orders',
    ]);
  });
});

describe('titles', () => {
  const titled = (page: SessionWriter, title: string) => {
    const head = page.element('head', {}, [page.element('title', {}, [title])]);
    return { type: 0, id: 1, childNodes: [page.element('html', {}, [head, page.element('body')])] };
  };
  const open = (page: SessionWriter, at: number, href: string, title: string) =>
    page
      .add(at, { type: 4, data: { href, width: 800, height: 600 } })
      .add(at + 5, { type: 2, data: { node: titled(page, title), initialOffset: { top: 0, left: 0 } } });

  it('are shown with a page if they are new and belong to it', () => {
    const page = new SessionWriter();
    open(page, 0, 'https://shop.test/', 'Shop');
    open(page, 5000, 'https://shop.test/cart', 'Cart');
    open(page, 9000, 'https://shop.test/pay', 'Cart');
    open(page, 12_000, 'https://shop.test/masked', '•••• ••');
    const pages = page.timeline().filter(({ kind }) => kind === 'navigation');
    expect(pages.map((entry) => [entryText(entry), entry.quotes?.title])).toEqual([
      ['Opened shop.test/ (“Shop”)', 'Shop'],
      ['Opened shop.test/cart (“Cart”)', 'Cart'],
      ['Opened shop.test/pay', undefined],
      ['Opened shop.test/masked', undefined],
    ]);
  });
});

describe('performance', () => {
  const span = (op: string, description: string, data: object, seconds = 0) => ({
    op,
    description,
    startTimestamp: 10,
    endTimestamp: 10 + seconds,
    data,
  });

  it('is reported if it is poor', () => {
    const memory = (usedJSHeapSize: number) => ({ memory: { usedJSHeapSize, jsHeapSizeLimit: 1000 } });
    const page = opened()
      .custom(1, 'performanceSpan', span('web-vital', 'largest-contentful-paint', { value: 4150, rating: 'poor' }))
      .custom(2, 'performanceSpan', span('web-vital', 'cumulative-layout-shift', { value: 0.31, rating: 'poor' }))
      .custom(3, 'performanceSpan', span('web-vital', 'first-input-delay', { value: 20, rating: 'good' }))
      .custom(4, 'performanceSpan', span('ui.long-task', 'task', {}, 1.2))
      .custom(5, 'performanceSpan', span('ui.long-task', 'task', {}, 0.2))
      .custom(6, 'performanceSpan', span('memory', 'memory', memory(950)))
      .custom(7, 'performanceSpan', span('memory', 'memory', memory(500)))
      .custom(8, 'breadcrumb', { category: 'replay.hydrate-error', data: {} });
    expect(report(page)).toEqual([
      'performance: Slow page: largest contentful paint was 4.2 s',
      'performance: Slow page: cumulative layout shift was 0.31',
      'performance: Page blocked for 1.2 s',
      'performance: Page used 95 % of its memory limit',
      'performance: Hydration mismatch: page rendered differently from the server’s HTML',
    ]);
  });
});

describe('breadcrumbs and identified users', () => {
  it('are reported by category and message, without the recorder’s internal events', () => {
    const page = opened()
      .custom(1, 'breadcrumb', { category: 'auth', message: 'User logged in' })
      .custom(2, 'breadcrumb', { category: 'ui.input', message: 'input#card' })
      .custom(3, 'breadcrumb', { category: 'sentry.feedback', data: { feedbackId: 'x' } })
      .custom(4, 'sessionIdle', {})
      .custom(5, '$identify', { distinct_id: 'u-1', $set: { email: 'jane@shop.test' } })
      .custom(6, 'identify', {});
    expect(report(page)).toEqual([
      'breadcrumb: auth: User logged in',
      'breadcrumb: Sent feedback',
      'identify: Identified as “jane@shop.test”',
      'identify: Identified the user',
    ]);
  });

  it('report clicks if the clicks themselves are not recorded', () => {
    const page = new SessionWriter();
    const button = page.element('button', {}, ['Pay']);
    page.open(0, [button]);
    const at = (ms: number) => (page.startedAt + ms) / 1000;
    const crumb = (category: string, ms: number, data: object) => ({
      category,
      timestamp: at(ms),
      data: { nodeId: button.id, ...data },
    });
    page
      .custom(1000, 'breadcrumb', crumb('ui.click', 1000, {}))
      .custom(9000, 'breadcrumb', crumb('ui.slowClickDetected', 1000, { endReason: 'timeout', timeAfterClickMs: 7000 }))
      .custom(
        9100,
        'breadcrumb',
        crumb('ui.slowClickDetected', 2000, { endReason: 'mutation', timeAfterClickMs: 4000 }),
      )
      .custom(9200, 'breadcrumb', crumb('ui.multiClick', 3000, { clickCount: 6 }));
    expect(report(page)).toEqual([
      'click: Clicked button “Pay”',
      'dead-click: Clicked button “Pay”, but nothing happened',
      'rage-click: Clicked button “Pay” 6 times',
    ]);
  });
});

describe('gaps', () => {
  it('are silences after which the recorder restarts', () => {
    const page = opened().open(45_000, [], 'https://shop.test/later');
    const [, gap] = page.timeline();
    expect(gap).toMatchObject({ kind: 'gap', atMs: 0, durationMs: 45_000 });
    expect(gap && entryText(gap)).toBe('Nothing recorded for 45.0 s');
    expect(page.timeline().map(({ kind }) => kind)).not.toContain('idle');
    const [, idle] = page.timeline({ thresholds: { gapMs: 60_000 } });
    expect(idle && entryText(idle)).toBe('Idle for 45.0 s');
  });

  it('exclude silences of a static page', () => {
    const page = opened().increment(45_000, { source: IncrementalSource.MouseInteraction, type: 6, id: 2 });
    expect(
      page
        .timeline()
        .slice(1)
        .map(({ kind }) => kind),
    ).toEqual(['idle']);
  });

  it('include pauses that the recorder reports, even short ones', () => {
    const page = opened().custom(1000, 'recording paused').custom(4000, 'recording resumed');
    expect(report(page)).toEqual(['gap: Nothing recorded for 3.0 s']);
    const long = opened()
      .custom(1000, 'recording paused')
      .open(90_000, [], 'https://shop.test/x')
      .custom(90_100, 'recording resumed');
    expect(report(long)).toEqual(['gap: Nothing recorded for 89.0 s', 'navigation: Opened shop.test/x']);
  });
});

describe('lost data', () => {
  const damaged = 'an event is damaged';
  const cutOff = 'a line is cut off';
  const run = (
    work: (builder: ReturnType<typeof createTimelineBuilder>, feed: (page: SessionWriter) => void) => void,
  ) => {
    const builder = createTimelineBuilder({ times: 'relative' });
    const model = new DomModel();
    work(builder, (page) => {
      for (const event of page.events.splice(0)) {
        model.apply(event.event);
        builder.add(event, model);
      }
    });
    return builder.finish().filter(({ kind }) => kind === 'lost');
  };

  it('is grouped by reason and window', () => {
    const page = new SessionWriter();
    const entries = run((builder, feed) => {
      feed(page.open(0, []));
      for (let count = 0; count < 500; count++) builder.noteLost({ windowId: '1', reason: damaged });
      builder.noteLost({ reason: cutOff });
      feed(page.custom(30_000, 'x'));
      builder.noteLost({ windowId: '1', at: Number.NaN, reason: damaged });
      builder.noteLost({ windowId: '1', at: 1e15, reason: damaged });
    });
    expect(entries).toMatchObject([
      {
        atMs: 0,
        windowId: '1',
        severity: 'warning',
        facts: { count: 500 },
        quotes: { reason: damaged },
      },
      { atMs: 0, windowId: '', quotes: { reason: cutOff } },
      { atMs: 30_000, facts: { count: 2 } },
    ]);
  });

  it('reports changes that could not be applied', () => {
    const page = new SessionWriter();
    const stray = { source: IncrementalSource.Mutation, adds: [], attributes: [], removes: [] };
    const entries = run((_builder, feed) =>
      feed(
        page
          .open(0, [])
          .increment(100, {
            ...stray,
            texts: [
              { id: 77, value: 'x' },
              { id: 78, value: 'x' },
            ],
          })
          .increment(200, { ...stray, texts: [{ id: 79, value: 'x' }] }),
      ),
    );
    expect(entries).toMatchObject([{ atMs: 100, durationMs: 100, facts: { count: 3 } }]);
  });
});

describe('a quote of the recording in an entry', () => {
  it('is at its recorded range', () => {
    const page = new SessionWriter();
    const card = page.element('li', {}, [page.element('h3', {}, ['Jane’s cart']), page.element('button', {}, ['Pay'])]);
    const button = card.childNodes[1] as { id: number };
    page.open(0, [page.element('ul', {}, [page.element('li'), card])]).click(100, button);
    page.interact(2000, MouseInteractions.MouseUp, 1);
    const quoted = page
      .timeline()
      .map(entrySentence)
      .map(({ text, quoted }) => quoted.map(([from, to]) => text.slice(from, to)));
    expect(quoted).toEqual([['shop.test/cart'], ['Pay', 'Jane’s cart']]);
  });

  it('can’t be forged by a page', () => {
    const page = new SessionWriter();
    const button = page.element('button', {}, ['\ue001P\ue000ay']);
    const entry = page.open(0, [button]).click(100, button).timeline()[1];
    expect(entry && entrySentence(entry)).toEqual({ text: 'Clicked button “Pay”', quoted: [[16, 19]] });
  });
});

describe('every entry of real recordings', () => {
  it('matches the contract and quotes within its text, and together they have most kinds', () => {
    const seen = new Set<string>();
    for (const { events } of readRealSessions()) {
      const page = new SessionWriter();
      page.events.push(...events);
      for (const entry of page.timeline()) {
        expect(v.is(TimelineEntry, entry)).toBe(true);
        const { text, quoted } = entrySentence(entry);
        expect(text).toBe(entryText(entry));
        for (const [from, to] of quoted) expect(Object.values(entry.quotes ?? {})).toContain(text.slice(from, to));
        seen.add(entry.kind);
      }
    }
    expect(timelineKinds.filter((kind) => seen.has(kind)).length).toBeGreaterThan(10);
  });
});
