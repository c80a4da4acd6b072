import type { ReplayReport } from '../../../src-main/contract/replay-port';

/** The fields that each report has to have besides its kind: counts and times, finite and not below 0. */
const numbersOf: Readonly<Record<ReplayReport['kind'], readonly string[]>> = {
  loading: [],
  ready: ['durationMs', 'width', 'height'],
  time: ['atMs'],
  seeked: ['atMs', 'tookMs'],
  duration: ['durationMs'],
  size: ['width', 'height'],
  alive: ['beat'],
  failed: [],
};

/** A report of the replay frame, or undefined. The frame works on hostile input, so that what it says is checked. */
export function readReport(data: unknown): ReplayReport | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const fields = data as Record<string, unknown>;
  const { kind } = fields;
  if (typeof kind !== 'string' || !Object.hasOwn(numbersOf, kind)) return undefined;
  const isWhole = numbersOf[kind as ReplayReport['kind']].every((name) => {
    const value = fields[name];
    return typeof value === 'number' && Number.isFinite(value) && value >= 0;
  });
  if (!isWhole) return undefined;
  if (kind === 'time' && typeof fields['isPlaying'] !== 'boolean') return undefined;
  if (kind === 'failed' && typeof fields['code'] !== 'string') return undefined;
  return data as ReplayReport;
}
