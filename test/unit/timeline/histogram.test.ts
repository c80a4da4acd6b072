import { expect, it } from 'vitest';
import type { Severity, TimelineEntry, TimelineKind } from '../../../src-main/contract/timeline';
import { buildHistogram } from '../../../src-main/core/timeline/histogram';

const entry = (atMs: number, severity: Severity = 'info', kind: TimelineKind = 'click'): TimelineEntry => ({
  atMs,
  wallMs: null,
  windowId: '1',
  kind,
  severity,
  verb: 'stated',
});

it('distributes entries over the session and keeps the highest severity of each span', () => {
  const entries = [entry(0), entry(40, 'error'), entry(45, 'warning'), entry(60, 'info', 'idle'), entry(100)];
  expect(buildHistogram(entries, 100, 4)).toEqual([
    { count: 1, worst: 'info' },
    { count: 2, worst: 'error' },
    { count: 0, worst: 'info' },
    { count: 1, worst: 'info' },
  ]);
  expect(buildHistogram([entry(5)], 0, 2)[0]?.count).toBe(1);
});
