/** Numbers, plurals, lists and durations as text. The locale is fixed: exports must not depend on the computer. */

const locale = 'en-GB';
const counts = new Intl.NumberFormat(locale);
const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const pluralRules = new Intl.PluralRules(locale);
const lists = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });

const alternatives = new Intl.ListFormat(locale, { style: 'long', type: 'disjunction' });

/** Returns `1,393`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** Returns `1 event` or `1,393 events`. */
export function plural(count: number, one: string, other: string): string {
  return `${formatCount(count)} ${pluralRules.select(count) === 'one' ? one : other}`;
}

/** Returns `a`, `a and b` or `a, b and c`. */
export function formatList(items: readonly string[]): string {
  return lists.format(items);
}

/** Returns `a`, `a or b` or `a, b or c`. */
export function formatAlternatives(items: readonly string[]): string {
  return alternatives.format(items);
}

/** Returns `703 ms`, `3.2 s`, `4 min 10 s` or `2 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${formatCount(Math.round(ms))} ms`;
  if (ms < 119_950) return `${tenths.format(ms / 1000)} s`;
  const { hours, minutes, seconds } = partsOf(Math.round(ms / 1000));
  const parts: [number, string][] = [
    [hours, 'h'],
    [minutes, 'min'],
    [hours > 0 ? 0 : seconds, 's'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${formatCount(count)} ${unit}`)
    .join(' ');
}

const longUnits = {
  hours: unitFormat('hour'),
  minutes: unitFormat('minute'),
  seconds: unitFormat('second'),
};

/** Returns `1 minute 3 seconds`, for screen readers. `Intl.DurationFormat` is missing in Node 20. */
export function formatDurationLong(ms: number): string {
  const parts = partsOf(wholeSeconds(ms));
  const words = (['hours', 'minutes', 'seconds'] as const)
    .filter((unit) => parts[unit] > 0)
    .map((unit) => longUnits[unit].format(parts[unit]));
  return words.length > 0 ? words.join(' ') : longUnits.seconds.format(0);
}

/** Returns a position on a player's clock, rounded down: `0:16`, `12:03` or `1:02:03`. */
export function formatTimecode(ms: number): string {
  const { hours, minutes, seconds } = partsOf(wholeSeconds(ms));
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

function unitFormat(unit: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
}

function wholeSeconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000));
}

function partsOf(seconds: number): { hours: number; minutes: number; seconds: number } {
  return { hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60), seconds: seconds % 60 };
}
