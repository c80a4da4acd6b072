import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SegmentCounter } from '../../../src-main/core/sources/sentry/count-segments';

const event = fc.record({
  type: fc.integer({ min: 0, max: 6 }),
  data: fc.oneof(
    fc.string(),
    fc.constantFrom('[]', '],[', '\\"', '"', '{', '\\'),
    fc.array(fc.string()),
    fc.constant({}),
  ),
});
const segments = fc.array(fc.array(event, { maxLength: 3 }), { maxLength: 8 });

test('counts the segments of a page and the empty ones, for any chunk boundaries', () => {
  fc.assert(
    fc.property(
      segments,
      fc.constantFrom(undefined, 1),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (page, indent, sizes) => {
        const bytes = new TextEncoder().encode(JSON.stringify(page, undefined, indent));
        const counter = new SegmentCounter();
        for (let from = 0, turn = 0; from < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          counter.see(bytes.subarray(from, from + size));
          from += size;
        }
        expect([counter.total, counter.filled]).toEqual([page.length, page.filter(({ length }) => length > 0).length]);
      },
    ),
  );
});
