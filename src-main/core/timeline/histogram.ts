import { severities, type Severity, type TimelineEntry } from '../../contract/timeline';

/** One span of a session: the number of its entries, and their highest severity. */
export interface HistogramBucket {
  count: number;
  worst: Severity;
}

/** Spreads entries over `buckets` equal spans of the session. Idle entries don't count. */
export function buildHistogram(
  entries: readonly TimelineEntry[],
  durationMs: number,
  buckets: number,
): HistogramBucket[] {
  const histogram = Array.from({ length: buckets }, (): HistogramBucket => ({ count: 0, worst: 'info' }));
  for (const { atMs, kind, severity } of entries) {
    if (kind === 'idle') continue;
    const share = durationMs > 0 ? Math.min(1, Math.max(0, atMs / durationMs)) : 0;
    const bucket = histogram[Math.min(buckets - 1, Math.floor(share * buckets))];
    if (!bucket) continue;
    bucket.count++;
    if (severities.indexOf(severity) > severities.indexOf(bucket.worst)) bucket.worst = severity;
  }
  return histogram;
}
