import { describe, expect, it } from 'vitest';
import { formatDate, formatRelative, formatTimeOfDay, zoneName } from '../../../src-renderer/shell/ui/time-words';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const at = Date.UTC(2025, 10, 23, 18, 46, 12);

describe('wall-clock times', () => {
  it('are formatted in the requested time zone', () => {
    expect(formatDate(at, 'UTC')).toBe('23 Nov 2025, 18:46');
    expect(formatDate(at, 'Asia/Tokyo')).toBe('24 Nov 2025, 03:46');
    expect(formatTimeOfDay(at, 'UTC')).toBe('18:46:12');
  });

  it('name their time zone', () => expect(zoneName(at, 'UTC')).toBe('UTC'));
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
  ])('formats %d ms as %s', (distanceMs, words) => expect(formatRelative(at + distanceMs, at)).toBe(words));
});
