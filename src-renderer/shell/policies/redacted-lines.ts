import type { RedactionReport } from '../../../src-main/contract/policy';
import { exportWords } from '../../../src-main/contract/words/export';

/** Returns the words for a channel of the report, or its name if it has none. */
export function channelWords(channel: string): string {
  const known = exportWords.channels;
  return Object.hasOwn(known, channel) ? (known[channel] ?? channel) : channel;
}

function lines(
  counts: Readonly<Record<string, number>>,
  format: (count: number, what: string) => string,
): { count: number; line: string }[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([channel, count]) => ({ count, line: format(count, channelWords(channel)) }));
}

/** Returns one line for each redacted channel, most frequent first. */
export function hiddenLines(report: Pick<RedactionReport, 'masked' | 'dropped'>): string[] {
  return [...lines(report.masked, exportWords.masked), ...lines(report.dropped, exportWords.dropped)]
    .sort((a, b) => b.count - a.count)
    .map(({ line }) => line);
}
