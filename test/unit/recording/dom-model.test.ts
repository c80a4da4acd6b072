import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomModel, type ModelNode } from '../../../src-main/core/recording/model/dom-model';
import { EventType, IncrementalSource, NodeType } from '../../../src-main/core/recording/events';
import { readHarbor } from './harbor';
import { documentNode, element, mutation, snapshot, text } from './page-events';

const page = (): DomModel => {
  const model = new DomModel();
  model.apply(
    snapshot(documentNode(1, [element(2, 'html', [element(3, 'BODY', [element(4, 'p'), element(5, 'p')])])])),
  );
  return model;
};
const childIds = (model: DomModel, id: number): number[] => model.get(id)?.children.map((child) => child.id) ?? [];

describe('DomModel', () => {
  it('replaces its page with a snapshot', () => {
    const model = page();
    expect(model.get(3)?.tag).toBe('body');
    expect(model.get(4)?.parent?.id).toBe(3);
    model.apply(snapshot(documentNode(1, [element(9, 'html')])));
    expect(model.get(3)).toBeUndefined();
    expect(model.root?.children.map(({ id }) => id)).toEqual([9]);
    expect(model.ignored).toBe(0);
  });

  it('inserts additions before their next sibling, even if the sibling and the parent come later in the list', () => {
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

  it('ignores and counts an addition whose siblings never come', () => {
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

  it('moves a node that is removed and added in one mutation, without its old children', () => {
    const model = page();
    model.apply(
      mutation({ removes: [{ parentId: 3, id: 4 }], adds: [{ parentId: 5, nextId: null, node: element(4, 'p') }] }),
    );
    expect(childIds(model, 3)).toEqual([5]);
    expect(model.get(4)?.parent?.id).toBe(5);
  });

  it('never inserts a node under itself', () => {
    const model = page();
    model.apply(mutation({ adds: [{ parentId: 4, nextId: null, node: element(3, 'body') }] }));
    model.apply(mutation({ adds: [{ parentId: 4, nextId: null, node: element(4, 'p') }] }));
    model.apply(mutation({ adds: [{ parentId: 4, nextId: null, node: documentNode(1, []) }] }));
    expect(model.get(3)?.parent?.id).toBe(2);
    expect(model.ignored).toBe(3);
  });

  it('attaches an iframe’s document, whichever of the two comes first', () => {
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

  it('marks children of a shadow root', () => {
    const model = page();
    model.apply(
      mutation({
        adds: [{ parentId: 4, nextId: null, node: element(30, 'slot', [], { isShadow: true }) }],
      }),
    );
    expect(model.get(30)).toMatchObject({ isShadow: true, parent: { id: 4 } });
  });

  it('inserts nodes that an old recorder wrote before their sibling had an id', () => {
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

  it('keeps a textarea’s recorded value as its entire content until a text is inserted', () => {
    const model = page();
    const textarea = element(20, 'textarea', [text(21, 'twice')], { attributes: { value: 'once' } });
    model.apply(snapshot(documentNode(1, [element(2, 'html', [textarea])])));
    expect(childIds(model, 20)).toEqual([]);
    model.apply(mutation({ adds: [{ parentId: 20, nextId: null, node: text(22, 'typed') }] }));
    model.apply(mutation({ adds: [{ parentId: 20, nextId: null, node: text(23, 'again') }] }));
    expect(childIds(model, 20)).toEqual([23]);
    expect(model.get(20)?.attributes.has('value')).toBe(false);
    model.apply(mutation({ attributes: [{ id: 20, attributes: { value: 'set' } }] }));
    expect(childIds(model, 20)).toEqual([]);
  });

  it('replaces the root element and document type of a document that was reopened', () => {
    const model = page();
    model.apply(mutation({ adds: [{ parentId: 1, nextId: null, node: element(20, 'html') }] }));
    expect(childIds(model, 1)).toEqual([20]);
    expect(model.get(3)).toBeUndefined();
  });

  it('keeps a node that is recorded again unchanged, with its later changes', () => {
    const model = page();
    model.apply(mutation({ attributes: [{ id: 4, attributes: { class: 'late' } }] }));
    model.apply(mutation({ adds: [{ parentId: 5, nextId: null, node: element(4, 'p') }] }));
    expect(model.get(4)).toMatchObject({ parent: { id: 5 } });
    expect(model.get(4)?.attributes.get('class')).toBe('late');
  });

  it('counts no loss if a node is removed with its parent', () => {
    const model = page();
    model.apply(
      mutation({
        removes: [
          { parentId: 2, id: 3 },
          { parentId: 3, id: 4 },
        ],
        texts: [{ id: 3, value: '' }],
        attributes: [{ id: 3, attributes: {} }],
      }),
    );
    expect(model.ignored).toBe(0);
    expect(model.get(4)).toBeUndefined();
  });

  it('knows the page’s address and size', () => {
    const model = new DomModel();
    expect(model.page).toBeUndefined();
    model.apply({ type: EventType.Meta, data: { href: 'https://a.example/', width: 10, height: 20 }, timestamp: 0 });
    model.apply({
      type: EventType.IncrementalSnapshot,
      data: { source: IncrementalSource.ViewportResize, width: 30, height: 40 },
      timestamp: 0,
    });
    expect(model.page).toEqual({ href: 'https://a.example/', width: 30, height: 40 });
  });

  it('counts changes of the page, and ignores events without effect', () => {
    const model = page();
    const since = (event: Parameters<DomModel['apply']>[0]): number => {
      const before = model.changes;
      model.apply(event);
      return model.changes - before;
    };
    expect(since(mutation({ adds: [{ parentId: 4, nextId: null, node: text(6, 'a') }] }))).toBe(1);
    expect(since(mutation({ texts: [{ id: 6, value: 'b' }] }))).toBe(1);
    expect(since(mutation({ texts: [{ id: 6, value: 'b' }] }))).toBe(0);
    expect(since(mutation({ attributes: [{ id: 4, attributes: { class: 'a' } }] }))).toBe(1);
    expect(since(mutation({ attributes: [{ id: 4, attributes: { class: 'a' } }] }))).toBe(0);
    expect(since(mutation({ attributes: [{ id: 4, attributes: { style: { color: 'red' } } }] }))).toBe(1);
    expect(since(mutation({ removes: [{ parentId: 4, id: 6 }] }))).toBe(1);
    const scroll = { source: IncrementalSource.Scroll, id: 4, x: 0, y: 5 };
    expect(since({ type: EventType.IncrementalSnapshot, data: scroll, timestamp: 0 })).toBe(0);
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

  it('applies every event of a real recording', () => {
    const model = new DomModel();
    for (const event of readHarbor()) model.apply(event);
    expect(model.ignored).toBe(0);
  });

  it('accepts a page of any depth', () => {
    let node = element(100_002, 'i');
    for (let id = 100_000; id > 1; id--) node = element(id, 'div', [node]);
    const model = new DomModel();
    model.apply(snapshot(documentNode(1, [node])));
    model.apply(mutation({ removes: [{ parentId: 2, id: 3 }] }));
    expect(model.get(3)).toBeUndefined();
    expect(model.get(100_002)).toBeUndefined();
    expect(model.get(2)).toBeDefined();
  });

  it('stays a tree with any events, and never throws', () => {
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

  it('control: the tree check finds a cycle and a child that its parent doesn’t list', () => {
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
