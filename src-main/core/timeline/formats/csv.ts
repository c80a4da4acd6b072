import type { TimelineEntry } from '../../../contract/timeline';
import { writeRow } from './cells';
import { sayEntry, showClock, showRelative, type TimelineDocument } from './document';

const columns: readonly [string, (entry: TimelineEntry) => string][] = [
  ['time', ({ atMs }) => showRelative(atMs)],
  ['datetime', ({ wallMs }) => (wallMs === null ? '' : showClock(wallMs))],
  ['window', ({ windowId }) => windowId],
  ['kind', ({ kind }) => kind],
  ['severity', ({ severity }) => severity],
  ['event', sayEntry],
  ['duration_ms', ({ durationMs }) => (durationMs === undefined ? '' : String(durationMs))],
];

/** RFC 4180. */
export function writeCsv({ entries }: TimelineDocument): string {
  const rows = entries.map((entry) => writeRow(columns.map(([, read]) => read(entry))));
  return [writeRow(columns.map(([name]) => name)), ...rows, ''].join('\r\n');
}
