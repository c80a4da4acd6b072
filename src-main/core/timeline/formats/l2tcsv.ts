import type { JoinedEntry } from '../../../contract/timeline';
import { entryText, kindWords } from '../../../contract/words/timeline';
import { writeRow } from './cells';
import type { TimelineDocument } from './document';
import { machineTime, ownFields, nonNegativeInteger } from './machine';

/** log2timeline's empty value. */
const nothing = '-';
const shortLength = 80;

const columns: readonly [string, (entry: JoinedEntry, at: Date) => string][] = [
  ['date', (_, at) => `${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${at.toISOString().slice(0, 4)}`],
  ['time', (_, at) => at.toISOString().slice(11, 19)],
  ['timezone', () => 'UTC'],
  // None of the four file system times.
  ['MACB', () => '....'],
  ['source', () => 'LOG'],
  ['sourcetype', () => 'Session recording'],
  ['type', ({ kind }) => kindWords[kind]],
  ['user', () => nothing],
  ['host', () => nothing],
  ['short', (entry) => cut(entryText(entry))],
  ['desc', entryText],
  ['version', () => '2'],
  ['filename', () => nothing],
  ['inode', () => nothing],
  ['notes', ({ severity }) => (severity === 'info' ? nothing : severity)],
  ['format', () => 'casement/timeline'],
  ['extra', writeExtra],
];

/** Writes log2timeline's 17 columns. Its readers split at every comma, so commas in texts are replaced. */
export function writeL2tCsv(document: TimelineDocument): string {
  const rows = document.entries.map((entry) => {
    const at = new Date(machineTime(entry, document));
    return writeRow(columns.map(([, read]) => read(entry, at).replaceAll(',', ' ') || nothing));
  });
  return [columns.map(([name]) => name).join(','), ...rows, ''].join('\r\n');
}

/** Includes the milliseconds, which the time column cannot contain. */
function writeExtra(entry: JoinedEntry, at: Date): string {
  const { method, status } = entry.facts ?? {};
  const { route } = entry.quotes ?? {};
  const fields = {
    milliseconds: at.getUTCMilliseconds(),
    severity: entry.severity,
    ...ownFields(entry),
    duration_ms: nonNegativeInteger(entry.durationMs),
    method,
    route,
    status: nonNegativeInteger(status),
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
