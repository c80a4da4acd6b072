import type { TimelineEntry } from '../../../contract/timeline';
import { kindWords } from '../../../contract/words/timeline';
import { writeRow } from './cells';
import { showRelative, type TimelineDocument } from './document';
import { machineTime, timeBasis, wholeNumber } from './machine';

type Field = string | number | undefined;
type Column = readonly [name: string, read: (entry: TimelineEntry, document: TimelineDocument) => Field];

/** Timesketch's own names first: an import without them asks the user to map them. `timestamp` counts microseconds. */
const columns: readonly Column[] = [
  ['message', ({ text }) => text],
  ['timestamp', (entry, document) => machineTime(entry, document) * 1000],
  ['datetime', (entry, document) => new Date(machineTime(entry, document)).toISOString().replace('Z', '000+00:00')],
  ['timestamp_desc', ({ kind }) => kindWords[kind]],
  ['data_type', ({ kind }) => `casement:session:${kind}`],
  ['time_basis', timeBasis],
  ['session_time', ({ atMs }) => showRelative(atMs)],
  ['kind', ({ kind }) => kind],
  ['severity', ({ severity }) => severity],
  ['window', ({ windowId }) => windowId],
  ['duration_ms', ({ durationMs }) => wholeNumber(durationMs)],
  ['page', ({ details }) => details?.page],
  ['page_title', ({ details }) => details?.title],
  ['http_method', ({ details }) => details?.method],
  ['http_route', ({ details }) => details?.route],
  ['http_status', ({ details }) => wholeNumber(details?.status)],
];

/** Timesketch's CSV, for an upload whose name ends in `.csv`. */
export function writeTimesketchCsv(document: TimelineDocument): string {
  const rows = document.entries.map((entry) =>
    writeRow(columns.map(([, read]) => String(read(entry, document) ?? ''))),
  );
  return [writeRow(columns.map(([name]) => name)), ...rows, ''].join('\r\n');
}

/** Timesketch's JSON lines, for an upload whose name ends in `.jsonl`. */
export function writeTimesketchJsonLines(document: TimelineDocument): string {
  return document.entries
    .map((entry) => {
      // What is undefined is left out of JSON, so no entry has fields that say nothing.
      const fields = columns.map(([name, read]) => [name, read(entry, document)] as const);
      return `${JSON.stringify(Object.fromEntries(fields))}\n`;
    })
    .join('');
}
