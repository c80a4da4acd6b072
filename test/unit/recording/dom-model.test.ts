import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomModel, type ModelNode } from '../../../src-main/core/recording/dom-model';
import { EventType, IncrementalSource, NodeType } from '../../../src-main/core/recording/events';
import { readHarbor } from './harbor';

const element = (id: number, tagName: string, childNodes: object[] = [], more: object = {}): object => ({
  type: NodeType.Element,
  id,
  tagName,
  attributes: {},
  childNodes,
  ...more,
});
const text = (id: number, textContent: string): object => ({ type: NodeType.Text, id, textContent });
const documentNode = (id: number, childNodes: object[]): object => ({ type: NodeType.Document, id, childNodes });
const snapshot = (node: object) => ({ type: EventType.FullSnapshot, data: { node }, timestamp: 0 });
const mutation = (data: object) => ({
  type: EventType.IncrementalSnapshot,
  data: { source: IncrementalSource.Mutation, adds: [], removes: [], texts: [], attributes: [], ...data },
  timestamp: 0,
});
const page = (): DomModel => {
  const model = new DomModel();
  model.apply(
    snapshot(documentNode(1, [element(2, 'html', [element(3, 'BODY', [element(4, 'p'), element(5, 'p')])])])),
  );
  return model;
};
const childIds = (model: DomModel, id: number): number[] => model.get(id)?.children.map((child) => child.id) ?? [];

describe('DomModel', () => {
  it('takes a snapshot as its page and forgets the one before', () => {
    const model = page();
    expect(model.get(3)?.tag).toBe('body');
    expect(model.get(4)?.parent?.id).toBe(3);
    model.apply(snapshot(documentNode(1, [element(9, 'html')])));
    expect(model.get(3)).toBeUndefined();
    expect(model.root?.children.map(({ id }) => id)).toEqual([9]);
    expect(model.ignored).toBe(0);
  });

  it('places additions by their next sibling, also when that and the parent come later in the list', () => {
    const model = page();
    model.apply(
      mutation({
        adds: [
          { parentId: 10, nextId: null, node: text(13, 'deep') },
          { parentId: 3, nextId: 11, node: element(10, 'div') },
          { parentId: 3, nextId: 12, node: element(11, 'div') },
          { parentId: 3, nextId: 5, node: element(12, 'div') },
          { parentId: 3, nextId: null, node: element(14, 'div') },
        ],
      }),
    );
    expect(childIds(model, 3)).toEqual([4, 10, 11, 12, 5, 14]);
    expect(model.get(13)?.parent?.id).toBe(10);
    expect(model.ignored).toBe(0);
  });

  it('ignores and counts an addition whose neighbours never come', () => {
    const model = page();
    model.apply(
      mutation({
        adds: [
          { parentId: 77, nextId: null, node: element(10, 'div') },
          { parentId: 3, nextId: 78, node: element(11, 'div') },
          { parentId: 3, nextId: null, node: { type: 99, id: 12 } },
        ],
      }),
    );
    expect(childIds(model, 3)).toEqual([4, 5]);
    expect(model.ignored).toBe(3);
  });

  it('moves a node that is removed and added in one mutation, without what was below it', () => {
    const model = page();
    model.apply(
      mutation({ removes: [{ parentId: 3, id: 4 }], adds: [{ parentId: 5, nextId: null, node: element(4, 'p') }] }),
    );
    expect(childIds(model, 3)).toEqual([5]);
    expect(model.get(4)?.parent?.id).toBe(5);
  });

  it('never puts a node under itself', () => {
    const model = page();
    model.apply(mutation({ adds: [{ parentId: 4, nextId: null, node: element(3, 'body') }] }));
    model.apply(mutation({ adds: [{ parentId: 4, nextId: null, node: element(4, 'p') }] }));
    model.apply(mutation({ adds: [{ parentId: 4, nextId: null, node: documentNode(1, []) }] }));
    expect(model.get(3)?.parent?.id).toBe(2);
    expect(model.ignored).toBe(3);
  });

  it('attaches the document of an iframe, whichever of the two comes first', () => {
    const frame = (order: 'iframe' | 'document'): DomModel => {
      const model = page();
      const steps = [
        mutation({ adds: [{ parentId: 3, nextId: null, node: element(20, 'iframe') }] }),
        mutation({
          adds: [{ parentId: 20, nextId: null, node: documentNode(21, [element(22, 'html', [], { rootId: 21 })]) }],
          isAttachIframe: true,
        }),
      ];
      for (const step of order === 'iframe' ? steps : steps.reverse()) model.apply(step);
      return model;
    };
    for (const order of ['iframe', 'document'] as const) {
      const model = frame(order);
      expect(model.get(22)?.parent?.parent?.id).toBe(20);
      expect(model.ignored).toBe(0);
    }
  });

  it('says which children are in a shadow root', () => {
    const model = page();
    model.apply(
      mutation({
        adds: [{ parentId: 4, nextId: null, node: element(30, 'slot', [], { isShadow: true }) }],
      }),
    );
    expect(model.get(30)).toMatchObject({ isShadow: true, parent: { id: 4 } });
  });

  it('places nodes that an old recorder wrote before their sibling was numbered', () => {
    const model = page();
    model.apply(
      mutation({
        adds: [
          { parentId: 3, previousId: 5, nextId: -1, node: element(40, 'i') },
          { parentId: 3, previousId: 40, nextId: null, node: element(41, 'b') },
        ],
      }),
    );
    expect(childIds(model, 3)).toEqual([4, 5, 40, 41]);
  });

  it('follows texts, attributes and inputs', () => {
    const model = page();
    model.apply(mutation({ adds: [{ parentId: 4, nextId: null, node: text(6, 'old') }] }));
    model.apply(
      mutation({
        texts: [{ id: 6, value: 'new' }],
        attributes: [{ id: 4, attributes: { class: 'a', title: null, style: { color: 'red' } } }],
      }),
    );
    model.apply({
      type: EventType.IncrementalSnapshot,
      data: { source: IncrementalSource.Input, id: 4, text: 'typed', isChecked: true },
      timestamp: 0,
    });
    expect(model.get(6)?.text).toBe('new');
    expect([...(model.get(4)?.attributes ?? [])]).toEqual([['class', 'a']]);
    expect(model.get(4)).toMatchObject({ value: 'typed', isChecked: true });
  });

  it('fits every event of a real recording', () => {
    const model = new DomModel();
    for (const event of readHarbor()) model.apply(event);
    expect(model.ignored).toBe(0);
  });

  it('takes a page as deep as anybody likes', () => {
    let node = element(100_002, 'i');
    for (let id = 100_000; id > 1; id--) node = element(id, 'div', [node]);
    const model = new DomModel();
    model.apply(snapshot(documentNode(1, [node])));
    model.apply(mutation({ removes: [{ parentId: 2, id: 3 }] }));
    expect(model.get(3)).toBeUndefined();
    expect(model.get(100_002)).toBeUndefined();
    expect(model.get(2)).toBeDefined();
  });

  it('stays a tree whatever is applied, and never throws', () => {
    const id = fc.integer({ min: -1, max: 12 });
    const node: fc.Arbitrary<object> = fc.oneof(
      fc.record({
        type: fc.constant(NodeType.Element),
        id,
        tagName: fc.constantFrom('div', 'iframe', 'textarea', 'html'),
        attributes: fc.constant({ value: 'v' }),
        childNodes: fc.constant([]),
      }),
      fc.record({ type: fc.constant(NodeType.Text), id, textContent: fc.string() }),
      fc.record({
        type: fc.constant(NodeType.Document),
        id,
        childNodes: fc.array(
          id.map((child) => element(child, 'html')),
          { maxLength: 2 },
        ),
      }),
    );
    const add = fc.record({ parentId: id, nextId: fc.option(id), previousId: fc.option(id), node });
    const change = fc.record({
      id,
      attributes: fc.dictionary(fc.constantFrom('value', 'class'), fc.option(fc.string())),
    });
    const event = fc.oneof(
      fc
        .record({
          removes: fc.array(fc.record({ id, parentId: id }), { maxLength: 3 }),
          adds: fc.array(fc.oneof({ weight: 9, arbitrary: add }, fc.anything() as fc.Arbitrary<object>), {
            maxLength: 6,
          }),
          texts: fc.array(fc.record({ id, value: fc.option(fc.string()) }), { maxLength: 2 }),
          attributes: fc.array(change, { maxLength: 2 }),
        })
        .map(mutation),
      fc.anything().map((data) => ({ type: EventType.IncrementalSnapshot, data, timestamp: 0 })),
      fc.anything().map((data) => ({ type: EventType.FullSnapshot, data: { node: data }, timestamp: 0 })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        const model = page();
        for (const next of events) model.apply(next);
        expect(isTree(model)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('control: the tree check sees a cycle and a child that its parent does not know', () => {
    const model = page();
    const body = model.get(3);
    const inner = model.get(4) as unknown as { parent: unknown };
    inner.parent = undefined;
    expect(isTree(model)).toBe(false);
    inner.parent = body;
    expect(isTree(model)).toBe(true);
    (model.get(2) as unknown as { parent: unknown }).parent = body;
    expect(isTree(model)).toBe(false);
  });
});

/** Every node once, every child's parent the one that lists it, and siblings linked both ways. */
function isTree(model: DomModel): boolean {
  const seen = new Set<ModelNode>();
  const { root } = model;
  if (!root) return true;
  if (root.parent) return false;
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) return false;
    seen.add(node);
    for (const child of node.children) {
      if (child.parent !== node) return false;
      open.push(child);
    }
  }
  return true;
}
