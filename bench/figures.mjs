/**
 * A figure that the project promises, or one that explains it, next to its peer from the same run.
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value
 * @property {'ms' | 'MB' | 'MB/s' | 'x' | 'events/s'} unit
 * @property {{ name: string, value: number, ratio: number }} [peer]  ratio: as the limit counts it
 * @property {{ most: number, of: 'value' | 'ratio' } | { least: number, of: 'value' | 'ratio' }} [limit]  the promise
 * @property {boolean} [isKept]
 * @property {string} [note]  how it was measured, where the name doesn't say it
 * @property {Record<string, number | string>} [details]
 */

/**
 * @param {Figure} figure
 * @returns {Figure} with the verdict
 */
export function judge(figure) {
  const { limit, peer, value } = figure;
  if (!limit) return figure;
  const measured = limit.of === 'value' ? value : peer?.ratio;
  if (measured === undefined) return figure;
  return { ...figure, isKept: 'most' in limit ? measured <= limit.most : measured >= limit.least };
}

/**
 * @param {readonly Figure[]} figures
 * @returns {string} a table for a terminal
 */
export function table(figures) {
  const rows = figures.map(({ name, value, unit, peer, limit, isKept }) => [
    name,
    `${short(value)} ${unit}`,
    peer ? `${peer.name}: ${short(peer.value)} ${unit}` : '',
    peer ? `${short(peer.ratio)} x` : '',
    limit
      ? `${'most' in limit ? 'at most' : 'at least'} ${'most' in limit ? limit.most : limit.least} ${limit.of === 'ratio' ? 'x' : unit}`
      : '',
    isKept === undefined ? '' : isKept ? 'kept' : 'MISSED',
  ]);
  const all = [['figure', 'measured', 'peer', 'ratio', 'promised', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** @param {number} value */
function short(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/**
 * @param {readonly number[]} values
 * @param {number} share  0.5 for the median
 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** @param {readonly number[]} values */
export const median = (values) => percentile(values, 0.5);
