import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatRelative,
  formatSpan,
  formatTimeOfDay,
  spanInWords,
  zoneName,
} from '../../../src-renderer/shell/ui/time-words';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const at = Date.UTC(2025, 10, 23, 18, 46, 12);

describe('formatSpan', () => {
  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [16_400, '0:16'],
    [12 * minuteMs + 3000, '12:03'],
    [hourMs + 2 * minuteMs + 3000, '1:02:03'],
    [-5, '0:00'],
  ])('writes %d ms as %s', (ms, words) => expect(formatSpan(ms)).toBe(words));

  it('can be read back to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 * hourMs }), (ms) => {
        const seconds = formatSpan(ms)
          .split(':')
          .reduce((sum, part) => sum * 60 + Number(part), 0);
        expect(seconds).toBe(Math.floor(ms / 1000));
      }),
    );
  });
});

describe('spanInWords', () => {
  it.each([
    [0, '0 seconds'],
    [1000, '1 second'],
    [63_000, '1 minute 3 seconds'],
    [2 * hourMs, '2 hours'],
  ])('says %d ms as %s', (ms, words) => expect(spanInWords(ms)).toBe(words));
});

describe('wall-clock times', () => {
  it('are told in the zone that is asked for', () => {
    expect(formatDate(at, 'UTC')).toBe('23 Nov 2025, 18:46');
    expect(formatDate(at, 'Asia/Tokyo')).toBe('24 Nov 2025, 03:46');
    expect(formatTimeOfDay(at, 'UTC')).toBe('18:46:12');
  });

  it('name their zone', () => expect(zoneName(at, 'UTC')).toBe('UTC'));
});

describe('formatRelative', () => {
  it.each([
    [0, 'just now'],
    [-59_000, 'just now'],
    [-minuteMs, '1 minute ago'],
    [-3 * hourMs, '3 hours ago'],
    [-dayMs, 'yesterday'],
    [-5 * dayMs, '5 days ago'],
    [-8 * dayMs, 'last week'],
    [-400 * dayMs, 'last year'],
  ])('says %d ms as %s', (distanceMs, words) => expect(formatRelative(at + distanceMs, at)).toBe(words));
});
