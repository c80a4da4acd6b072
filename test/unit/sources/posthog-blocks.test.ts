import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockWatch } from '../../../src-main/core/sources/posthog/block-watch';
import { planBlocks, writeResume, type Block } from '../../../src-main/core/sources/posthog/blocks';

const at = (index: number): number => 1_700_000_000_000 + index * 1000;
const block = (index: number): Block => ({ key: String(index), startMs: at(index), endMs: at(index) + 500 });
const listed = (index: number, source = 'blob_v2') => ({
  source,
  blob_key: String(index),
  start_timestamp: at(index),
  end_timestamp: at(index) + 500,
});

describe('planBlocks', () => {
  test('requests each block once, in order, in batches of at most 20 without gaps', () => {
    const keys = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(keys, (found) => {
        const { steps, blocks } = planBlocks(
          found.map((index) => listed(index)),
          undefined,
        );
        const asked = steps.flatMap(({ query }) => {
          const [from, to] = [Number(query.start_blob_key), Number(query.end_blob_key)];
          expect(to - from).toBeLessThan(20);
          return Array.from({ length: to - from + 1 }, (_, index) => from + index);
        });
        expect(asked).toEqual([...found].sort((a, b) => a - b));
        expect(blocks).toHaveLength(found.length);
      }),
    );
  });

  test('resumes only in the list that the token came from', () => {
    const sources = Array.from({ length: 30 }, (_, index) => listed(index));
    const plan = planBlocks(sources, undefined);
    const resume = writeResume(plan, 12, 11);
    expect(planBlocks(sources, resume)).toMatchObject({
      done: 12,
      received: 11,
      steps: [{ query: { start_blob_key: '12' } }],
    });
    expect(planBlocks(sources.slice(0, 12), resume)).toMatchObject({ done: 12, steps: [] });
    const lateBlock = [listed(99), ...sources].map((one, index) => ({ ...one, blob_key: String(index) }));
    const moved = sources.map((one) => ({ ...one, source: 'blob' }));
    for (const others of [sources.slice(0, 11), lateBlock, moved]) {
      expect(() => planBlocks(others, resume)).toThrow('remote-changed');
    }
    expect(() => planBlocks(sources, 'blob_v2:-1::0')).toThrow('remote-changed');
  });

  test('reads only long-term storage if there is any', () => {
    const plan = planBlocks([listed(0), { source: 'blob_v2_lts', blob_key: 'a/b' }, { source: 'realtime' }], undefined);
    expect(plan.steps.map(({ query }) => query)).toEqual([{ source: 'blob_v2_lts', blob_key: 'a/b' }]);
    expect(plan.realtime).toBeUndefined();
  });

  test.each([{ source: 'blob_v2' }, { source: 'blob_v2', blob_key: '../1' }, { source: 'blob', blob_key: '' }])(
    'refuses a block without a valid key: %o',
    (odd) => {
      // The second block makes the sort compare keys: it never looks at the key of a single block.
      expect(() => planBlocks([odd, listed(1, odd.source)], undefined)).toThrowError('remote-shape');
    },
  );
});

describe('BlockWatch', () => {
  test('detects which blocks arrived, for any chunk boundaries', () => {
    const come = fc.uniqueArray(fc.integer({ min: 0, max: 19 }));
    fc.assert(
      fc.property(come, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (there, sizes) => {
        const text = there
          .map(
            (index) => `["w",{"type":3,"data":{"n":12345678901234567890,"s":"\\\\\\"}["},"timestamp":${at(index)}}]\n`,
          )
          .join('');
        const bytes = new TextEncoder().encode(text);
        const watch = new BlockWatch(Array.from({ length: 20 }, (_, index) => block(index)));
        for (let from = 0, turn = 0; from < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          watch.see(bytes.subarray(from, from + size));
          from += size;
        }
        const missing = watch.missing().map(({ key }) => Number(key));
        expect(missing).toEqual(
          Array.from({ length: 20 }, (_, index) => index).filter((index) => !there.includes(index)),
        );
      }),
    );
  });

  const line = (timestamp: number | string, data = '{}', format = 'array'): string => {
    const event = `{"type":3,"data":${data},"timestamp":${timestamp}}`;
    if (format === 'array') return `["w",${event}]\n`;
    return `{"window_id":"w","data":[${event}]}\n`;
  };
  const missingOf = (blocks: Block[], text: string): string[] => {
    const watch = new BlockWatch(blocks);
    watch.see(new TextEncoder().encode(text));
    return watch.missing().map(({ key }) => key);
  };

  test('can’t prove a block without times, or one whose times are all those of others', () => {
    const untimed = { key: 'untimed', startMs: undefined, endMs: undefined };
    const [first, second, third] = [block(1), { ...block(1), key: 'seam' }, block(2)];
    const seam = { ...second, startMs: first.endMs, endMs: third.startMs };
    const ends = [first.startMs, first.endMs, third.startMs, third.endMs].map((ms) => line(ms ?? 0)).join('');
    expect(missingOf([untimed, first, seam, third], ends)).toEqual(['untimed', 'seam']);
    expect(missingOf([untimed, first, seam, third], ends + line((first.endMs ?? 0) + 1))).toEqual(['untimed']);
  });

  test.each(['array', 'object'])('reads the time of an event by its position in a line: %s', (format) => {
    const time = at(1) + 1;
    expect(missingOf([block(1)], line(time, '{}', format))).toEqual([]);
    for (const data of [
      `{"timestamp":${time}}`,
      `[{"timestamp":${time}}]`,
      `{"a":{"timestamp":${time}}}`,
      JSON.stringify(line(time)),
      `"timestamp\\":${time}"`,
      `{"\\"timestamp":${time}}`,
    ]) {
      expect(missingOf([block(1)], line(5, data, format)), data).toEqual(['1']);
    }
  });

  test('does not read a part of a longer number as a time', () => {
    expect(missingOf([block(1)], line(`1${at(1)}`) + line(`${at(1)}1`))).toHaveLength(1);
    expect(missingOf([block(1)], line(`${at(1)}.5`))).toHaveLength(0);
  });

  test('continues after a damaged line', () => {
    expect(missingOf([block(1)], `["w",{"type":3,"data":{"a":[\n${line(at(1))}`)).toEqual([]);
  });
});
