import type { TimelineEntry } from '../../../contract/timeline';
import { kindWords } from '../../../contract/words/timeline';
import { writeRow } from './cells';
import type { TimelineDocument } from './document';
import { machineTime, ownFields, wholeNumber } from './machine';

/** What log2timeline writes where there is nothing to say. */
const nothing = '-';
const shortLength = 80;

const columns: readonly [string, (entry: TimelineEntry, at: Date) => string][] = [
  ['date', (_, at) => `${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${at.toISOString().slice(0, 4)}`],
  ['time', (_, at) => at.toISOString().slice(11, 19)],
  ['timezone', () => 'UTC'],
  // Of the four that a file system knows it is none.
  ['MACB', () => '....'],
  ['source', () => 'LOG'],
  ['sourcetype', () => 'Session recording'],
  ['type', ({ kind }) => kindWords[kind]],
  ['user', () => nothing],
  ['host', () => nothing],
  ['short', ({ text }) => cut(text)],
  ['desc', ({ text }) => text],
  ['version', () => '2'],
  ['filename', () => nothing],
  ['inode', () => nothing],
  ['notes', ({ severity }) => (severity === 'info' ? nothing : severity)],
  ['format', () => 'casement/timeline'],
  ['extra', writeExtra],
];

/** log2timeline's 17 columns. Its readers split at each comma, so no text has one. */
export function writeL2tCsv(document: TimelineDocument): string {
  const rows = document.entries.map((entry) => {
    const at = new Date(machineTime(entry, document));
    return writeRow(columns.map(([, read]) => read(entry, at).replaceAll(',', ' ') || nothing));
  });
  return [columns.map(([name]) => name).join(','), ...rows, ''].join('\r\n');
}

/** The milliseconds are here: the time's own column has none. */
function writeExtra(entry: TimelineEntry, at: Date): string {
  const { method, route, status } = entry.details ?? {};
  const fields = {
    milliseconds: at.getUTCMilliseconds(),
    severity: entry.severity,
    ...ownFields(entry),
    duration_ms: wholeNumber(entry.durationMs),
    method,
    route,
    status: wholeNumber(status),
  };
  return Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
    .join('; ');
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > shortLength ? `${characters.slice(0, shortLength - 3).join('')}...` : text;
}

const two = (value: number): string => String(value).padStart(2, '0');
