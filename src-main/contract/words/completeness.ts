import type { Completeness } from '../completeness';
import { formatCount, formatList } from './format';

const units: Readonly<Record<Completeness['unit'], readonly [one: string, other: string]>> = {
  blocks: ['block', 'blocks'],
  segments: ['segment', 'segments'],
  files: ['file', 'files'],
  events: ['event', 'events'],
};

const missing = ({ unit, received, expected, isLeast }: Completeness): string =>
  `${isLeast ? 'at least ' : ''}${formatCount(expected - received)} of ${formatCount(expected)} ${units[unit][expected === 1 ? 0 : 1]}`;

const otherFiles = (count: number): string =>
  count === 1
    ? '1 file has a name unlike the others. It was read last and is not counted.'
    : `${formatCount(count)} files have names unlike the others. They were read last and are not counted.`;

/** The completeness of a session, and of a download. */
export const completenessWords = {
  /** `parts`: the counts by which parts are missing; empty if they were not counted. */
  mark: (parts: readonly Completeness[]) =>
    parts.length === 0 ? 'Not complete' : `Not complete: ${formatList(parts.map(missing))} missing`,
  hint: (parts: readonly Completeness[]) =>
    parts.length === 0
      ? 'The download ended early. Check for updates to get the rest.'
      : 'The platform announced more than arrived. Check for updates: parts that were late or failed for a moment are added. If the mark stays, the platform no longer has them, or never had them.',
  /** Returns remarks about counts that mean less than they seem to. */
  notes: (counts: readonly Completeness[]): string[] =>
    counts.flatMap(({ isLeast, others = 0 }) => [
      ...(others > 0 ? [otherFiles(others)] : []),
      ...(isLeast
        ? ['The server doesn’t say how many files there are, and more may follow those that were found.']
        : []),
    ]),
} as const;
