import * as v from 'valibot';
import { entryText } from '../../../src-main/contract/words/timeline';
import { describe, expect, it } from 'vitest';
import type { CaseSummary } from '../../../src-main/contract/case';
import { CaseId, SessionId } from '../../../src-main/contract/ids';
import { clockOf } from '../../../src-main/contract/shared/timeline-order';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import {
  beginsWithoutClock,
  dayAbove,
  filterLines,
  mergeTimelines,
} from '../../../src-renderer/shell/cases/case-timeline';
import { findCases } from '../../../src-renderer/shell/cases/find-cases';

const dayMs = Date.UTC(2026, 4, 4);
const id = (text: string): SessionId => v.parse(SessionId, text);

function entry(
  atMs: number,
  wallMs: number | null,
  text: string,
  kind: TimelineEntry['kind'] = 'click',
): TimelineEntry {
  return { atMs, wallMs, windowId: '1', kind, severity: 'info', verb: 'stated', quotes: { text } };
}

/** Returns a session of a case whose clock is that of its first entry. */
const part = (name: string, entries: TimelineEntry[], clock = clockOf(startOf(entries))) => ({
  sessionId: id(name),
  clock,
  entries,
  notes: [],
});

function startOf([first]: TimelineEntry[]): number {
  return (first?.wallMs ?? 0) - (first?.atMs ?? 0);
}

describe('the timeline of a case', () => {
  it('merges sessions by time of day, and assigns each line to its session', () => {
    const lines = mergeTimelines([
      part('s-late', [entry(0, dayMs + 5000, 'c'), entry(1000, dayMs + 6000, 'e')]),
      part('s-early', [entry(0, dayMs, 'a'), entry(5500, dayMs + 5500, 'd'), entry(100, dayMs + 100, 'b')]),
    ]);
    expect(lines.map(entryText).join('')).toBe('abcde');
    expect(lines.map(({ ordinal }) => ordinal)).toEqual([1, 1, 0, 1, 0]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(5);
  });

  it('puts sessions without a time of day after the others, one after the other', () => {
    const lines = mergeTimelines([
      part('s-hidden', [entry(0, null, 'c'), entry(900, null, 'd')]),
      part('s-known', [entry(0, dayMs, 'a'), entry(500, dayMs + 500, 'b')]),
      part('s-other', [entry(10, null, 'e')]),
    ]);
    expect(lines.map(entryText).join('')).toBe('abcde');
  });

  it('treats a removed clock as none, and marks the first such line', () => {
    const hiddenMs = Date.UTC(2000, 0, 1);
    const lines = mergeTimelines([
      part('s-hidden', [entry(0, hiddenMs, 'b'), entry(900, hiddenMs + 900, 'c')]),
      part('s-known', [entry(0, dayMs, 'a')]),
    ]);
    expect(lines.map(entryText).join('')).toBe('abc');
    expect(lines.map(({ wallMs }) => wallMs)).toEqual([dayMs, null, null]);
    expect(lines.map((_, index) => beginsWithoutClock(lines, index))).toEqual([false, true, false]);
  });

  it('merges sessions with hidden clocks by their positions in their case file, with times from its first moment', () => {
    const hiddenMs = Date.UTC(2000, 0, 1);
    const hidden = (name: string, atMs: number, text: string, offsetMs: number) =>
      part(
        name,
        [entry(atMs, hiddenMs + atMs, text)],
        clockOf(hiddenMs, { id: 'f', position: { clock: 0, offsetMs } }),
      );
    const lines = mergeTimelines([hidden('s-late', 10, 'b', 5000), hidden('s-early', 100, 'a', 0)]);
    expect(lines.map((line) => [entryText(line), line.groupMs, line.atMs])).toEqual([
      ['a', 100, 100],
      ['b', 5010, 10],
    ]);
    expect(lines.map((_, index) => beginsWithoutClock(lines, index))).toEqual([false, false]);
  });

  it('includes the notes of each session at their time', () => {
    const notes = [{ id: 'n-1', atMs: 700, text: 'seen' }];
    const lines = mergeTimelines([
      { ...part('s-one1', [entry(0, dayMs, 'a'), entry(900, dayMs + 900, 'c')]), notes },
      part('s-two2', [entry(0, dayMs + 800, 'b')]),
    ]);
    expect(lines.map(entryText)).toEqual(['a', 'seen', 'b', 'c']);
  });

  it('shows the day where it changes', () => {
    const dayAfter = dayMs + 36 * 3_600_000;
    const lines = mergeTimelines([
      part('s-one1', [entry(0, dayMs, 'a'), entry(1, dayMs + 1, 'b'), entry(2, dayAfter, 'c')]),
      part('s-two2', [entry(0, null, 'd')]),
    ]);
    expect(lines.map((_, index) => dayAbove(lines, index))).toEqual([dayMs, undefined, dayAfter, undefined]);
  });

  it('filters by importance and by every word of the query', () => {
    const lines = mergeTimelines([
      part('s-one1', [
        entry(0, dayMs, 'Clicked Pay now'),
        entry(1, dayMs + 1, 'Pay failed', 'network-error'),
        entry(2, dayMs + 2, 'Opened /pay', 'navigation'),
      ]),
    ]);
    expect(filterLines(lines, '', true).map(({ kind }) => kind)).toEqual(['network-error', 'navigation']);
    expect(filterLines(lines, 'PAY failed', false)).toHaveLength(1);
    expect(filterLines(lines, 'pay', false)).toHaveLength(3);
  });
});

describe('finding cases', () => {
  const summary = (title: string, more: Partial<CaseSummary> = {}): CaseSummary => ({
    id: v.parse(CaseId, 'case-0001'),
    title,
    description: '',
    status: 'open',
    severity: 'low',
    owner: '',
    tags: [],
    isArchived: false,
    sessionIds: [],
    attachmentCount: 0,
    createdAt: 0,
    changedAt: 0,
    ...more,
  });
  const all = [
    summary('Payment fails', { tags: ['checkout'], owner: 'Ada' }),
    summary('Login loops', { status: 'resolved' }),
    summary('Old payment', { isArchived: true }),
  ];
  const titles = (query: string, withArchived = false) => findCases(all, query, withArchived).map(({ title }) => title);

  it('searches title, description, owner, tags and status', () => {
    expect(titles('ada CHECKOUT')).toEqual(['Payment fails']);
    expect(titles('resolved')).toEqual(['Login loops']);
  });

  it('omits archived cases unless asked for', () => {
    expect(titles('')).toEqual(['Payment fails', 'Login loops']);
    expect(titles('', true)).toHaveLength(3);
    expect(titles('payment')).toEqual(['Payment fails', 'Old payment']);
  });
});
