import { describe, expect, it } from 'vitest';
import { timelineKinds, type TimelineEntry, type TimelineKind } from '../../../src-main/contract/timeline';
import { countByGroup, filterEntries, groupOf } from '../../../src-renderer/shell/session/timeline-filter';

function entry(kind: TimelineKind, text: string): TimelineEntry {
  return { atMs: 0, wallMs: null, windowId: '1', kind, severity: 'info', verb: 'stated', quotes: { text } };
}

const entries = [
  entry('click', 'Clicked “Pay now”'),
  entry('network-error', 'POST /pay failed with 502'),
  entry('console-error', 'Uncaught Error'),
  entry('note', 'Pay button stays dead'),
];

describe('countByGroup', () => {
  it('counts every kind in exactly one group', () => {
    const one = timelineKinds.map((kind) => entry(kind, kind));
    expect(countByGroup(one).reduce((sum, { count }) => sum + count, 0)).toBe(timelineKinds.length);
  });

  it('groups both kinds of error and omits empty groups', () => {
    expect(countByGroup(entries)).toEqual([
      { group: 'errors', count: 2 },
      { group: 'clicks', count: 1 },
      { group: 'notes', count: 1 },
    ]);
  });
});

describe('filterEntries', () => {
  it('returns the same list without filters', () => {
    expect(filterEntries(entries, new Set(), '  ')).toBe(entries);
  });

  it('keeps the chosen groups', () => {
    const kept = filterEntries(entries, new Set(['errors']), '');
    expect(kept.map(({ kind }) => groupOf(kind))).toEqual(['errors', 'errors']);
  });

  it('matches every word, in any case and order', () => {
    expect(filterEntries(entries, new Set(), 'NOW pay')).toEqual([entries[0]]);
    expect(filterEntries(entries, new Set(), 'now 502')).toEqual([]);
  });

  it('combines group and words', () => {
    expect(filterEntries(entries, new Set(['notes']), 'pay')).toEqual([entries[3]]);
  });
});
