import { describe, expect, it } from 'vitest';
import type { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { EventType, IncrementalSource } from '../../../src-main/core/recording/events';
import type { JsonRecord } from '../../../src-main/core/recording/json';
import { writeKeyframe } from '../../../src-main/core/recording/segments/keyframe';
import { foldPast } from '../../../src-renderer/replay/fold-past';
import {
  add,
  applyAll,
  copy,
  documentNode,
  element,
  incremental,
  mutation,
  pageOf,
  snapshot,
  text,
  throughKeyframe,
  writtenOf,
} from './page-events';

const { Input, Scroll, MediaInteraction, Selection, StyleSheetRule, StyleDeclaration, AdoptedStyleSheet, MouseMove } =
  IncrementalSource;

/** One element of every kind with a state, with ids from 100. */
function specimens(more: Record<string, unknown>): object[] {
  return [
    element(100, 'div', [], more),
    element(101, 'input', [], { attributes: { type: 'text' }, ...more }),
    element(102, 'textarea', [], more),
    element(103, 'input', [], { attributes: { type: 'checkbox' }, ...more }),
    element(
      104,
      'select',
      ['a', 'b', 'c'].map((value, index) => element(110 + index, 'option', [], { attributes: { value } })),
      more,
    ),
    element(105, 'video', [], more),
    element(106, 'style', [], { attributes: { _cssText: '.a { top: 0 }' }, ...more }),
    element(107, 'p', [text(120, 'some words')], more),
    element(108, 'dialog', [], more),
  ];
}

const frame = (id: number, nodes: object[]): object => documentNode(id, [element(id + 1, 'html', nodes)]);
const host = (id: number, nodes: object[], more: Record<string, unknown> = {}): object =>
  element(id, 'x-host', nodes, { isShadowHost: true, ...more });
const inShadow = { isShadow: true };

/** Containers of elements, each with a page that has the sample elements in it and with the node that adopts style sheets for them. */
const containers: [name: string, page: () => DomModel, sheetHost: number][] = [
  ['the main document', () => pageOf(...specimens({})), 1],
  ['an iframe', () => applyAll(pageOf(element(10, 'iframe')), add(10, frame(11, specimens({})))), 11],
  ['a shadow root', () => pageOf(host(20, specimens(inShadow))), 20],
  [
    'a shadow root in an iframe in a shadow root',
    () =>
      applyAll(
        pageOf(host(30, [element(31, 'iframe', [], inShadow)])),
        add(31, frame(32, [host(40, specimens(inShadow))])),
      ),
    40,
  ],
];

/** A recorded change of an element's state, and the keyframe's event that restores it. */
const states: [name: string, source: IncrementalSource, data: JsonRecord][] = [
  ['the scroll offset of an element', Scroll, { id: 100, x: 3, y: 70 }],
  ['the scroll offset of an input', Scroll, { id: 101, x: 164, y: 0 }],
  ['the scroll offset of a textarea', Scroll, { id: 102, x: 0, y: 20 }],
  ['the value of an input', Input, { id: 101, text: 'typed', isChecked: false }],
  ['the value of a textarea', Input, { id: 102, text: 'typed', isChecked: false }],
  ['the state of a checkbox', Input, { id: 103, text: 'on', isChecked: true }],
  ['the selected option', Input, { id: 104, text: 'b', isChecked: false }],
  [
    'the state of a video',
    MediaInteraction,
    { id: 105, type: 1, currentTime: 4, volume: 0.5, muted: true, loop: true, playbackRate: 2 },
  ],
  ['an inserted rule', StyleSheetRule, { id: 106, adds: [{ rule: '.b {}', index: 0 }] }],
  ['a removed rule', StyleSheetRule, { id: 106, removes: [{ index: 0 }] }],
  ['a changed declaration', StyleDeclaration, { id: 106, index: [0], set: { property: 'top', value: '1px' } }],
  ['the selection', Selection, { ranges: [{ start: 120, startOffset: 1, end: 120, endOffset: 4 }] }],
  ['the pointer', MouseMove, { positions: [{ x: 1, y: 2, id: 107, timeOffset: 0 }] }],
];

describe.each(containers)('a keyframe keeps, in %s,', (_name, page, sheetHost) => {
  it.each(states)('%s', (_state, source, data) => {
    const model = applyAll(page(), incremental(source, data));
    expect(writtenOf(model, source).filter((written) => written.id === data.id)).toEqual([data]);
    expect(writeKeyframe(throughKeyframe(model), 0)).toEqual(copy(writeKeyframe(model, 0)));
  });

  it('adopted style sheets', () => {
    const rules = [{ rule: '.s {}', index: 0 }];
    const adopt = incremental(AdoptedStyleSheet, { id: sheetHost, styles: [{ styleId: 7, rules }], styleIds: [7] });
    const model = applyAll(page(), adopt);
    const written = writtenOf(model, AdoptedStyleSheet);
    expect(written.find(({ styles }) => styles !== undefined)?.styles).toEqual([{ styleId: 7, rules }]);
    expect(written.find(({ id }) => id === sheetHost)?.styleIds).toEqual([7]);
    expect(writtenOf(throughKeyframe(model), AdoptedStyleSheet)).toEqual(written);
  });

  it('an open modal dialog and single properties of a style', () => {
    const change = (id: number, attributes: object): object => mutation({ attributes: [{ id, attributes }] });
    const model = applyAll(
      page(),
      change(108, { open: '', rr_open_mode: 'modal' }),
      change(107, { style: { left: '1px' } }),
    );
    const again = throughKeyframe(model);
    expect([...(again.get(108)?.attributes ?? [])]).toEqual([
      ['open', ''],
      ['rr_open_mode', 'modal'],
    ]);
    expect(JSON.stringify(writeKeyframe(again, 0))).toContain('"style":{"left":"1px"}');
  });

  it('the scroll offset of a field together with the value that it needs to be scrolled', () => {
    const model = applyAll(
      page(),
      incremental(Scroll, { id: 101, x: 164, y: 0 }),
      incremental(Input, { id: 101, text: 'a long text', isChecked: false }),
      incremental(Input, { id: 104, text: 'c', isChecked: false }),
      incremental(Scroll, { id: 104, x: 0, y: 9 }),
    );
    const sources = writeKeyframe(model, 0).map(({ data }) => (data as { source?: IncrementalSource }).source);
    expect(sources.lastIndexOf(Input)).toBeLessThan(sources.indexOf(Scroll));
  });
});

it.each([1, 1000])('folding the past keeps values before scroll offsets, in a list of %i changes', (length) => {
  const changes = Array.from({ length }, (_, index) => incremental(Input, { id: 4, text: `${index}` }, 2));
  const nodes = [element(2, 'html', [element(4, 'input', [], { attributes: { type: 'text' } })])];
  const events = [snapshot(documentNode(1, nodes), 1), ...changes, incremental(Scroll, { id: 4, x: 164, y: 0 }, 3)];
  const folded = foldPast(events, 3, 1).slice(2);
  expect(folded.map(({ type, data }) => [type, (data as JsonRecord).source])).toEqual([
    [EventType.IncrementalSnapshot, Input],
    [EventType.IncrementalSnapshot, Scroll],
  ]);
});

describe('the selection of a drop-down whose options change', () => {
  const option = (id: number, value: string, more: Record<string, unknown> = {}): object =>
    element(id, 'option', [], { attributes: { value, ...more } });
  const dropDown = (...options: object[]): DomModel => pageOf(element(4, 'select', options));
  const choose = (value: string): object => incremental(Input, { id: 4, text: value, isChecked: false });
  const remove = (id: number): object => mutation({ removes: [{ parentId: 4, id }] });
  const selected = (model: DomModel): unknown[] => writtenOf(model, Input).map((data) => data.text);

  it('moves to a selected option that is inserted', () => {
    const model = applyAll(
      dropDown(option(5, 'a'), option(6, 'b')),
      choose('b'),
      add(4, option(7, 'c', { selected: true })),
    );
    expect(selected(model)).toEqual(['c']);
    expect(selected(throughKeyframe(model))).toEqual(['c']);
    expect(selected(applyAll(model, choose('a')))).toEqual(['a']);
  });

  it('moves to the first enabled option when the selected option is removed', () => {
    const model = dropDown(option(5, 'a', { disabled: true }), option(6, 'b'), option(7, 'c'));
    expect(selected(applyAll(model, choose('c'), remove(6)))).toEqual(['c']);
    expect(selected(applyAll(model, add(4, option(8, 'd')), remove(7)))).toEqual(['d']);
  });

  it('follows the new options when all are replaced', () => {
    const model = applyAll(
      dropDown(option(5, 'a'), option(6, 'b')),
      choose('b'),
      remove(5),
      remove(6),
      add(4, option(7, 'x')),
    );
    expect(selected(model)).toEqual([]);
    expect(throughKeyframe(model).get(4)?.value).toBeUndefined();
  });

  it('stays empty for a masked value until an option is added or removed', () => {
    const model = applyAll(dropDown(option(5, 'a'), option(6, 'b')), choose('***'));
    expect(selected(model)).toEqual(['***']);
    expect(selected(applyAll(model, remove(6)))).toEqual(['a']);
  });

  it('follows an attribute that selects an option, also one in a group', () => {
    const model = pageOf(element(4, 'select', [option(5, 'a'), element(6, 'optgroup', [option(7, 'b')])]));
    applyAll(model, choose('a'), mutation({ attributes: [{ id: 7, attributes: { selected: '' } }] }));
    expect(selected(model)).toEqual(['b']);
  });
});

it('a radio button that is inserted checked clears its group', () => {
  const radio = (id: number, more: Record<string, unknown> = {}): object =>
    element(id, 'input', [], { attributes: { type: 'radio', name: 'n', ...more } });
  const model = applyAll(
    pageOf(radio(4)),
    incremental(Input, { id: 4, text: 'on', isChecked: true }),
    add(3, radio(5, { checked: true })),
  );
  expect(writtenOf(model, Input).map(({ id, isChecked }) => [id, isChecked])).toEqual([
    [4, true],
    [5, true],
  ]);
});
