import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDrawing, readImageUrl } from '../../../src-renderer/replay/canvas/read-drawing';

const png = 'iVBORw0KGgo=';
const bitmap = {
  rr_type: 'ImageBitmap',
  args: [{ rr_type: 'Blob', type: 'image/png', data: [{ rr_type: 'ArrayBuffer', base64: png }] }],
};
const draw = (...commands: unknown[]) => readDrawing({ source: 9, id: 1, type: 0, commands });
const call = (property: string, ...args: unknown[]) => ({ property, args });
const set = (property: string, value: unknown) => ({ property, args: [value], setter: true });

describe('readDrawing', () => {
  it('recognises a complete image, as recorders take it several times a second', () => {
    const source = `data:image/png;base64,${png}`;
    expect(draw(call('clearRect', 0, 0, 679, 320), call('drawImage', bitmap, 0, 0))).toEqual({
      kind: 'bitmap',
      source,
    });
    // A part of an image is a step.
    expect(draw(call('clearRect', 0, 0, 679, 320), call('drawImage', bitmap, 5, 0)).kind).toBe('steps');
  });

  it('reads steps in order', () => {
    expect(
      draw(
        set('fillStyle', '#f00'),
        call('fillRect', 1, 2, 3, 4),
        call('arc', 1, 2, 3, 0, 6.28, true),
        call('fillText', 'Total', 5, 6),
        call('setLineDash', [4, 2]),
        call('measureText', 'Total'),
        call('fill', 'evenodd'),
        call('moveTo', null, 5),
      ),
    ).toEqual({
      kind: 'steps',
      steps: [
        { do: 'set', property: 'fillStyle', value: '#f00' },
        { do: 'call', method: 'fillRect', args: [1, 2, 3, 4] },
        { do: 'call', method: 'arc', args: [1, 2, 3, 0, 6.28, true] },
        { do: 'call', method: 'fillText', args: ['Total', 5, 6] },
        { do: 'call', method: 'setLineDash', args: [[4, 2]] },
        { do: 'call', method: 'fill', args: ['evenodd'] },
        { do: 'call', method: 'moveTo', args: [NaN, 5] },
      ],
    });
  });

  it('reads one command as old recorders wrote it', () => {
    expect(readDrawing({ source: 9, id: 1, type: 0, property: 'stroke', args: [] })).toEqual({
      kind: 'steps',
      steps: [{ do: 'call', method: 'stroke', args: [] }],
    });
  });

  it.each([
    ['WebGL', { source: 9, id: 1, type: 1, commands: [] }],
    ['no data', null],
    ['a method of another object', { type: 0, commands: [call('constructor')] }],
    ['a property of the prototype', { type: 0, commands: [call('__proto__')] }],
    ['the canvas itself', { type: 0, commands: [set('canvas', 'x')] }],
    ['a gradient', { type: 0, commands: [set('fillStyle', {})] }],
    ['a pattern by its number', { type: 0, commands: [set('fillStyle', { rr_type: 'CanvasPattern', index: 0 })] }],
    ['a filter that refers to a document', { type: 0, commands: [set('filter', 'url(https://a.example/#f)')] }],
    ['numbers as text', { type: 0, commands: [call('fillRect', '1', 2, 3, 4)] }],
    ['too few numbers', { type: 0, commands: [call('fillRect', 1, 2)] }],
    ['an object with valueOf', { type: 0, commands: [call('fillRect', { valueOf: 1 }, 2, 3, 4)] }],
    ['a path object', { type: 0, commands: [call('fill', { rr_type: 'Path2D', index: 1 })] }],
    [
      'an image from the network',
      { type: 0, commands: [call('drawImage', { rr_type: 'HTMLImageElement', src: 'https://a.example/x.png' }, 0, 0)] },
    ],
    [
      'an image that is a document',
      {
        type: 0,
        commands: [call('drawImage', { rr_type: 'HTMLImageElement', src: 'data:image/svg+xml;base64,AA' }, 0, 0)],
      },
    ],
    [
      'pixels that don’t match the size of their image',
      { type: 0, commands: [call('putImageData', { rr_type: 'ImageData', args: [{ args: [[1, 2]] }, 9, 9] }, 0, 0)] },
    ],
    ['more than a page can draw', { type: 0, commands: Array.from({ length: 20_001 }, () => call('save')) }],
  ])('can’t show %s', (_name, data) => expect(readDrawing(data)).toEqual({ kind: 'unknown' }));

  it('never throws, and accepts only known commands', () => {
    const argument = fc.anything();
    const command = fc.record({ property: fc.string(), args: fc.array(argument), setter: fc.boolean() });
    fc.assert(
      fc.property(fc.oneof(fc.array(command), argument), (commands) => {
        expect(['unknown', 'steps']).toContain(readDrawing({ type: 0, commands }).kind);
      }),
    );
  });
});

describe('readImageUrl', () => {
  it('accepts only complete raster images in data URLs', () => {
    expect(readImageUrl(`data:image/webp;base64,${png}`)).toBeDefined();
    for (const source of ['https://a.example/a.png', 'data:image/svg+xml,<svg/>', 'data:text/html,x', 'blob:x', 5]) {
      expect(readImageUrl(source)).toBeUndefined();
    }
  });
});
