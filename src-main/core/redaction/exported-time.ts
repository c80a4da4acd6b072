import type { Policy } from '../../contract/policy';

/** Relative times start at 1 January 2000, 00:00 UTC. */
export const relativeStart = 946_684_800_000;

/** Returns the moment of an export that stands for a moment on the recorder's clock, ms. */
export type ExportedTime = (at: number) => number;

/** `startedAt`: wall clock of the session's first event, ms. */
export function createExportedTime({ times }: Pick<Policy, 'times'>, startedAt: number): ExportedTime {
  return (at) => {
    const moment = Math.round(times === 'relative' ? relativeStart + at - startedAt : at);
    return Number.isSafeInteger(moment) ? moment : relativeStart;
  };
}
