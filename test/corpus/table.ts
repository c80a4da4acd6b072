import type { TimelineKind } from '../../src-main/contract/timeline';
import type { PolicyResult, RecordingResult } from './check';

const headings = [
  'recording',
  'events',
  'policy',
  'came out',
  'repaired',
  'refused',
  'invented',
  'missing',
  'private',
  's',
];

/** Returns a table with a row for each recording and policy. */
export function tableOf(results: readonly RecordingResult[]): string {
  const rows = results.flatMap(({ name, events, policies }) =>
    policies.map((result, index) => [
      index === 0 ? name : '',
      index === 0 ? String(events) : '',
      result.policy,
      String(result.cameOut.length),
      ofRepair(result),
      Object.keys(result.refused).join(', '),
      ofKinds(result.invented),
      ofKinds(result.missing),
      ofKinds(result.leftOut),
      result.seconds.toFixed(0),
    ]),
  );
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Returns one line per recording with the number of recorded entries of each kind. */
export function kindsOf(results: readonly RecordingResult[]): string {
  return results.map(({ name, kinds }) => `${name}: ${ofKinds(kinds)}`).join('\n');
}

/** Returns one line per policy with the number of recordings that came out, needed the repair, or were refused. */
export function totalsOf(results: readonly RecordingResult[]): string {
  const names = [...new Set(results.flatMap(({ policies }) => policies.map(({ policy }) => policy)))];
  const lines = names.map((name) => {
    const rows = results.flatMap(({ policies }) => policies.filter(({ policy }) => policy === name));
    const count = (of: (result: PolicyResult) => object): number =>
      rows.filter((row) => Object.keys(of(row)).length > 0).length;
    return `${name}: ${rows.length} recordings, ${count(({ repaired }) => repaired)} needed the repair, ${count(
      ({ refused }) => refused,
    )} refused, ${count(({ invented }) => invented)} with invented entries, ${count(({ missing }) => missing)} with missing entries`;
  });
  return lines.join('\n');
}

function ofRepair({ repaired, repairedValues }: PolicyResult): string {
  if (repaired.length === 0) return '';
  const values = Object.entries(repairedValues).map(([channel, count]) => `${channel} ${count}`);
  return `${repaired.length} (${values.join(', ')})`;
}

function ofKinds(kinds: Partial<Record<TimelineKind, number>>): string {
  return Object.entries(kinds)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
}
