import type { RedactionReport } from '../../../src-main/contract/policy';
import { shellWords } from '../../../src-main/contract/words/shell';

/** The words for a channel of the report; one that has none yet is shown by its own name. */
export function channelWords(channel: string): string {
  const known = shellWords.export.channels;
  return Object.hasOwn(known, channel) ? (known[channel] ?? channel) : channel;
}

function lines(
  counts: Readonly<Record<string, number>>,
  say: (count: number, what: string) => string,
): { count: number; line: string }[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([channel, count]) => ({ count, line: say(count, channelWords(channel)) }));
}

/** What an export hides, a line a channel, the most first. */
export function hiddenLines(report: Pick<RedactionReport, 'masked' | 'dropped'>): string[] {
  return [...lines(report.masked, shellWords.export.masked), ...lines(report.dropped, shellWords.export.dropped)]
    .sort((a, b) => b.count - a.count)
    .map(({ line }) => line);
}
