import type { Completeness } from '../completeness';
import { formatCount, formatList } from './format';

const units: Readonly<Record<Completeness['unit'], readonly [one: string, other: string]>> = {
  blocks: ['block', 'blocks'],
  segments: ['segment', 'segments'],
  files: ['file', 'files'],
  events: ['event', 'events'],
};

const missing = ({ unit, received, expected }: Completeness): string =>
  `${formatCount(expected - received)} of ${formatCount(expected)} ${units[unit][expected === 1 ? 0 : 1]}`;

/** The completeness of a session, and of a download. */
export const completenessWords = {
  /** `parts`: the counts by which parts are missing; empty if they were not counted. */
  mark: (parts: readonly Completeness[]) =>
    parts.length === 0 ? 'Not complete' : `Not complete: ${formatList(parts.map(missing))} missing`,
  hint: (parts: readonly Completeness[]) =>
    parts.length === 0
      ? 'The download ended early. Check for updates to get the rest.'
      : 'The platform announced more than arrived. Check for updates: parts that were late or failed for a moment are added. If the mark stays, the platform has lost them.',
} as const;
