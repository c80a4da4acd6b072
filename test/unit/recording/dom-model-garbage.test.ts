import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { EventType, IncrementalSource, NodeType } from '../../../src-main/core/recording/events';
import { writeKeyframe } from '../../../src-main/core/recording/segments/keyframe';
import { TextTrack } from '../../../src-main/core/recording/model/visible-text';
import { add, applyAll, copy, element, incremental, mutation, pageOf, text } from './page-events';

const sources = Object.values(IncrementalSource).filter(
  (source): source is IncrementalSource => typeof source === 'number',
);
const id = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -1, max: 9 }) }, { weight: 1, arbitrary: fc.anything() });
const word = fc.constantFrom(
  '',
  'x',
  'none',
  '.a { color: red } @media print { .b {} }',
  '.c {}',
  '{',
  '"',
  '/*',
  '__proto__',
);
const index = fc.oneof(
  fc.integer({ min: -1, max: 3 }),
  fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 4 }),
  fc.anything(),
);
const value = fc.oneof({ weight: 5, arbitrary: word }, { weight: 1, arbitrary: fc.anything() });
const attributes = fc.dictionary(
  fc.constantFrom(
    'value',
    'class',
    'style',
    '_cssText',
    'hidden',
    'open',
    'onclick',
    'rr_width',
    'rr_mediaState',
    '__proto__',
  ),
  fc.oneof(
    value,
    fc.dictionary(fc.constantFrom('display', 'left', '__proto__'), fc.oneof(word, fc.constant(false), fc.anything())),
  ),
  { maxKeys: 4 },
);
const tag = fc.constantFrom(
  'div',
  'iframe',
  'textarea',
  'html',
  'style',
  'link',
  'input',
  'video',
  'dialog',
  'canvas',
  'script',
);

/** Creates a random node with random descendants. Ids repeat, so nodes can contain themselves. */
const { node } = fc.letrec<{ node: object }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.record({ type: fc.constant(NodeType.Text), id, textContent: value, rootId: fc.option(id) }),
    fc.record({
      type: fc.constantFrom(NodeType.Element, NodeType.Document, NodeType.DocumentType, NodeType.Comment),
      id,
      tagName: tag,
      attributes,
      isShadow: fc.boolean(),
      isSVG: fc.anything(),
      childNodes: fc.oneof(fc.array(tie('node'), { maxLength: 3 }), fc.anything()),
    }),
  ),
}));

const rules = fc.oneof(fc.array(fc.record({ rule: value, index }), { maxLength: 3 }), fc.anything());
const data = fc.record(
  {
    source: fc.constantFrom(...sources),
    id,
    styleId: id,
    parentId: id,
    removes: fc.oneof(fc.array(fc.record({ id, parentId: id }), { maxLength: 3 }), rules),
    adds: fc.oneof(
      fc.array(fc.record({ parentId: id, nextId: fc.option(id), previousId: fc.option(id), node }), { maxLength: 4 }),
      rules,
    ),
    texts: fc.array(fc.record({ id, value }), { maxLength: 2 }),
    attributes: fc.array(fc.record({ id, attributes }), { maxLength: 2 }),
    replaceSync: value,
    index,
    set: fc.record({ property: word, value, priority: value }),
    remove: fc.record({ property: value }),
    styles: fc.array(fc.record({ styleId: id, rules }), { maxLength: 2 }),
    styleIds: fc.array(id, { maxLength: 3 }),
    positions: fc.array(fc.record({ id, x: fc.anything(), y: fc.integer(), timeOffset: fc.integer() }), {
      maxLength: 2,
    }),
    x: fc.oneof(fc.integer(), fc.anything()),
    y: fc.integer(),
    text: value,
    isChecked: fc.anything(),
    type: fc.integer({ min: 0, max: 10 }),
    currentTime: fc.oneof(fc.double(), fc.anything()),
    ranges: fc.anything(),
    commands: fc.anything(),
    family: value,
    fontSource: value,
    descriptors: fc.anything(),
  },
  { requiredKeys: ['source'] },
);
const event = fc.oneof(
  { weight: 12, arbitrary: data.map((each) => ({ type: EventType.IncrementalSnapshot, data: each, timestamp: 0 })) },
  { weight: 2, arbitrary: node.map((each) => ({ type: EventType.FullSnapshot, data: { node: each }, timestamp: 0 })) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.integer({ min: 0, max: 9 }), data: fc.anything(), timestamp: fc.double() }),
  },
);

describe('DomModel with garbage', () => {
  it('never throws while it applies, writes a keyframe or tracks texts, and its keyframe restores the same state', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const model = pageOf(element(4, 'style', [text(5, '.a {}')]), element(6, 'iframe'), element(7, 'input'));
        const track = new TextTrack();
        track.follow('w', model);
        let now = 0;
        for (const each of events) {
          track.now((now += 10));
          model.apply(each);
        }
        track.finish();
        const written = copy(writeKeyframe(model, 0));
        const again = copy(writeKeyframe(applyAll(new DomModel(), ...copy(written)), 0));
        const third = copy(writeKeyframe(applyAll(new DomModel(), ...copy(again)), 0));
        expect(third).toEqual(again);
      }),
      { numRuns: 500 },
    );
  });

  it('handles long lists in any order in linear time', () => {
    const count = 50_000;
    const model = pageOf(element(4, 'ul'), element(5, 'style'), element(6, 'textarea'));
    const forwards = Array.from({ length: count }, (_, at) => ({
      parentId: 4,
      nextId: at === count - 1 ? null : 1001 + at,
      node: element(1000 + at, 'li'),
    }));
    applyAll(model, mutation({ adds: forwards }));
    expect(model.get(4)?.children.length).toBe(count);
    expect(model.get(4)?.children[0]?.id).toBe(1000);
    applyAll(
      model,
      mutation({ removes: forwards.map((each) => ({ parentId: 4, id: (each.node as { id: number }).id })) }),
      mutation({ texts: forwards.map((each) => ({ id: (each.node as { id: number }).id, value: '' })) }),
      mutation({
        adds: Array.from({ length: count }, (_, at) => ({ parentId: 6, nextId: null, node: text(at + 1000, '') })),
      }),
    );
    expect(model.get(6)?.children.length).toBe(1);
    expect(model.ignored).toBe(count);
  });

  it('never inserts a node under itself, at any depth', () => {
    let chain = element(20_000, 'i');
    for (let at = 19_999; at >= 10; at--) chain = element(at, 'div', [chain]);
    const model = pageOf(chain);
    for (let round = 0; round < 1000; round++) applyAll(model, add(19_990, element(10 + round, 'div')));
    expect(model.ignored).toBe(1000);
    expect(model.get(20_000)?.parent?.id).toBe(19_999);
  });

  it('limits rules, documents and waiting nodes', () => {
    const model = pageOf(element(4, 'style'));
    for (let at = 0; at < 300; at++) {
      applyAll(model, add(5000 + at, { type: NodeType.Document, id: 9000 + at, childNodes: [] }));
    }
    expect(model.ignored).toBe(200);
    const many = Array.from({ length: 60_000 }, () => ({ rule: '.a {}' }));
    applyAll(
      model,
      incremental(IncrementalSource.StyleSheetRule, { id: 4, adds: many.map((each) => ({ ...each, index: 99_999 })) }),
    );
    const adds = writeKeyframe(model, 0).flatMap((each) => (each.data as { adds?: unknown[] }).adds ?? []);
    expect(adds.length).toBe(50_000 + 100);
  });
});
