import type { ImportSummary } from '../../../src-main/contract/opened-files';
import { openedFilesWords as words } from '../../../src-main/contract/words/opened-files';

type SummaryCounts = Parameters<typeof words.counts>[0];

export function summaryCounts({ refused, moreRefused, ...rest }: ImportSummary): SummaryCounts {
  const { imported, present, foreign, links, special } = rest;
  return { imported, present, foreign, links, special, refused: refused.length + moreRefused };
}

const order = ['imported', 'present', 'refused', 'foreign', 'links', 'special'] as const;

/** Returns the counts that aren't 0. */
export function summaryRows(summary: ImportSummary): { name: (typeof order)[number]; count: number }[] {
  const counts = summaryCounts(summary);
  return order.map((name) => ({ name, count: counts[name] })).filter(({ count }) => count > 0);
}

/** Returns a sentence for summaries whose numbers don't explain themselves. */
export function summaryAbout(summary: ImportSummary): string | undefined {
  const rows = summaryRows(summary);
  if (summary.stops.length > 0) return summary.imported > 0 ? words.kept : undefined;
  if (rows.length === 0) return words.empty;
  return rows.every(({ name }) => name === 'foreign') ? words.noRecording : undefined;
}
