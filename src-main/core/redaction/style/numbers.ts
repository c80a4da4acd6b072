/** No length, index or weight on a page needs more; what is larger says more than it shows. */
const limit = 1_000_000;

/** From here on a number is a long list's height, which few digits tell as well, or a code that somebody was sent. */
const roundedFrom = 100_000;

/** A number in one plain form: at most four decimals, bounded, a large one in thousands. Undefined for what is no number. */
export function plainNumber(text: string): string | undefined {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) return undefined;
  const bounded = Math.min(limit, Math.max(-limit, value));
  if (Math.abs(bounded) >= roundedFrom) return String(Math.round(bounded / 1000) * 1000);
  return String(Math.round(bounded * 10_000) / 10_000 + 0);
}

/**
 * Custom properties hold what their author likes, so numbers in them are looked at together: colour channels, or few digits.
 * A card or phone number is neither.
 */
export function areQuietNumbers(numbers: readonly string[]): boolean {
  const values = numbers.map(Number);
  if (values.length <= 4 && values.every((value) => value >= 0 && value <= 255)) return true;
  return digitsOf(values) <= 5;
}

/** Numbers without a unit side by side: a layout needs a few digits of them, a card or a telephone more. */
export function looksDialled(numbers: readonly string[]): boolean {
  return numbers.length > 1 && digitsOf(numbers.map(Number).filter((value) => value !== 0)) > 8;
}

/** The digits before the point, of all together. */
function digitsOf(values: readonly number[]): number {
  return values.reduce((digits, value) => digits + String(Math.trunc(Math.abs(value))).length, 0);
}

/** Coordinates and path data. */
const geometryShape = /^[\d\s.,eE+\-MmLlHhVvCcSsQqTtAaZz%]*$/;

/** Geometry with its decimals cut to four; undefined where something else or a very long number is among it. */
export function plainGeometry(text: string): string | undefined {
  if (!geometryShape.test(text)) return undefined;
  const cut = text.replace(/(\.\d{4})\d+/g, '$1');
  return /\d{9}/.test(cut) ? undefined : cut.replace(/\s+/g, ' ');
}
