import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDuration,
  formatDurationLong,
  formatList,
  formatTimecode,
  plural,
} from '../../../src-main/contract/words/format';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe('counts', () => {
  it('groups thousands', () => expect(formatCount(1_234_567)).toBe('1,234,567'));

  it.each([
    [0, '0 events'],
    [1, '1 event'],
    [1393, '1,393 events'],
  ])('formats %d with the right form of the noun', (count, text) =>
    expect(plural(count, 'event', 'events')).toBe(text),
  );

  it('joins a list', () => expect(formatList(['a', 'b', 'c'])).toBe('a, b and c'));
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [703, '703 ms'],
    [3200, '3.2 s'],
    [119_949, '119.9 s'],
    [119_950, '2 min'],
    [250_000, '4 min 10 s'],
    [hourMs, '1 h'],
    [2 * hourMs + 5 * minuteMs + 30_000, '2 h 5 min'],
  ])('formats %d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe('formatDurationLong', () => {
  it.each([
    [0, '0 seconds'],
    [1000, '1 second'],
    [63_000, '1 minute 3 seconds'],
    [2 * hourMs, '2 hours'],
  ])('formats %d ms as %s', (ms, text) => expect(formatDurationLong(ms)).toBe(text));
});

describe('formatTimecode', () => {
  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [16_400, '0:16'],
    [12 * minuteMs + 3000, '12:03'],
    [hourMs + 2 * minuteMs + 3000, '1:02:03'],
    [-5, '0:00'],
  ])('formats %d ms as %s', (ms, text) => expect(formatTimecode(ms)).toBe(text));

  it('can be parsed back to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 * hourMs }), (ms) => {
        const seconds = formatTimecode(ms)
          .split(':')
          .reduce((sum, part) => sum * 60 + Number(part), 0);
        expect(seconds).toBe(Math.floor(ms / 1000));
      }),
    );
  });
});
