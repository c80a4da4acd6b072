import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { redactSession, toSession } from '../../helpers/redacted-session';
import { unlistedWords } from './unlisted-words';
import { element, incremental, mutation, plugin, snapshot, startedAt, text } from './small-page';

const canary = 'zorblaxquux';
const css = `.${canary}{content:"${canary}";background:url(https://x.test/${canary});--${canary}:${canary};font-family:${canary},"${canary}"}
  @import "${canary}.css";@font-face{font-family:${canary};src:url(${canary})}[data-x="${canary}"]{color:red}/* ${canary} */
  a[href*="${canary}"]{color:red}#${canary}>${canary}-el::part(${canary}){animation:${canary} 1s}@keyframes ${canary}{from{top:0}}
  @media (${canary}){a{top:0}}@layer ${canary};@container ${canary} (width>1px){a{top:0}}.a{${canary}:1px;width:${canary}(1px);x:y}
  @property --${canary}{syntax:"${canary}"}@supports (${canary}:1){a{top:0}}@${canary} x{a{top:0}}.b{grid-template-areas:"${canary}"}
  :lang(${canary}),:state(${canary}),::${canary},:${canary},.c:is(${canary}|a){top:0}@scope (.${canary}){a{top:0}} ${canary}`;

/** The parts of a recording that can contain text. The names are those of the table of channels. */
const channels: Record<string, RecordedEvent[]> = {
  'input events': [
    snapshot([element(5, 'input')]),
    incremental(5, { id: 5, text: canary, isChecked: true, [canary]: canary }),
  ],
  'input events of unknown nodes': [incremental(5, { id: 99, text: canary, isChecked: false })],
  'headers and bodies': [
    plugin('rrweb/network@1', {
      requests: [
        {
          name: `https://${canary}:${canary}@shop.test/${canary}/x?${canary}=${canary}#${canary}`,
          method: canary,
          initiatorType: canary,
          requestHeaders: { authorization: canary, [canary]: canary },
          responseHeaders: { 'set-cookie': canary },
          requestBody: canary,
          responseBody: canary,
          status: canary,
          startTime: canary,
          [canary]: canary,
        },
      ],
      isInitial: canary,
    }),
  ],
  'console arguments and traces': [
    plugin('rrweb/console@1', {
      level: canary,
      payload: [
        canary,
        JSON.stringify(canary),
        JSON.stringify({ [canary]: [canary, JSON.stringify({ a: canary })] }),
        { [canary]: 1 },
      ],
      trace: [`${canary} (https://x.test/${canary}.js:1:1)`],
    }),
  ],
  'unknown plugins': [
    plugin(canary, { [canary]: canary }),
    plugin(`rrweb/console@${canary}`, { level: 'log', payload: [], trace: [] }),
  ],
  'page text': [snapshot([element(5, 'p', {}, [text(6, `Hello ${canary}`)])])],
  'texts split into pieces': [
    snapshot([
      element(
        5,
        'p',
        {},
        [...canary].map((letter, index) => element(10 + index, 'i', {}, [text(40 + index, letter)])),
      ),
    ]),
  ],
  'mutated texts': [
    snapshot([element(5, 'p', {}, [text(6, 'Hello')])]),
    mutation({
      texts: [
        { id: 6, value: canary },
        { id: 99, value: canary },
      ],
    }),
  ],
  'added nodes': [
    snapshot([]),
    mutation({ adds: [{ parentId: 3, nextId: null, node: element(7, 'p', { title: canary }, [text(8, canary)]) }] }),
  ],
  'nodes added to an unknown parent': [mutation({ adds: [{ parentId: 77, nextId: null, node: text(8, canary) }] })],
  'page URLs': [
    {
      type: 4,
      data: { href: `https://x.test/${canary}?a=${canary}`, width: 1, height: 1, [canary]: canary },
      timestamp: startedAt,
    },
  ],
  'custom events': [{ type: 5, data: { tag: canary, payload: { [canary]: canary } }, timestamp: startedAt }],
  annotations: [{ type: 8, data: { type: canary, text: canary, [canary]: canary }, timestamp: startedAt }],
  assets: [
    { type: 7, data: { url: canary, payload: { rr_type: 'CssText', cssTexts: [canary] } }, timestamp: startedAt },
  ],
  'unknown events': [
    { type: 42, data: { [canary]: canary }, timestamp: startedAt },
    incremental(42, { [canary]: canary }),
  ],
  'unknown fields': [
    snapshot([element(5, 'p', {}, [], { [canary]: canary, rootId: canary, isSVG: canary })]),
    mutation({ [canary]: canary } as object),
  ],
  canvas: [incremental(9, { id: 5, type: 0, commands: [{ property: 'fillText', args: [canary] }] })],
  fonts: [incremental(10, { family: canary, fontSource: canary, buffer: false })],
  selections: [incremental(14, { ranges: [{ start: canary }] })],
  'custom elements': [
    incremental(16, { define: { name: `${canary}-element` } }),
    snapshot([
      element(5, `${canary}-element`, {
        [canary]: canary,
        pill: canary,
        label: canary,
        variant: `${canary} ${canary}`,
      }),
    ]),
  ],
  'attribute names and values': [
    snapshot([
      element(
        5,
        'p',
        Object.fromEntries(
          `title alt placeholder aria-label aria-valuetext label summary href src srcset action poster data ping cite download content id name for
        class part slot exportparts list form headers aria-labelledby data-user data-props onclick srcdoc style datetime nonce value lang dir
        role type rel media charset role fill d points viewBox width transform xlink:href xmlns rr_dataURL rr_src rr_width _cssText
        ${canary} data-${canary}`
            .split(/\s+/)
            .map((name) => [name, canary]),
        ),
      ),
      ...[
        'input',
        'a',
        'img',
        'iframe',
        'link',
        'option',
        'textarea',
        'meta',
        'base',
        'form',
        'canvas',
        'svg',
        'use',
        'button',
        'slot',
        canary,
      ].map((tag, index) =>
        element(20 + index, tag, {
          href: `https://x.test/${canary}`,
          src: canary,
          value: canary,
          name: canary,
          content: canary,
          action: canary,
          rr_dataURL: canary,
          label: canary,
          type: canary,
        }),
      ),
    ]),
  ],
  'mutated attributes': [
    snapshot([element(5, 'input')]),
    mutation({
      attributes: [
        {
          id: 5,
          attributes: {
            value: canary,
            title: canary,
            [canary]: canary,
            'data-a': canary,
            style: { [`--${canary}`]: canary, color: [canary, canary], content: `"${canary}"` },
          },
        },
        { id: 99, attributes: { value: canary, class: canary } },
      ],
    }),
  ],
  'style sheets': [
    snapshot([
      element(5, 'style', { _cssText: css }, [text(6, '')]),
      element(7, 'style', {}, [text(8, css, { isStyle: true })]),
      element(9, 'p', { style: `--${canary}:${canary};background:url(${canary});${canary}:1px` }),
    ]),
    incremental(8, {
      id: 5,
      adds: css.split('}').map((rule, index) => ({ rule: `${rule}}`, index })),
      replace: css,
      replaceSync: css,
    }),
    incremental(13, { id: 5, index: [0], set: { property: `--${canary}`, value: canary, priority: canary } }),
    incremental(13, { id: 5, index: [0], set: { property: canary, value: canary } }),
    incremental(15, { id: 1, styleIds: [1, canary], styles: [{ styleId: 1, rules: [{ rule: css, index: 0 }] }] }),
  ],
  'comments, scripts, titles and doctypes': [
    snapshot(
      [
        { type: 5, id: 5, textContent: canary },
        { type: 4, id: 6, textContent: canary },
        { type: 1, id: 7, name: canary, publicId: canary, systemId: canary },
      ],
      [
        element(10, 'title', {}, [text(11, canary)]),
        element(12, 'script', { src: canary }, [text(13, canary)]),
        element(14, 'noscript', {}, [text(15, canary)]),
        element(16, 'meta', { name: 'author', content: canary }),
      ],
    ),
  ],
};

describe.each(Object.entries(channels))('%s', (name, events) => {
  it('don’t leak a name, value or text', () => {
    const { events: left } = redactSession(toSession(events));
    if (name !== 'texts split into pieces') expect(JSON.stringify(events)).toContain(canary);
    expect(JSON.stringify(left).toLowerCase()).not.toContain(canary);
    expect(unlistedWords(left, { hosts: ['x', 'test', 'shop'] })).toEqual([]);
  });
});

it('masks a text that is split into letters', () => {
  const { events } = redactSession(toSession(channels['texts split into pieces'] ?? []));
  expect(JSON.stringify(events).match(/"textContent":"[a-z]"/g)).toBeNull();
});

it('renames the tab', () => {
  const { events } = redactSession(toSession([snapshot([])], canary));
  expect(events.map(({ windowId }) => windowId)).toEqual(['window-1']);
});
