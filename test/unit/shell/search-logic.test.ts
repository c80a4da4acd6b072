import { expect, test } from 'vitest';
import type { SearchHit } from '../../../src-main/contract/search';
import type { SessionId } from '../../../src-main/contract/ids';
import { markedParts } from '../../../src-renderer/shell/search/marked-parts';
import { countFilters, noFilters, readFilters } from '../../../src-renderer/shell/search/search-filters';
import { searchScopeFor } from '../../../src-renderer/shell/main-window/search-shortcut';
import { listRows } from '../../../src-renderer/shell/search/search-rows';

test('a snippet is split at its marks, and marks outside the text are ignored', () => {
  expect(markedParts('Pay now', [[0, 3]])).toEqual([
    { text: 'Pay', isMarked: true },
    { text: ' now', isMarked: false },
  ]);
  expect(
    markedParts('ab', [
      [1, 9],
      [2, 1],
    ])
      .map(({ text }) => text)
      .join(''),
  ).toBe('ab');
  expect(markedParts('', [])).toEqual([]);
});

test('an empty form filters nothing', () => {
  expect(readFilters(noFilters)).toEqual({});
  expect(countFilters(noFilters)).toBe(0);
});

test('days are complete days in the computer’s time zone, lengths are ranges, groups are kinds', () => {
  const form = {
    ...noFilters,
    groups: ['text', 'notes'] as const,
    hasError: true,
    user: ' priya ',
    fromDay: '2026-03-01',
    toDay: '2026-03-01',
    length: 'middle' as const,
  };
  expect(readFilters(form)).toEqual({
    kinds: ['text', 'note'],
    hasError: true,
    user: ' priya ',
    fromMs: new Date(2026, 2, 1).getTime(),
    toMs: new Date(2026, 2, 2).getTime() - 1,
    minDurationMs: 60_000,
    maxDurationMs: 600_000,
  });
  expect(countFilters(form)).toBe(6);
  expect(readFilters({ ...noFilters, fromDay: '2026-02-31x' })).toEqual({});
});

test('only Ctrl or ⌘ with K or F opens the search', () => {
  const press = { key: 'k', shiftKey: false, ctrlKey: true, metaKey: false, altKey: false };
  expect(searchScopeFor(press)).toBe('all');
  expect(searchScopeFor({ ...press, key: 'F', ctrlKey: false, metaKey: true })).toBe('session');
  expect(searchScopeFor({ ...press, ctrlKey: false })).toBeUndefined();
  expect(searchScopeFor({ ...press, shiftKey: true })).toBeUndefined();
  expect(searchScopeFor({ ...press, key: 'x' })).toBeUndefined();
});

test('a session has a row for more hits unless it is searched alone', () => {
  const moment = { atMs: 1, windowId: '1', kind: 'click', severity: 'info', snippet: 'Pay', marks: [] } as const;
  const hit = {
    sessionId: 's-1' as SessionId,
    moments: [{ ...moment, marks: [] }],
    momentCount: 3,
  } as unknown as SearchHit;
  expect(listRows([hit], false).map(({ kind }) => kind)).toEqual(['session', 'moment', 'more']);
  expect(listRows([hit], true).map(({ kind }) => kind)).toEqual(['session', 'moment']);
});
