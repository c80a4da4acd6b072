import { describe, expect, it } from 'vitest';
import { IncrementalSource, MouseInteractions } from '../../../src-main/core/recording/events';
import {
  add,
  applyAll,
  documentNode,
  element,
  incremental,
  mutation,
  pageOf,
  snapshot,
  throughKeyframe,
  writtenNode,
  writtenOf,
} from './page-events';

const { Input, Scroll, MediaInteraction, Font, Selection, CanvasMutation, MouseMove, TouchMove, Mutation } =
  IncrementalSource;
const input = (id: number, text: string, isChecked = false): object => incremental(Input, { id, text, isChecked });
const field = (id: number, type: string, more: object = {}): object =>
  element(id, 'input', [], { attributes: { type, name: 'n', ...more } });

describe('inputs', () => {
  it('repeats each field’s last input after the snapshot, in order', () => {
    const model = pageOf(field(4, 'text', { value: 'as loaded' }), element(5, 'select'), element(6, 'textarea'));
    applyAll(model, input(4, 'a'), input(5, 'two'), input(6, 'long'), input(4, 'ab'));
    applyAll(model, mutation({ attributes: [{ id: 4, attributes: { value: 'late' } }] }));
    expect(model.get(4)?.value).toBe('ab');
    expect(writtenNode(model, 4)?.attributes).toMatchObject({ value: 'late' });
    const written = writtenOf(model, Input);
    expect(written).toEqual([
      { text: 'two', isChecked: false, id: 5 },
      { text: 'long', isChecked: false, id: 6 },
      { text: 'ab', isChecked: false, id: 4 },
    ]);
    expect(writtenOf(throughKeyframe(model), Input)).toEqual(written);
  });

  it('keeps the order in which radio buttons were checked: the last one clears its group', () => {
    const model = pageOf(field(4, 'radio'), field(5, 'radio'));
    applyAll(model, input(5, 'on', true), input(4, 'on', true), input(5, 'on', false));
    expect(writtenOf(model, Input).map(({ id, isChecked }) => [id, isChecked])).toEqual([
      [4, true],
      [5, false],
    ]);
  });

  it('keeps the value of a checkbox in its attribute, as a later mutation sets it', () => {
    const model = applyAll(pageOf(field(4, 'checkbox')), input(4, 'on', true));
    expect(model.get(4)?.attributes.get('value')).toBe('on');
    applyAll(model, mutation({ attributes: [{ id: 4, attributes: { value: 'yes' } }] }));
    expect(writtenOf(model, Input)).toEqual([{ text: 'yes', isChecked: true, id: 4 }]);
  });

  it('forgets inputs of removed fields and pages, and counts inputs of missing fields', () => {
    const model = applyAll(pageOf(field(4, 'text')), input(4, 'a'), mutation({ removes: [{ parentId: 3, id: 4 }] }));
    expect(writtenOf(model, Input)).toEqual([]);
    applyAll(model, add(3, field(4, 'text')), input(-1, 'x'), input(77, 'x'));
    expect(writtenOf(model, Input)).toEqual([]);
    expect(model.get(4)?.value).toBeUndefined();
    expect(model.ignored).toBe(1);
  });
});

describe('scrolling', () => {
  it('is written into the snapshot and repeated for the page, and only repeated for elements and inner documents', () => {
    const model = pageOf(element(4, 'div', [], { attributes: { rr_scrollTop: 7 } }), element(5, 'iframe'));
    applyAll(
      model,
      add(5, { type: 0, id: 20, childNodes: [element(21, 'html', [], { rootId: 20 })] }),
      incremental(Scroll, { id: 1, x: 0, y: 300 }),
      incremental(Scroll, { id: 4, x: 1, y: 0 }),
      incremental(Scroll, { id: 20, x: 0, y: 9 }),
    );
    expect(model.root?.scroll).toEqual({ x: 0, y: 300 });
    expect(writtenNode(model, 4)?.attributes).toEqual({ rr_scrollTop: 7 });
    const written = writtenOf(model, Scroll);
    expect(written).toEqual([
      { id: 1, x: 0, y: 300 },
      { id: 4, x: 1, y: 0 },
      { id: 20, x: 0, y: 9 },
    ]);
    const again = throughKeyframe(model);
    expect(writtenOf(again, Scroll)).toEqual(written);
    expect(again.root?.scroll).toEqual({ x: 0, y: 300 });
  });
});

describe('media', () => {
  const video = element(4, 'video', [], {
    attributes: { rr_mediaState: 'played', rr_mediaCurrentTime: 2, rr_mediaPlaybackRate: 2, rr_mediaMuted: true },
  });
  const touch = (data: object, atMs: number): object => incremental(MediaInteraction, { id: 4, ...data }, atMs);

  it('continues from its position, at its playback rate', () => {
    const written = writtenOf(pageOf(video), MediaInteraction, 3000);
    expect(written).toEqual([{ type: 0, id: 4, currentTime: 8, volume: 1, muted: true, playbackRate: 2, loop: false }]);
    expect(writtenOf(throughKeyframe(pageOf(video), 3000), MediaInteraction, 3000)).toEqual(written);
  });

  it('keeps properties that an interaction doesn’t have', () => {
    const model = applyAll(
      pageOf(video),
      touch({ type: 1, currentTime: 5 }, 1000),
      touch({ type: 3, volume: 0.5 }, 2000),
    );
    expect(model.get(4)?.media).toMatchObject({ isPlaying: false, currentTime: 5, volume: 0.5, isMuted: true });
    applyAll(model, touch({ type: 0, currentTime: 5, loop: true, muted: false, playbackRate: 1 }, 3000));
    expect(writtenOf(model, MediaInteraction, 4000)).toEqual([
      { type: 0, id: 4, currentTime: 6, volume: 0.5, muted: false, playbackRate: 1, loop: true },
    ]);
  });

  it('writes nothing for unchanged media and for other elements', () => {
    const model = pageOf(element(4, 'audio'), element(5, 'p'));
    applyAll(model, incremental(MediaInteraction, { id: 5, type: 0, currentTime: 1 }));
    expect(writtenOf(model, MediaInteraction, 1000)).toEqual([]);
  });
});

describe('dialogs', () => {
  it('lose their mode when they are closed', () => {
    const model = pageOf(element(4, 'dialog'));
    applyAll(model, mutation({ attributes: [{ id: 4, attributes: { open: '', rr_open_mode: 'modal' } }] }));
    expect(writtenNode(model, 4)?.attributes).toEqual({ open: '', rr_open_mode: 'modal' });
    applyAll(model, mutation({ attributes: [{ id: 4, attributes: { open: null } }] }));
    expect(writtenNode(model, 4)?.attributes).toEqual({});
  });
});

describe('attributes with a special meaning in a snapshot', () => {
  it('are set by a mutation again if a mutation set them', () => {
    const model = pageOf(element(4, 'img', [], { attributes: { onclick: 'a()', alt: 'x' } }));
    applyAll(
      model,
      mutation({ attributes: [{ id: 4, attributes: { onclick: 'b()', rr_src: 'x', onload: 'c()' } }] }),
      mutation({ attributes: [{ id: 4, attributes: { onload: null } }] }),
    );
    expect(writtenNode(model, 4)?.attributes).toEqual({ onclick: 'a()', alt: 'x' });
    const written = writtenOf(model, Mutation);
    expect(written[0]?.attributes).toEqual([{ id: 4, attributes: { onclick: 'b()', rr_src: 'x' } }]);
    expect(writtenOf(throughKeyframe(model), Mutation)).toEqual(written);
    expect(model.get(4)?.attributes.get('onclick')).toBe('b()');
  });

  it('accept only strings and null from a mutation, as in the Replayer', () => {
    const model = pageOf(element(4, 'p', [], { attributes: { a: '1' } }));
    applyAll(model, mutation({ attributes: [{ id: 4, attributes: { a: 2, b: true, c: { d: 'e' }, style: false } }] }));
    expect(writtenNode(model, 4)?.attributes).toEqual({ a: '1' });
  });
});

describe('canvas', () => {
  const canvas = element(4, 'canvas', [], { attributes: { rr_dataURL: 'data:image/png;base64,AAAA' } });
  const draw = (...args: unknown[]): object =>
    incremental(CanvasMutation, {
      id: 4,
      type: 0,
      commands: [
        { property: 'clearRect', args: [] },
        { property: 'drawImage', args },
      ],
    });
  const bitmap = (type: string) => ({
    rr_type: 'ImageBitmap',
    args: [{ rr_type: 'Blob', type, data: [{ rr_type: 'ArrayBuffer', base64: 'BBBB' }] }],
  });

  it('shows the last complete image that was recorded', () => {
    const model = applyAll(pageOf(canvas), draw(bitmap('image/webp'), 0, 0));
    expect(writtenNode(model, 4)?.attributes).toEqual({ rr_dataURL: 'data:image/webp;base64,BBBB' });
    expect(model.get(4)?.attributes.get('rr_dataURL')).toBe('data:image/png;base64,AAAA');
  });

  it('keeps the previous image if a command draws anything else', () => {
    const others = [
      draw(bitmap('image/png'), 5, 0),
      draw(bitmap('text/html'), 0, 0),
      draw('x', 0, 0),
      draw({ rr_type: 'ImageBitmap' }, 0, 0),
    ];
    const model = applyAll(
      pageOf(canvas),
      ...others,
      incremental(CanvasMutation, { id: 4, property: 'fillRect', args: [0] }),
    );
    expect(writtenNode(model, 4)?.attributes).toEqual({ rr_dataURL: 'data:image/png;base64,AAAA' });
  });
});

describe('fonts, selection and pointer', () => {
  it('moves a font that is loaded again to the end, because browsers use the last font with a name', () => {
    const first = { family: 'Inter', fontSource: 'url(a.woff2)', buffer: false, descriptors: {} };
    const second = { ...first, fontSource: 'url(b.woff2)' };
    const loads = [first, second, first].map((font) => incremental(Font, font));
    expect(writtenOf(applyAll(pageOf(), ...loads), Font)).toEqual([second, first]);
  });

  it('keeps each font once, across pages, up to a total size', () => {
    const font = { family: 'Inter', fontSource: 'url(a.woff2)', buffer: false, descriptors: { weight: '400' } };
    const model = applyAll(pageOf(), incremental(Font, font), incremental(Font, font));
    expect(writtenOf(model, Font)).toEqual([font]);
    expect(writtenOf(throughKeyframe(model), Font)).toEqual([font]);
    applyAll(
      model,
      incremental(Font, { ...font, fontSource: 'x'.repeat(2_000_001) }),
      incremental(Font, { family: 1 }),
    );
    expect(writtenOf(model, Font)).toEqual([font]);
    expect(model.ignored).toBe(2);
  });

  it('forgets the node under the pointer when the page changes', () => {
    const move = { positions: [{ x: 5, y: 6, id: 4, timeOffset: 0 }] };
    const model = applyAll(pageOf(element(4, 'p')), incremental(MouseMove, move));
    model.apply(snapshot(documentNode(1, [element(2, 'html', [element(4, 'b')])])));
    expect(writtenOf(model, MouseMove)).toEqual([]);
  });

  it('repeats the last selection and the last pointer position', () => {
    const ranges = [{ start: 3, startOffset: 0, end: 3, endOffset: 1 }];
    const model = applyAll(
      pageOf(element(4, 'p')),
      incremental(Selection, { ranges }),
      incremental(MouseMove, {
        positions: [
          { x: 1, y: 1, id: 2, timeOffset: -50 },
          { x: 5, y: 6, id: 4, timeOffset: 0 },
        ],
      }),
      incremental(IncrementalSource.MouseInteraction, { type: MouseInteractions.Click, id: 77, x: 9, y: 9 }),
      incremental(IncrementalSource.MouseInteraction, { type: MouseInteractions.Focus, id: 4 }),
    );
    expect(writtenOf(model, Selection)).toEqual([{ ranges }]);
    expect(writtenOf(model, MouseMove)).toEqual([{ positions: [{ x: 5, y: 6, id: 4, timeOffset: 0 }] }]);
    applyAll(
      model,
      incremental(IncrementalSource.MouseInteraction, { type: MouseInteractions.TouchStart, id: 4, x: 7, y: 8 }),
    );
    expect(writtenOf(throughKeyframe(model), TouchMove)).toEqual([
      { positions: [{ x: 7, y: 8, id: 4, timeOffset: 0 }] },
    ]);
  });
});
