/** No length, index or weight on a page needs more. A larger number can encode other data. */
const limit = 1_000_000;

/** A number of this size is the height of a long list, which needs few digits, or it may be a one-time code. It is rounded. */
const roundedFrom = 100_000;

/** Returns a bounded number with at most four decimals; large numbers are rounded to thousands. Undefined if the text isn't a number. */
export function plainNumber(text: string): string | undefined {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) return undefined;
  const bounded = Math.min(limit, Math.max(-limit, value));
  if (Math.abs(bounded) >= roundedFrom) return String(Math.round(bounded / 1000) * 1000);
  return String(Math.round(bounded * 10_000) / 10_000 + 0);
}

/**
 * Returns whether the numbers of a custom property are colour channels or have few digits in total. Custom properties can hold any text, and
 * a card or phone number is neither.
 */
export function areQuietNumbers(numbers: readonly string[]): boolean {
  const values = numbers.map(Number);
  if (values.length <= 4 && values.every((value) => value >= 0 && value <= 255)) return true;
  return digitsOf(values) <= 5;
}

/** Returns whether adjacent numbers without a unit have more digits than a layout needs, as a card or phone number has. */
export function looksDialled(numbers: readonly string[]): boolean {
  return numbers.length > 1 && digitsOf(numbers.map(Number).filter((value) => value !== 0)) > 8;
}

/** Returns the total number of digits before the decimal point. */
function digitsOf(values: readonly number[]): number {
  return values.reduce((digits, value) => digits + String(Math.trunc(Math.abs(value))).length, 0);
}

/** Coordinates and path data. */
const geometryShape = /^[\d\s.,eE+\-MmLlHhVvCcSsQqTtAaZz%]*$/;

/** Returns geometry with at most four decimals. Undefined if it contains anything else, or a very long number. */
export function plainGeometry(text: string): string | undefined {
  if (!geometryShape.test(text)) return undefined;
  const cut = text.replace(/(\.\d{4})\d+/g, '$1');
  return /\d{9}/.test(cut) ? undefined : cut.replace(/\s+/g, ' ');
}
