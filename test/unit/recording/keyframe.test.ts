import { describe, expect, it } from 'vitest';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { EventType, IncrementalSource } from '../../../src-main/core/recording/events';
import { writeKeyframe } from '../../../src-main/core/recording/segments/keyframe';
import { SeededRandom } from '../../helpers/seeded-random';
import { readFixtureRecordings } from '../../helpers/fixture-recordings';
import { readHarbor } from './harbor';
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
  writtenNode,
  writtenOf,
} from './page-events';

/** The number of moments of each recording at which its keyframe is checked. */
const moments = 12;

describe('writeKeyframe', () => {
  const recordings = readFixtureRecordings();

  it.each(recordings)('$name: is the same if it is applied to a new model and written again', ({ events }) => {
    const seed = events.length;
    const random = new SeededRandom(seed);
    const model = new DomModel();
    events.forEach((event, index) => {
      model.apply(event);
      if (random.next() * events.length > moments && index !== events.length - 1) return;
      const keyframe = writeKeyframe(model, event.timestamp);
      const written = copy(keyframe);
      const again = applyAll(new DomModel(), ...copy(written));
      expect(again.ignored, `seed ${seed}, event ${index}`).toBe(0);
      expect(writeKeyframe(again, event.timestamp), `seed ${seed}, event ${index}`).toEqual(written);
    });
    expect(model.ignored).toBe(0);
  });

  it('doesn’t change recorded objects', () => {
    const events = readHarbor();
    const before = JSON.stringify(events);
    const model = applyAll(new DomModel(), ...events);
    writeKeyframe(model, 0);
    expect(JSON.stringify(events)).toBe(before);
  });

  it('is empty without a page, and otherwise begins with the page’s address and size, all at the given time', () => {
    expect(writeKeyframe(new DomModel(), 5)).toEqual([]);
    const keyframe = writeKeyframe(pageOf(element(4, 'p')), 5);
    expect(keyframe.map(({ type, timestamp }) => [type, timestamp])).toEqual([
      [EventType.Meta, 5],
      [EventType.FullSnapshot, 5],
    ]);
    expect(keyframe[0]?.data).toEqual({ href: 'https://shop.example/', width: 800, height: 600 });
  });

  it('gives a page without a Meta a common size', () => {
    const model = applyAll(new DomModel(), snapshot(documentNode(1, [element(2, 'html')])));
    expect(writeKeyframe(model, 0)[0]?.data).toEqual({ href: 'about:blank', width: 1280, height: 720 });
  });

  it('keeps recorded properties of nodes', () => {
    const nodes = [
      element(4, 'svg', [], { isSVG: true, rootId: 1 }),
      element(5, 'X-Card', [element(6, 'p', [], { isShadow: true })], { isShadowHost: true, isCustom: true }),
      element(7, 'div', [], { needBlock: true, attributes: { rr_width: '1px' } }),
      text(8, 'a', { isStyle: true }),
      { type: 5, id: 9, textContent: 'comment' },
      { type: 4, id: 10, textContent: '' },
    ];
    const page = {
      ...documentNode(1, [{ type: 1, id: 2, name: 'html', publicId: 'p', systemId: '' }, element(3, 'html', nodes)]),
      compatMode: 'BackCompat',
    };
    const model = applyAll(new DomModel(), snapshot(page));
    const [, full] = writeKeyframe(model, 0);
    expect(full?.data).toEqual({ node: page, initialOffset: { left: 0, top: 0 } });
  });

  it('marks a shadow host, even if its shadow root came later', () => {
    const model = applyAll(pageOf(element(4, 'x-a')), add(4, element(5, 'p', [], { isShadow: true })));
    expect(writtenNode(model, 4)).toMatchObject({ isShadowHost: true, childNodes: [{ id: 5, isShadow: true }] });
    applyAll(model, mutation({ removes: [{ parentId: 4, id: 5, isShadow: true }] }));
    expect(writtenNode(model, 4)).toMatchObject({ isShadowHost: true, childNodes: [] });
  });

  it('attaches the documents of iframes after the snapshot, outer before inner', () => {
    const inner = (id: number, ...nodes: object[]): object =>
      documentNode(id, [element(id + 1, 'html', nodes, { rootId: id })]);
    const model = applyAll(
      pageOf(element(4, 'iframe'), element(5, 'iframe')),
      add(5, inner(20)),
      add(4, inner(30, element(32, 'iframe', [], { rootId: 30 }))),
      add(32, inner(40)),
    );
    expect(writtenNode(model, 4)?.childNodes).toEqual([]);
    const attached = writtenOf(model, IncrementalSource.Mutation);
    expect(attached.map(({ adds }) => (adds as { parentId: number }[])[0]?.parentId)).toEqual([4, 5, 32]);
    expect(attached.every(({ isAttachIframe }) => isAttachIframe)).toBe(true);
    expect(throughKeyframe(model).get(41)?.parent?.parent?.id).toBe(32);
  });

  it('keeps documents that wait for their iframe, and nodes that wait for their siblings', () => {
    const model = applyAll(
      pageOf(element(4, 'p')),
      add(50, documentNode(51, [element(52, 'html')])),
      mutation({ adds: [{ parentId: 3, previousId: 60, nextId: -1, node: element(61, 'b') }] }),
      add(61, text(62, 'below')),
    );
    const later = [
      add(3, element(50, 'iframe')),
      mutation({ adds: [{ parentId: 3, previousId: 4, nextId: 61, node: element(60, 'i') }] }),
    ];
    for (const each of [model, throughKeyframe(model)]) {
      applyAll(each, ...later);
      expect(each.get(52)?.parent?.parent?.id).toBe(50);
      expect(each.ignored).toBe(0);
    }
    expect(writeKeyframe(throughKeyframe(model), 0)).toEqual(copy(writeKeyframe(model, 0)));
  });

  it('writes a page of any depth as valid JSON', () => {
    let node = element(50_000, 'i');
    for (let id = 49_999; id > 1; id--) node = element(id, 'div', [node]);
    const model = applyAll(new DomModel(), snapshot(documentNode(1, [node])));
    const written = JSON.stringify(writeKeyframe(model, 0));
    const again = applyAll(new DomModel(), ...(JSON.parse(written) as object[]));
    expect(again.get(50_000)?.parent?.id).toBe(49_999);
    expect(JSON.stringify(writeKeyframe(again, 0))).toBe(written);
  });

  it('reaches the same page from any boundary as all events do', () => {
    const events = readHarbor();
    const whole = applyAll(new DomModel(), ...events);
    const end = copy(writeKeyframe(whole, 1));
    const random = new SeededRandom(7);
    for (let round = 0; round < 10; round++) {
      const cut = random.below(events.length);
      const before = applyAll(new DomModel(), ...events.slice(0, cut));
      const model = applyAll(new DomModel(), ...copy(writeKeyframe(before, 0)), ...events.slice(cut));
      expect(model.ignored).toBe(0);
      expect(copy(writeKeyframe(model, 1)), `cut at ${cut}`).toEqual(end);
    }
  });

  it('does not grow with the length of a recording on a page that stays the same', () => {
    const model = pageOf(element(4, 'ul'), element(5, 'style'), element(6, 'input'));
    const sizes: number[] = [];
    for (let round = 0; round < 3000; round++) {
      const id = 100 + 10 * round;
      applyAll(
        model,
        add(4, element(id, 'li')),
        add(id, text(id + 1, 'item')),
        mutation({
          attributes: [{ id: 4, attributes: { style: { left: `${round % 10}px` }, class: `c${round % 10}` } }],
        }),
        incremental(IncrementalSource.Input, { id: 6, text: String(round % 10), isChecked: false }),
        incremental(IncrementalSource.StyleSheetRule, { id: 5, adds: [{ rule: '.a {}', index: 0 }] }),
        incremental(IncrementalSource.StyleSheetRule, { id: 5, removes: [{ index: 0 }] }),
        incremental(IncrementalSource.Scroll, { id, x: 0, y: 1 }),
        mutation({ removes: [{ parentId: 4, id }] }),
      );
      if (round % 1000 === 999) sizes.push(JSON.stringify(writeKeyframe(model, 0)).length);
    }
    expect(new Set(sizes).size).toBe(1);
  });
});
