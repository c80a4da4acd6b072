import { expect, test } from 'vitest';
import { retryAfterSeconds, waitSeconds } from '../../../src-main/core/sources/rate-limit-headers';

const nowMs = Date.UTC(2026, 10, 23, 12, 0, 0);

test.each([
  ['0', 0],
  ['30', 30],
  [' 5 ', 5],
  ['9999999999', 86_400],
  ['Mon, 23 Nov 2026 12:00:30 GMT', 30],
  ['Monday, 23-Nov-26 12:00:30 GMT', 30],
  ['Mon Nov 23 12:00:30 2026 GMT', 30],
  ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
  ['Mon, 23 Nov 2099 12:00:00 GMT', 86_400],
  ['-5', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['2026', 2026],
  ['2026-11-23', undefined],
  ['Monday', undefined],
  ['', undefined],
  [undefined, undefined],
])('parses “%s” as %s', (header, seconds) => {
  expect(retryAfterSeconds(header, nowMs)).toBe(seconds);
});

test('ignores a date without a clock', () => {
  expect(retryAfterSeconds('Mon, 23 Nov 2026 12:00:30 GMT')).toBeUndefined();
});

const now = nowMs / 1000;
test.each<[Record<string, string>, number | undefined]>([
  [{ 'retry-after': '7', 'x-sentry-rate-limit-reset': String(now + 99) }, 7],
  [{ 'x-sentry-rate-limit-reset': String(now + 12) }, 12],
  [{ 'x-sentry-rate-limit-reset': String(now - 12) }, 0],
  [{ 'x-sentry-rate-limit-reset': '99999999999' }, 86_400],
  [{ 'x-ratelimit-reset': '30' }, 30],
  [{ 'x-ratelimit-reset': '1.2' }, 2],
  [{ 'retry-after': 'soon', 'ratelimit-reset': '5' }, 5],
  [{ 'x-ratelimit-reset': 'soon' }, undefined],
  [{}, undefined],
])('returns the wait of %o: %s', (headers, seconds) => {
  expect(waitSeconds(headers, nowMs)).toBe(seconds);
});

test('ignores the time of a reset without a clock', () => {
  expect(waitSeconds({ 'x-sentry-rate-limit-reset': '1700000001' })).toBeUndefined();
});
