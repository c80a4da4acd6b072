import type { JoinedEntry } from '../../../contract/timeline';
import { writeRow } from './cells';
import { formatEntry, formatClock, formatRelative, sessionNumber, type TimelineDocument } from './document';

type Column = readonly [name: string, read: (entry: JoinedEntry) => string];

const times: readonly Column[] = [
  ['time', ({ atMs }) => formatRelative(atMs)],
  ['datetime', ({ wallMs }) => (wallMs === null ? '' : formatClock(wallMs))],
];

/** Only in a timeline of several sessions. */
const sessionColumns: readonly Column[] = [
  ['session', sessionNumber],
  ['session_time', ({ session }) => (session ? formatRelative(session.atMs) : '')],
];

const columns: readonly Column[] = [
  ['window', ({ windowId }) => windowId],
  ['kind', ({ kind }) => kind],
  ['severity', ({ severity }) => severity],
  ['event', formatEntry],
  ['duration_ms', ({ durationMs }) => (durationMs === undefined ? '' : String(durationMs))],
];

/** Writes comma-separated values (RFC 4180). */
export function writeCsv({ entries, sessions }: TimelineDocument): string {
  const written = [...times, ...(sessions ? sessionColumns : []), ...columns];
  const rows = entries.map((entry) => writeRow(written.map(([, read]) => read(entry))));
  return [writeRow(written.map(([name]) => name)), ...rows, ''].join('\r\n');
}
