import * as v from 'valibot';
import { Bug } from '../../../src-main/contract/diagnostics';
import type { ReplayReport } from '../../../src-main/contract/replay-port';

/** The numeric fields of each kind of report. They have to be finite and not negative. */
const numbersOf: Readonly<Record<ReplayReport['kind'], readonly string[]>> = {
  loading: [],
  ready: ['durationMs', 'width', 'height'],
  time: ['atMs'],
  seeked: ['atMs', 'tookMs'],
  duration: ['durationMs'],
  size: ['width', 'height'],
  alive: ['beat'],
  failed: [],
  bug: [],
};

/** Validates a report of the replay frame, which processes hostile input. Returns undefined if it is invalid. */
export function readReport(data: unknown): ReplayReport | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const fields = data as Record<string, unknown>;
  const { kind } = fields;
  if (typeof kind !== 'string' || !Object.hasOwn(numbersOf, kind)) return undefined;
  const isValid = numbersOf[kind as ReplayReport['kind']].every((name) => {
    const value = fields[name];
    return typeof value === 'number' && Number.isFinite(value) && value >= 0;
  });
  if (!isValid) return undefined;
  if (kind === 'time' && typeof fields['isPlaying'] !== 'boolean') return undefined;
  if (kind === 'failed' && typeof fields['code'] !== 'string') return undefined;
  if (kind === 'bug' && !v.is(Bug, fields['bug'])) return undefined;
  return data as ReplayReport;
}
