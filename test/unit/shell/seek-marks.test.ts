import { describe, expect, it } from 'vitest';
import type { TimelineEntry, TimelineKind } from '../../../src-main/contract/timeline';
import { activity, nearestMark, quietSpans, seekMarks } from '../../../src-renderer/shell/session/seek-marks';

function entry(atMs: number, kind: TimelineKind, durationMs?: number): TimelineEntry {
  const quotes = { text: `${kind} at ${atMs}` };
  const plain = { atMs, wallMs: null, windowId: '1', kind, severity: 'info', verb: 'stated', quotes } as const;
  return durationMs === undefined ? plain : { ...plain, durationMs };
}

describe('seekMarks', () => {
  it('marks errors, rage and dead clicks, losses, pages and notes, and draws notes last', () => {
    const marks = seekMarks(
      [
        entry(0, 'note'),
        entry(10, 'network-error'),
        entry(20, 'click'),
        entry(30, 'rage-click'),
        entry(40, 'navigation'),
        entry(50, 'lost'),
        entry(60, 'dead-click'),
        entry(7000, 'error'),
      ],
      100_000,
    );
    expect(marks.map(({ kind }) => kind)).toEqual(['page', 'lost', 'dead', 'rage', 'error', 'error', 'note']);
  });

  it('draws a bounded number of marks for any number of errors', () => {
    const errors = Array.from({ length: 20_000 }, (_, index) => entry(index, 'console-error'));
    expect(seekMarks(errors, 20_000).length).toBeLessThanOrEqual(601);
  });
});

describe('nearestMark', () => {
  const marks = seekMarks([entry(1000, 'navigation'), entry(1000, 'console-error'), entry(5000, 'note')], 10_000);

  it('returns the nearest mark within the tolerance, and the top one on a tie', () => {
    expect(nearestMark(marks, 1100, 200)?.kind).toBe('error');
    expect(nearestMark(marks, 4900, 200)?.kind).toBe('note');
    expect(nearestMark(marks, 3000, 200)).toBeUndefined();
  });
});

describe('quietSpans', () => {
  it('stay inside the recording', () => {
    expect(quietSpans([entry(8000, 'idle', 5000), entry(1000, 'idle'), entry(12_000, 'idle', 10)], 10_000)).toEqual([
      { kind: 'idle', fromMs: 8000, toMs: 10_000 },
    ]);
  });

  it('draw gaps on top of idle time', () => {
    const kinds = quietSpans([entry(10, 'gap', 50), entry(20, 'idle', 50), entry(30, 'click', 5)], 100).map(
      (s) => s.kind,
    );
    expect(kinds).toEqual(['idle', 'gap']);
  });
});

describe('activity', () => {
  it('compares each span with the busiest, without idle time and notes', () => {
    const entries = [
      entry(0, 'click'),
      entry(10, 'click'),
      entry(60, 'click'),
      entry(70, 'note'),
      entry(80, 'idle', 9),
    ];
    expect(activity(entries, 100, 2)).toEqual([1, 0.5]);
  });

  it('counts an entry at the very end, and accepts an empty recording', () => {
    expect(activity([entry(100, 'click')], 100, 4)).toEqual([0, 0, 0, 1]);
    expect(activity([entry(0, 'click')], 0, 2)).toEqual([0, 0]);
  });
});
