import { describe, expect, it } from 'vitest';
import { progressShare, progressWords } from '../../../src-renderer/shell/app/job-text';
import { formatBytes } from '../../../src-renderer/shell/ui/format-bytes';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 KB'],
    [12_340, '12.3 KB'],
    [482_113, '482 KB'],
    [999_999, '1.0 MB'],
    [3_100_000_000, '3.1 GB'],
  ])('writes %d as %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words));
});

describe('the progress of a job', () => {
  it('shows bytes while fetching and a count while redacting', () => {
    expect(progressWords({ phase: 'fetching', done: 1_200_000, total: 3_400_000 })).toBe(
      'Downloading · 1.2 MB of 3.4 MB',
    );
    expect(progressWords({ phase: 'redacting', done: 1200, total: 1393 })).toBe('Redacting · 1,200 of 1,393');
  });

  it('shows the events that were read while fetching', () => {
    const progress = { phase: 'fetching', done: 1_200_000, total: 0, events: 4210 } as const;
    expect(progressWords(progress)).toBe('Downloading · 1.2 MB · 4,210 events');
  });

  it('shows no total that is unknown', () => {
    expect(progressWords({ phase: 'fetching', done: 2000, total: 0 })).toBe('Downloading · 2.0 KB');
    expect(progressShare({ phase: 'fetching', done: 2000, total: 0 })).toBeUndefined();
    expect(progressShare(undefined)).toBeUndefined();
  });

  it('never exceeds its total', () => expect(progressShare({ phase: 'reading', done: 12, total: 10 })).toBe(1));
});
