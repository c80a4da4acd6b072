import { describe, expect, it } from 'vitest';
import type { MissingOnPage } from '../../../src-main/contract/session';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { EventType, IncrementalSource } from '../../../src-main/core/recording/events';
import { findCssFiles } from '../../../src-main/core/recording/model/css-files';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { MissingFileCount } from '../../../src-main/core/recording/model/missing-files';
import { add, documentNode, element, incremental, mutation, snapshot, text } from './page-events';

const meta = (href: string, timestamp = 0): RecordedEvent => ({
  type: EventType.Meta,
  data: { href, width: 800, height: 600 },
  timestamp,
});
const page = (...body: object[]): RecordedEvent =>
  snapshot(documentNode(1, [element(2, 'html', [element(3, 'body', body)])]));
const tag = (id: number, tagName: string, attributes: Record<string, unknown>, children: object[] = []): object =>
  element(id, tagName, children, { attributes });
const change = (id: number, attributes: object): object => mutation({ attributes: [{ id, attributes }] });

function countIn(events: readonly object[], count = new MissingFileCount(), model = new DomModel()): MissingOnPage[] {
  model.reportFiles();
  for (const event of events as RecordedEvent[]) {
    model.apply(event);
    count.add('tab', event, model);
  }
  return count.finish();
}
const onPage = (...events: object[]): Omit<MissingOnPage, 'windowId' | 'page'> => {
  const [first, ...others] = countIn([meta('https://shop.example/'), ...events]);
  expect(others).toEqual([]);
  const { windowId: _window, page: _page, ...files } = first ?? { windowId: '', page: '' };
  return files;
};
const one = (name: string): object => ({ count: 1, names: [name] });

describe('files that a page refers to', () => {
  const cdn = 'https://cdn.example/a';
  it.each([
    ['an image', tag(10, 'img', { src: `${cdn}.png?token=1` }), { images: one(`${cdn}.png`) }],
    [
      'an image by its set',
      tag(10, 'img', { srcset: `${cdn}.png 1x, ${cdn}-2.png 2x` }),
      { images: one(`${cdn}.png`) },
    ],
    ['an image button', tag(10, 'input', { type: 'image', src: cdn }), { images: one(cdn) }],
    ['an image in a drawing', tag(10, 'image', { 'xlink:href': cdn }), { images: one(cdn) }],
    ['a symbol', tag(10, 'use', { href: `${cdn}.svg#cart` }), { images: one(`${cdn}.svg`) }],
    ['a background', tag(10, 'p', { style: `background: url('${cdn}')` }), { images: one(cdn) }],
    [
      'a blob',
      tag(10, 'img', { src: 'blob:https://shop.example/1-2' }),
      { images: one('blob:https://shop.example/1-2') },
    ],
    ['a film', tag(10, 'video', { src: cdn, poster: `${cdn}.png` }), { media: one(cdn), images: one(`${cdn}.png`) }],
    ['a film’s source', tag(10, 'video', {}, [tag(11, 'source', { src: cdn })]), { media: one(cdn) }],
    ['a sheet', tag(10, 'link', { rel: 'stylesheet', href: cdn }), { sheets: one(cdn) }],
    ['a frame', tag(10, 'iframe', { src: cdn }), { frames: one(cdn) }],
    ['a frame of another site', tag(10, 'iframe', { rr_src: cdn }), { frames: one(cdn) }],
    ['a style', tag(10, 'style', {}, [text(11, `@import "${cdn}";`, { isStyle: true })]), { sheets: one(cdn) }],
    [
      'an icon font',
      tag(10, 'style', { _cssText: `@font-face { font-family: "Icons"; src: url(${cdn}) } .i { font-family: Icons }` }),
      { fonts: one('Icons') },
    ],
  ])('count, as %s, in a snapshot and in a mutation', (_, node, expected) => {
    expect(onPage(page(node))).toEqual(expected);
    expect(onPage(page(), add(3, node), ...lateChildren(node))).toEqual(expected);
  });

  it.each([
    ['are in the recording', tag(10, 'img', { src: cdn, rr_dataURL: 'data:image/png;base64,AA' })],
    ['are data', tag(10, 'img', { src: 'data:image/png;base64,AA' })],
    ['have no address', tag(10, 'img', { src: '' })],
    ['are inside the page', tag(10, 'use', { href: '#cart' })],
    ['are links', tag(10, 'a', { href: cdn })],
    ['are not style sheets', tag(10, 'link', { rel: 'icon', href: cdn })],
    ['are for printing', tag(10, 'link', { rel: 'stylesheet', media: 'print', href: cdn })],
    ['are recorded style sheets', tag(10, 'link', { _cssText: '.a { top: 0 }' })],
    ['are frames without a page', tag(10, 'iframe', { src: 'about:blank' })],
  ])('don’t count if they %s', (_, node) => {
    expect(onPage(page(node))).toEqual({});
    expect(onPage(page(), add(3, node))).toEqual({});
  });

  it('don’t count if they arrive later', () => {
    const link = tag(10, 'link', { rel: 'stylesheet', href: cdn });
    expect(onPage(page(link), change(10, { _cssText: '.a { top: 0 }' }))).toEqual({});
    const attach = mutation({
      adds: [{ parentId: 11, nextId: null, node: documentNode(50, []) }],
      isAttachIframe: true,
    });
    expect(onPage(page(tag(11, 'iframe', { src: cdn })), attach)).toEqual({});
  });

  it('count if they are set later, also by scripts, each once', () => {
    const rule = `.b { background: url(${cdn}-2) }`;
    const events = [
      page(tag(10, 'img', {}), tag(11, 'img', { src: cdn })),
      change(10, { src: cdn }),
      change(10, { src: `${cdn}-3?x=1` }),
      change(10, { src: `${cdn}-3?x=2` }),
      incremental(IncrementalSource.StyleSheetRule, { id: 12, adds: [{ rule, index: 0 }] }),
      incremental(IncrementalSource.Font, { family: 'Late', fontSource: `url(${cdn})`, buffer: false }),
      incremental(IncrementalSource.Font, { family: 'Kept', fontSource: '[1,2]', buffer: true }),
    ];
    expect(onPage(...events)).toEqual({
      images: { count: 4, names: [cdn, `${cdn}-3`, `${cdn}-2`] },
      fonts: one('Late'),
    });
  });

  it('count page by page, and continue after a resume', () => {
    const image = tag(10, 'img', { src: cdn });
    const frame = tag(11, 'iframe', { src: cdn });
    const first = [meta('https://shop.example/a'), page(image), meta('https://shop.example/b'), page(image, frame)];
    const count = new MissingFileCount();
    const model = new DomModel();
    model.reportFiles();
    for (const event of first) {
      model.apply(event);
      count.add('tab', event, model);
    }
    const later = new MissingFileCount(JSON.parse(JSON.stringify(count.save())) as ReturnType<typeof count.save>);
    const attach = mutation({
      adds: [{ parentId: 11, nextId: null, node: documentNode(50, []) }],
      isAttachIframe: true,
    });
    expect(countIn([meta('https://shop.example/b'), page(image, frame), attach], later)).toEqual([
      { windowId: 'tab', page: 'https://shop.example/a', images: one(cdn) },
      { windowId: 'tab', page: 'https://shop.example/b', images: one(cdn) },
    ]);
  });
});

/** The additions of a node's children, because a mutation adds each node alone. */
function lateChildren(node: object): object[] {
  const { id, childNodes = [] } = node as { id: number; childNodes?: object[] };
  return childNodes.map((child) => add(id, child));
}

describe('files of a style sheet', () => {
  it.each([
    ['.a { color: red }', []],
    ['/* url(a.png) */ .a { background: url("a.png#x") }', [['images', 'a.png']]],
    ["@namespace svg url(http://www.w3.org/2000/svg); .a { mask: url('#m') }", []],
    ['@import url(b.css) screen;', [['sheets', 'b.css']]],
    ['@font-face { font-family: A; src: url(data:font/woff2;base64,AA), url(a.woff) }', []],
    ["@font-face { src: url(a.woff2), url(a.woff); font-family: 'A B'; }", [['fonts', 'A B']]],
    ['@font-face { font-family: L; src: local("L") }', []],
  ])('are read from %s', (css, expected) => {
    expect(findCssFiles(css)).toEqual(expected);
  });
});
