import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordConverter } from '../../../src-main/core/sources/datadog/convert';

const timestamp = 1_657_620_232_337;
const record = (type: number, data?: unknown, format?: number) => ({ type, timestamp, data, format });

/** A page with a check box, a text field, a video, an option, a style sheet and a shadow tree, in the newer format. */
const page = [
  [0, 'id', 'p { color: red }', 'span { color: green }'],
  [
    1,
    [null, '#document'],
    [1, '#doctype', 'html', '', ''],
    [0, 'HTML'],
    [1, 'BODY', ['class', 'main']],
    [1, 'INPUT', ['type', 'checkbox'], ['value', 'yes']],
    [0, 'INPUT', ['type', 'text']],
    [0, 'VIDEO'],
    [0, 'OPTION', ['value', 'a']],
    [0, 'STYLE'],
    [0, 'DIV', [0, 'host']],
    [1, '#shadow-root'],
    [1, { role: 1, string: 'svg>linearGradient' }],
    [-8, '#text', 'Hello'],
  ],
  [6, [0, 0, 50], [3, 7, 0]],
  [7, [1], [[2], ['screen'], false], ['a {}', [], true]],
  [8, [8, 0], [10, 1, 2], [0, 1]],
  [9, [6, 0]],
];

function open() {
  const converter = new RecordConverter();
  const snapshot = converter.convert(record(2, page, 1));
  const change = (...changes: unknown[][]) => converter.convert(record(12, changes));
  return { converter, snapshot, change };
}

describe('a record in the newer format', () => {
  it('becomes a full snapshot with numbered nodes, a shadow tree, scroll positions and style sheets', () => {
    const [full, ...adopted] = open().snapshot ?? [];
    expect(full).toMatchObject({
      type: 2,
      data: {
        initialOffset: { left: 0, top: 50 },
        node: {
          id: 1,
          type: 0,
          childNodes: [
            { id: 2, type: 1, name: 'html', publicId: '', systemId: '' },
            {
              id: 3,
              tagName: 'html',
              childNodes: [
                {
                  id: 4,
                  tagName: 'body',
                  attributes: { class: 'main', rr_scrollLeft: '7' },
                  childNodes: [
                    { id: 13, type: 3, textContent: 'Hello' },
                    { id: 5, tagName: 'input' },
                    { id: 6, tagName: 'input' },
                    { id: 7, tagName: 'video', attributes: { rr_mediaState: 'played' } },
                    { id: 8, tagName: 'option' },
                    { id: 9, tagName: 'style', attributes: { _cssText: 'p { color: red }' } },
                    {
                      id: 10,
                      attributes: { id: 'host' },
                      isShadowHost: true,
                      childNodes: [{ id: 12, tagName: 'lineargradient', isSVG: true, isShadow: true }],
                    },
                  ],
                },
              ],
            },
          ],
        },
      },
    });
    const green = { rule: '@media screen { span { color: green } }', index: 0 };
    expect(adopted).toEqual([
      {
        type: 3,
        data: {
          source: 15,
          id: 10,
          styleIds: [2, 3],
          styles: [
            { styleId: 2, rules: [green] },
            { styleId: 3, rules: [] },
          ],
        },
      },
      { type: 3, data: { source: 15, id: 1, styleIds: [2], styles: [{ styleId: 2, rules: [green] }] } },
    ]);
  });

  it('becomes a mutation: removals, additions from the last sibling on, attributes and texts', () => {
    const { change } = open();
    const events = change(
      [2, 4],
      [1, [10, 'UL'], [1, 'LI'], [0, 'LI', ['class', 'b']], [-1, 'B']],
      [3, [3, ['class']], [9, ['title', 'x']], [14, ['class', 'a']]],
      [4, [12, 'Bye']],
    );
    expect(events).toEqual([
      {
        type: 3,
        data: {
          source: 0,
          removes: [{ id: 5, parentId: 4 }],
          adds: [
            { parentId: 4, nextId: null, node: { id: 14, type: 2, tagName: 'ul', attributes: {}, childNodes: [] } },
            {
              parentId: 14,
              nextId: null,
              node: expect.objectContaining({ id: 16, attributes: { class: 'b' } }) as object,
            },
            { parentId: 14, nextId: 16, node: expect.objectContaining({ id: 17, tagName: 'b' }) as object },
            {
              parentId: 14,
              nextId: 17,
              node: expect.objectContaining({ id: 15, attributes: { class: 'a' } }) as object,
            },
          ],
          attributes: [
            { id: 4, attributes: { class: null } },
            { id: 10, attributes: { title: 'x' } },
          ],
          texts: [{ id: 13, value: 'Bye' }],
        },
      },
    ]);
  });

  it('changes a shadow tree through its host', () => {
    const { change } = open();
    expect(change([1, [3, 'I']], [2, 11])).toMatchObject([
      {
        data: {
          removes: [{ id: 12, parentId: 10, isShadow: true }],
          adds: [{ parentId: 10, nextId: null, node: { tagName: 'i', isShadow: true } }],
        },
      },
    ]);
    expect(change([1, [5, '#shadow-root'], [1, 'U']])).toMatchObject([
      { data: { adds: [{ parentId: 10, node: { tagName: 'u', isShadow: true } }] } },
    ]);
  });

  it('becomes scrolling, typing, choices and media', () => {
    const { change } = open();
    expect(change([6, [3, 1, 2]])).toEqual([{ type: 3, data: { source: 3, id: 4, x: 1, y: 2 } }]);
    expect(change([12, [5, 'Jane']])).toEqual([
      { type: 3, data: { source: 5, id: 6, text: 'Jane', isChecked: false } },
    ]);
    expect(change([13, [0, 4]])).toEqual([{ type: 3, data: { source: 5, id: 5, text: 'yes', isChecked: true } }]);
    expect(change([13, [0, 7]])).toMatchObject([{ data: { attributes: [{ id: 8, attributes: { selected: '' } }] } }]);
    expect(change([9, [6, 1]])).toEqual([{ type: 3, data: { source: 7, id: 7, type: 1 } }]);
    expect(change([5, [3, 10, 20]])).toMatchObject([
      { data: { attributes: [{ id: 4, attributes: { rr_width: '10px', rr_height: '20px' } }] } },
    ]);
    expect(change([10, [0, 0, 0, 0, 1, 1, 2]])).toEqual([]);
    expect(change([11, 4, 'a', 'b'], [4, [12, 4]])).toMatchObject([{ data: { texts: [{ id: 13, value: 'b' }] } }]);
  });

  it.each<[string, unknown[]]>([
    ['an unknown node', [4, [99, 'x']]],
    ['an unknown string', [4, [12, 99]]],
    ['an unknown style sheet', [8, [8, 99]]],
    ['a second root', [1, [null, '#document']]],
    ['a parent that is none', [1, [99, 'P']]],
    ['an unknown change', [99, 1]],
    ['nothing', []],
  ])('is unreadable if it refers to %s', (_, change) => {
    expect(open().change(change)).toBeUndefined();
  });

  it('is unreadable before a full snapshot, and when the page is deeper than any browser’s', () => {
    expect(new RecordConverter().convert(record(12, [[4, [1, 'x']]]))).toBeUndefined();
    const deep = Array.from({ length: 20_000 }, () => [1, 'P']);
    expect(open().change([1, [3, 'P'], ...deep])).toBeUndefined();
    expect(new RecordConverter().convert(record(2, page, 1))).toHaveLength(3);
  });
});

describe('a record in the older format', () => {
  it('becomes a snapshot in which the host carries the shadow tree and its style sheets', () => {
    const converter = new RecordConverter();
    const element = (id: number, childNodes: unknown[] = []) => ({
      id,
      type: 2,
      tagName: 'div',
      attributes: {},
      childNodes,
    });
    const root = {
      id: 5,
      type: 11,
      isShadowRoot: true,
      adoptedStyleSheets: [{ cssRules: ['p {}'], media: ['print'] }],
      childNodes: [element(6)],
    };
    const node = { id: 0, type: 0, childNodes: [element(1, [root, element(7)])] };
    expect(converter.convert(record(2, { node, initialOffset: { left: 1, top: 2 } }))).toMatchObject([
      {
        type: 2,
        data: {
          node: { childNodes: [{ id: 2, isShadowHost: true, childNodes: [{ id: 7, isShadow: true }, { id: 8 }] }] },
          initialOffset: { left: 1, top: 2 },
        },
      },
      { data: { source: 15, id: 2, styles: [{ rules: [{ rule: '@media print { p {} }' }] }] } },
    ]);
    const mutation = {
      source: 0,
      adds: [{ parentId: 5, nextId: 6, node: element(8) }],
      removes: [{ id: 6, parentId: 5 }],
      attributes: [],
      texts: [],
    };
    expect(converter.convert(record(3, mutation))).toMatchObject([
      {
        data: {
          adds: [{ parentId: 2, nextId: 7, node: { id: 9, isShadow: true } }],
          removes: [{ id: 7, parentId: 2, isShadow: true }],
        },
      },
    ]);
  });
});

describe('other records', () => {
  it.each<[string, object, unknown]>([
    ['a pointer, which the mouse repeats', record(3, { source: 9, pointerEventType: 'move', x: 1, y: 1 }), []],
    ['the end of a view', record(7), []],
    ['zooming with two fingers', record(8, { scale: 2 }), []],
    ['the first focus', record(6, { has_focus: true }), []],
    [
      'a check box',
      record(3, { source: 5, id: 3, isChecked: true }),
      [{ type: 3, data: { source: 5, id: 4, text: 'on', isChecked: true } }],
    ],
    [
      'a touch',
      record(3, { source: 6, positions: [{ id: 3, x: 1, y: 2, timeOffset: 0 }] }),
      [{ type: 3, data: { source: 6, positions: [{ id: 4, x: 1, y: 2, timeOffset: 0 }] } }],
    ],
    [
      'frustration',
      record(9, { frustrationTypes: ['rage_click'], recordIds: [1] }),
      [{ type: 5, data: { tag: 'frustration', payload: { types: ['rage_click'] } } }],
    ],
  ])('%s', (_, given, events) => {
    expect(new RecordConverter().convert(given as Parameters<RecordConverter['convert']>[0])).toEqual(events);
  });

  it('report the focus when it changes', () => {
    const converter = new RecordConverter();
    const focus = (has_focus: boolean) => converter.convert(record(6, { has_focus }));
    expect([true, false, false, true].map(focus)).toMatchObject([
      [],
      [{ data: { tag: 'window hidden' } }],
      [],
      [{ data: { tag: 'window visible' } }],
    ]);
  });

  it('never throw, whatever they contain', () => {
    const json = fc.jsonValue({ maxDepth: 6 });
    const changes = fc.array(
      fc.array(fc.oneof(fc.integer({ min: -3, max: 14 }), fc.string(), fc.array(json)), { maxLength: 6 }),
    );
    const data = fc.oneof(json, changes, fc.record({ source: fc.integer({ min: 0, max: 10 }), adds: fc.array(json) }));
    const records = fc.array(fc.record({ type: fc.integer({ min: 0, max: 13 }), format: fc.constantFrom(0, 1), data }));
    fc.assert(
      fc.property(records, (all) => {
        const { converter } = open();
        for (const one of all) converter.convert({ timestamp, ...one });
      }),
      { numRuns: 300 },
    );
  });
});
