import type { TimelineEntry } from '../../../contract/timeline';
import { writeRow } from './cells';
import { formatEntry, formatClock, formatRelative, type TimelineDocument } from './document';

const columns: readonly [string, (entry: TimelineEntry) => string][] = [
  ['time', ({ atMs }) => formatRelative(atMs)],
  ['datetime', ({ wallMs }) => (wallMs === null ? '' : formatClock(wallMs))],
  ['window', ({ windowId }) => windowId],
  ['kind', ({ kind }) => kind],
  ['severity', ({ severity }) => severity],
  ['event', formatEntry],
  ['duration_ms', ({ durationMs }) => (durationMs === undefined ? '' : String(durationMs))],
];

/** Writes comma-separated values (RFC 4180). */
export function writeCsv({ entries }: TimelineDocument): string {
  const rows = entries.map((entry) => writeRow(columns.map(([, read]) => read(entry))));
  return [writeRow(columns.map(([name]) => name)), ...rows, ''].join('\r\n');
}
