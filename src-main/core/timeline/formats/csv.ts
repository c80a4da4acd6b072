import type { TimelineEntry } from '../../../contract/timeline';
import { showClock, showRelative, type TimelineDocument } from './document';

const columns: readonly [string, (entry: TimelineEntry) => string][] = [
  ['time', ({ atMs }) => showRelative(atMs)],
  ['datetime', ({ wallMs }) => (wallMs === null ? '' : showClock(wallMs))],
  ['window', ({ windowId }) => windowId],
  ['kind', ({ kind }) => kind],
  ['severity', ({ severity }) => severity],
  ['event', ({ text }) => text],
  ['duration_ms', ({ durationMs }) => (durationMs === undefined ? '' : String(durationMs))],
];

/** RFC 4180. */
export function writeCsv({ entries }: TimelineDocument): string {
  const header = columns.map(([name]) => name).join(',');
  const rows = entries.map((entry) => columns.map(([, read]) => writeCell(read(entry))).join(','));
  return [header, ...rows, ''].join('\r\n');
}

/** A spreadsheet takes a cell that starts like this for a formula; an apostrophe makes it text. The wide forms count in some locales. */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/;

function writeCell(value: string): string {
  const inert = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
