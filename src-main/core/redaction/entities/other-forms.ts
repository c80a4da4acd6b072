import type { FindingKind } from '../../../contract/finding-kinds';

/** The languages whose way of writing a date is known. */
const locales = ['en-US', 'en-GB', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv'];
const styles = ['short', 'medium', 'long'] as const;
const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const amount = /^(\d{4,9})(?:[.,](\d{1,2}))?$/;
const separators: readonly (readonly [group: string, point: string])[] = [
  [',', '.'],
  ['.', ','],
  [' ', ','],
  [' ', '.'],
  ["'", '.'],
];

let formats: readonly Intl.DateTimeFormat[] | undefined;

function dateFormats(): readonly Intl.DateTimeFormat[] {
  return (formats ??= locales.flatMap((locale) =>
    styles.map((dateStyle) => new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' })),
  ));
}

/**
 * Returns how a page may write a value that its field holds in one form only: a date field holds an ISO date, an amount has no groups, and
 * a page shows the last four digits of a card.
 */
export function otherForms(value: string, kind: FindingKind | undefined): string[] {
  const [, year, month, day] = isoDate.exec(value) ?? [];
  if (year !== undefined && month !== undefined && day !== undefined) return datesOf(year, month, day);
  const digits = value.replace(/\D/g, '');
  if (kind === 'card' && digits.length >= 12) return [digits.slice(-4)];
  const [, whole, cents] = amount.exec(value) ?? [];
  return whole === undefined ? [] : amountsOf(whole, cents);
}

function datesOf(year: string, month: string, day: string): string[] {
  const date = new Date(`${year}-${month}-${day}T12:00:00Z`);
  if (Number.isNaN(date.getTime())) return [];
  const forms = ['.', '/', '-', ' '].flatMap((mark) =>
    [
      [day, month, year],
      [month, day, year],
      [year, month, day],
      [String(Number(day)), String(Number(month)), year],
      [String(Number(month)), String(Number(day)), year],
      [day, month, year.slice(2)],
    ].map((parts) => parts.join(mark)),
  );
  return [...forms, `${year}${month}${day}`, ...dateFormats().map((format) => format.format(date))];
}

function amountsOf(whole: string, cents: string | undefined): string[] {
  return separators.flatMap(([group, point]) => {
    const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, group);
    return cents === undefined
      ? [grouped]
      : [`${grouped}${point}${cents}`, `${grouped}${point}${cents.padEnd(2, '0')}`];
  });
}
