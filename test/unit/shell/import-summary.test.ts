import { describe, expect, it } from 'vitest';
import type { ImportSummary } from '../../../src-main/contract/opened-files';
import { openedFilesWords } from '../../../src-main/contract/words/opened-files';
import { summaryAbout, summaryCounts, summaryRows } from '../../../src-renderer/shell/library/import-summary';
import { progressWords } from '../../../src-renderer/shell/app/job-text';

const nothing: ImportSummary = {
  imported: 0,
  present: 0,
  foreign: 0,
  links: 0,
  special: 0,
  refused: [],
  moreRefused: 0,
  stops: [],
};
const refused = [{ name: 'a.json', error: { code: 'recording-truncated' as const } }];

describe('the summary of an import', () => {
  it('counts the files, including refused ones that are not listed', () => {
    const summary = { ...nothing, imported: 12, foreign: 3, refused, moreRefused: 1, links: 1 };
    expect(openedFilesWords.counts(summaryCounts(summary))).toBe(
      '12 imported, 2 damaged or rejected, 3 not recordings, 1 link skipped',
    );
    expect(summaryRows(summary).map(({ name }) => name)).toEqual(['imported', 'refused', 'foreign', 'links']);
    expect(summaryAbout(summary)).toBeUndefined();
  });

  it('describes an empty folder, one without recordings and a stopped import', () => {
    expect(summaryAbout(nothing)).toBe(openedFilesWords.empty);
    expect(openedFilesWords.toast(summaryCounts(nothing))).toBe('No files found.');
    expect(summaryAbout({ ...nothing, foreign: 2 })).toBe(openedFilesWords.noRecording);
    expect(summaryAbout({ ...nothing, foreign: 2, refused })).toBeUndefined();
    const stops = [{ code: 'cancelled' as const }];
    expect(summaryAbout({ ...nothing, imported: 1, stops })).toBe(openedFilesWords.kept);
    expect(summaryAbout({ ...nothing, stops })).toBeUndefined();
  });

  it('reports its progress in files and bytes', () => {
    expect(progressWords({ phase: 'reading', done: 1_500_000, total: 3_000_000, files: { done: 3, total: 12 } })).toBe(
      'Reading · 3 of 12 files · 1.5 MB of 3.0 MB',
    );
  });
});
