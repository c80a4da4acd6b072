import { describe, expect, it } from 'vitest';
import { timelineKinds, type TimelineEntry, type TimelineKind } from '../../../src-main/contract/timeline';
import { countByGroup, filterEntries, groupOf } from '../../../src-renderer/shell/session/timeline-filter';

function entry(kind: TimelineKind, text: string): TimelineEntry {
  return { atMs: 0, wallMs: null, windowId: '1', kind, severity: 'info', text };
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

  it('puts both kinds of error together and leaves out what is not there', () => {
    expect(countByGroup(entries)).toEqual([
      { group: 'errors', count: 2 },
      { group: 'clicks', count: 1 },
      { group: 'notes', count: 1 },
    ]);
  });
});

describe('filterEntries', () => {
  it('hands back the same list when nothing is asked for', () => {
    expect(filterEntries(entries, new Set(), '  ')).toBe(entries);
  });

  it('keeps the chosen groups', () => {
    const kept = filterEntries(entries, new Set(['errors']), '');
    expect(kept.map(({ kind }) => groupOf(kind))).toEqual(['errors', 'errors']);
  });

  it('wants every word, in any case and order', () => {
    expect(filterEntries(entries, new Set(), 'NOW pay')).toEqual([entries[0]]);
    expect(filterEntries(entries, new Set(), 'now 502')).toEqual([]);
  });

  it('asks for group and words at once', () => {
    expect(filterEntries(entries, new Set(['notes']), 'pay')).toEqual([entries[3]]);
  });
});
