import { describe, expect, it } from 'vitest';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { TextTrack, type VisibleText } from '../../../src-main/core/recording/model/visible-text';
import { readHarbor } from './harbor';
import { add, copy, documentNode, element, mutation, snapshot, text } from './page-events';

interface Step {
  atMs: number;
  event: object;
}

/** Returns the texts of one window whose page appears at 0. */
function follow(nodes: object[], steps: Step[], track = new TextTrack()): { track: TextTrack; model: DomModel } {
  const model = new DomModel();
  track.follow('w', model);
  const page = snapshot(documentNode(1, [element(2, 'html', [element(3, 'body', nodes)])]));
  for (const { atMs, event } of [{ atMs: 0, event: page }, ...steps]) {
    track.now(atMs);
    model.apply(event as Parameters<DomModel['apply']>[0]);
  }
  return { track, model };
}

const spansOf = (texts: readonly VisibleText[]): Record<string, unknown> =>
  Object.fromEntries(texts.map(({ text: words, spans }) => [words, spans]));
const seen = (nodes: object[], ...steps: Step[]): Record<string, unknown> =>
  spansOf(follow(nodes, steps).track.finish());
const remove = (parentId: number, id: number): object => mutation({ removes: [{ parentId, id }] });
const attribute = (id: number, attributes: object): object => mutation({ attributes: [{ id, attributes }] });
const p = (id: number, words: string, attributes: object = {}): object =>
  element(id, 'p', [text(id + 1, words)], { attributes });
const end = (atMs: number): Step => ({ atMs, event: attribute(3, { class: 'end' }) });

describe('TextTrack', () => {
  it('records when a text was on the page', () => {
    const found = seen(
      [p(4, 'always'), p(6, 'gone')],
      { atMs: 10, event: remove(3, 6) },
      { atMs: 20, event: add(3, p(8, '')) },
      { atMs: 20, event: add(8, text(10, 'new')) },
      { atMs: 30, event: mutation({ texts: [{ id: 10, value: 'newer' }] }) },
      end(40),
    );
    expect(found).toEqual({ always: [[0, 40]], gone: [[0, 10]], new: [[20, 30]], newer: [[30, 40]] });
  });

  it('joins a text that several nodes show, and one that is added again at once', () => {
    const found = seen(
      [p(4, 'twice'), p(6, 'twice'), p(8, 'moved')],
      { atMs: 10, event: remove(3, 4) },
      { atMs: 15, event: remove(3, 8) },
      { atMs: 15, event: add(3, text(9, 'moved')) },
      { atMs: 20, event: remove(3, 6) },
      { atMs: 30, event: add(3, text(12, 'twice')) },
      end(40),
    );
    expect(found).toEqual({
      twice: [
        [0, 20],
        [30, 40],
      ],
      moved: [[0, 40]],
    });
  });

  it('continues across a full snapshot of the same page', () => {
    const page = snapshot(documentNode(1, [element(2, 'html', [element(3, 'body', [p(50, 'stays')])])]));
    expect(seen([p(4, 'stays'), p(6, 'goes')], { atMs: 10, event: page }, end(20))).toEqual({
      stays: [[0, 20]],
      goes: [[0, 10]],
    });
  });

  it('trims each text to one line of limited length', () => {
    const { track } = follow([p(4, '  two\n   lines '), p(6, 'x'.repeat(1000)), p(8, ' \n ')], [end(1)]);
    const texts = track.finish().map(({ text: words }) => words);
    expect(texts[0]).toBe('two lines');
    expect(texts[1]).toHaveLength(300);
    expect(texts).toHaveLength(2);
  });

  it('excludes code, field values and directly hidden elements', () => {
    const hidden = [
      element(4, 'script', [text(5, 'code')]),
      element(6, 'style', [text(7, '.a {}')]),
      element(8, 'template', [p(9, 'not yet')]),
      element(11, 'noscript', [text(12, 'fallback')]),
      element(13, 'textarea', [text(14, 'typed')]),
      element(15, 'select', [element(16, 'option', [text(17, 'choice')])]),
      element(18, 'div', [p(19, 'note')], { attributes: { contenteditable: '' } }),
      element(21, 'div', [p(22, 'word')], { attributes: { role: 'textbox' } }),
      element(24, 'div', [p(25, 'deep')], { attributes: { hidden: '' } }),
      element(27, 'div', [p(28, 'styled')], { attributes: { style: 'color: red; Display : None' } }),
    ];
    expect(seen([...hidden, p(40, 'shown', { style: 'background: none' })], end(1))).toEqual({ shown: [[0, 1]] });
  });

  it('control: includes the same elements if nothing hides them', () => {
    const nodes = [
      element(24, 'div', [p(25, 'deep')]),
      element(18, 'div', [p(19, 'note')], { attributes: { contenteditable: 'false' } }),
    ];
    expect(Object.keys(seen(nodes, end(1)))).toEqual(['deep', 'note']);
  });

  it('notices when something is shown and hidden again', () => {
    const found = seen(
      [element(4, 'div', [p(5, 'dialog'), p(8, 'inner', { hidden: '' })], { attributes: { style: 'display: none' } })],
      { atMs: 10, event: attribute(4, { style: { display: 'block' } }) },
      { atMs: 20, event: attribute(4, { style: { display: false } }) },
      { atMs: 30, event: attribute(8, { hidden: null }) },
      { atMs: 35, event: attribute(4, { style: { display: ['none', 'important'] } }) },
      { atMs: 40, event: attribute(4, { style: '' }) },
      { atMs: 50, event: attribute(4, { hidden: '' }) },
    );
    expect(found).toEqual({
      dialog: [
        [10, 35],
        [40, 50],
      ],
      inner: [
        [30, 35],
        [40, 50],
      ],
    });
  });

  it('follows text in iframes and shadow roots', () => {
    const found = seen(
      [element(4, 'x-a', [element(5, 'p', [text(6, 'shade')], { isShadow: true })]), element(7, 'iframe')],
      { atMs: 10, event: add(7, documentNode(20, [element(21, 'html', [text(22, 'framed')], { rootId: 20 })])) },
      { atMs: 20, event: remove(3, 7) },
    );
    expect(found).toEqual({ shade: [[0, 20]], framed: [[10, 20]] });
  });

  it('keeps windows apart, and starts with an existing page', () => {
    const track = new TextTrack();
    const { model } = follow([p(4, 'same')], [], new TextTrack());
    track.now(5);
    track.follow('a', model);
    follow([p(4, 'same')], [], track);
    track.now(9);
    expect(track.finish().map(({ windowId, text: words, spans }) => [windowId, words, spans])).toEqual([
      ['a', 'same', [[5, 9]]],
      ['w', 'same', [[5, 9]]],
    ]);
  });

  it('limits texts and spans, and extends the last span', () => {
    const track = new TextTrack(undefined, { texts: 2, spans: 2 });
    const steps = [1, 2, 3, 4, 5, 6, 7, 8].map((round) => ({
      atMs: round * 10,
      event: round % 2 === 1 ? remove(3, 3 + round) : add(3, text(4 + round, 'blinks')),
    }));
    follow([text(4, 'blinks'), text(50, 'second'), text(51, 'third')], [...steps, end(90)], track);
    expect(spansOf(track.finish())).toEqual({
      blinks: [
        [0, 10],
        [20, 90],
      ],
      second: [[0, 90]],
    });
  });

  it('drops a text that was visible for no time', () => {
    const found = seen([], { atMs: 5, event: add(3, text(4, 'flash')) }, { atMs: 5, event: remove(3, 4) }, end(9));
    expect(found).toEqual({});
  });

  it('continues from its saved state as if it had never stopped', () => {
    const nodes = [p(4, 'stays'), p(6, 'goes')];
    const first = follow(nodes, [{ atMs: 10, event: remove(3, 6) }, end(20)]);
    const resumed = new TextTrack(copy(first.track.save()));
    resumed.follow('w', first.model);
    resumed.now(30);
    first.model.apply(remove(3, 4) as Parameters<DomModel['apply']>[0]);
    expect(spansOf(resumed.finish())).toEqual({ stays: [[0, 30]], goes: [[0, 10]] });
  });

  it('finds the texts of a real recording', () => {
    const track = new TextTrack();
    const model = new DomModel();
    track.follow('1', model);
    for (const event of readHarbor()) {
      track.now(event.timestamp);
      model.apply(event);
    }
    const texts = track.finish();
    expect(texts.length).toBeGreaterThan(50);
    for (const { spans } of texts) {
      for (const [from, to] of spans) expect(from).toBeLessThanOrEqual(to);
    }
  });
});
