import type { JoinedEntry } from '../../../contract/timeline';
import { entryText, kindWords } from '../../../contract/words/timeline';
import { writeRow } from './cells';
import { formatRelative, type TimelineDocument } from './document';
import { machineTime, timeBasis, nonNegativeInteger } from './machine';

type Field = string | number | undefined;
type Column = readonly [name: string, read: (entry: JoinedEntry, document: TimelineDocument) => Field];

/** The columns that Timesketch requires come first: without them, its import asks the user to map others. `timestamp` is in microseconds. */
const commonColumns: readonly Column[] = [
  ['message', entryText],
  ['timestamp', (entry, document) => machineTime(entry, document) * 1000],
  ['datetime', (entry, document) => new Date(machineTime(entry, document)).toISOString().replace('Z', '000+00:00')],
  ['timestamp_desc', ({ kind }) => kindWords[kind]],
  ['data_type', ({ kind }) => `casement:session:${kind}`],
  ['time_basis', timeBasis],
  ['session_time', ({ atMs, session }) => formatRelative(session?.atMs ?? atMs)],
  ['kind', ({ kind }) => kind],
  ['severity', ({ severity }) => severity],
  ['window', ({ windowId }) => windowId],
  ['duration_ms', ({ durationMs }) => nonNegativeInteger(durationMs)],
  ['page', ({ quotes }) => quotes?.page],
  ['page_title', ({ quotes }) => quotes?.title],
  ['http_method', ({ facts }) => facts?.method],
  ['http_route', ({ quotes }) => quotes?.route],
  ['http_status', ({ facts }) => nonNegativeInteger(facts?.status)],
];

/** Only in a timeline of several sessions. */
const sessionColumn: Column = ['session', ({ session }) => session?.number];

function columnsOf({ sessions }: TimelineDocument): readonly Column[] {
  return sessions ? [...commonColumns, sessionColumn] : commonColumns;
}

/** Writes Timesketch's CSV, for an upload with the extension `.csv`. */
export function writeTimesketchCsv(document: TimelineDocument): string {
  const columns = columnsOf(document);
  const rows = document.entries.map((entry) =>
    writeRow(columns.map(([, read]) => String(read(entry, document) ?? ''))),
  );
  return [writeRow(columns.map(([name]) => name)), ...rows, ''].join('\r\n');
}

/** Writes Timesketch's JSON Lines, for an upload with the extension `.jsonl`. */
export function writeTimesketchJsonLines(document: TimelineDocument): string {
  const columns = columnsOf(document);
  return document.entries
    .map((entry) => {
      // JSON omits undefined values, so no entry has empty fields.
      const fields = columns.map(([name, read]) => [name, read(entry, document)] as const);
      return `${JSON.stringify(Object.fromEntries(fields))}\n`;
    })
    .join('');
}
