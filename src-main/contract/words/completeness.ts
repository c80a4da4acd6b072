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
      ? 'The download ended early. Download the session again to get the rest.'
      : 'The platform announced more than arrived. Download the session again: what arrived late or failed for a moment is added. If the mark stays, the platform has lost these parts.',
} as const;
