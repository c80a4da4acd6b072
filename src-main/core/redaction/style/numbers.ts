/** No length, index or weight on a page needs more. A larger number can encode other data. */
const limit = 1_000_000;

/** A number of this size is the height of a long list, which needs few digits, or it may be a one-time code. It is rounded. */
const roundedFrom = 100_000;

/** Returns the number of decimals that a drawing of this size needs. More can hold a coordinate on earth, or part of a number. */
function decimalsFor(size: number): number {
  return size >= 100 ? 1 : size >= 10 ? 2 : 3;
}

/**
 * Returns a bounded number with one decimal, or up to three if it is small; large numbers are rounded to thousands. Undefined if the text
 * isn't a number.
 */
export function plainNumber(text: string): string | undefined {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) return undefined;
  const bounded = Math.min(limit, Math.max(-limit, value));
  if (Math.abs(bounded) >= roundedFrom) return String(Math.round(bounded / 1000) * 1000);
  const scale = 10 ** decimalsFor(Math.abs(bounded));
  return String(Math.round(bounded * scale) / scale + 0);
}

/** Rounds a number to this many digits. */
function toDigits(value: number, digits: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(digits));
}

/** Numbers without a unit, such as a line height, a weight or an index, are small or have few digits. */
const plainFrom = 1000;

/** Returns a number without a unit, with the digits that layouts need. Undefined if the text isn't a number. */
export function unitlessNumber(text: string): string | undefined {
  const plain = plainNumber(text);
  const value = Number(plain);
  return plain === undefined || Math.abs(value) < plainFrom ? plain : String(toDigits(value, 3));
}

/**
 * Returns a number of a counter, or of a custom property that no rule is known to use as a length or a colour, by its class: one digit, or
 * two decimals below ten. It may be a code, a year, an amount or a coordinate.
 */
export function classedNumber(text: string): string | undefined {
  const plain = plainNumber(text);
  const value = Number(plain);
  if (plain === undefined) return undefined;
  return String(Math.abs(value) < 10 ? Math.round(value * 100) / 100 + 0 : toDigits(value, 1));
}

/** Returns whether these are the channels of a colour: three numbers up to 255, perhaps with an opacity. */
export function areChannels(numbers: readonly string[]): boolean {
  const values = numbers.map(Number);
  const [opacity = 0] = values.slice(3);
  return (
    (values.length === 3 || values.length === 4) &&
    opacity <= 1 &&
    values.slice(0, 3).every((value) => Number.isInteger(value) && value >= 0 && value <= 255)
  );
}

/**
 * Returns whether the numbers of a custom property are colour channels or have few digits in total. Custom properties can hold any text, and
 * a card or phone number is neither.
 */
export function areQuietNumbers(numbers: readonly string[]): boolean {
  const values = numbers.map(Number);
  if (areChannels(numbers)) return true;
  // Single digits beside one another can be those of a code.
  return values.length <= 2 && digitsOf(values) <= 5;
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

/** Returns geometry with few decimals. Digits before the point stay, as flags of arcs can stand there. Undefined if it contains anything else, or a very long number. */
export function plainGeometry(text: string): string | undefined {
  if (!geometryShape.test(text)) return undefined;
  const cut = text.replace(
    /(\d*)\.(\d+)/g,
    (_, whole: string, decimals: string) => `${whole}.${decimals.slice(0, decimalsFor(Number(whole)))}`,
  );
  return /\d{9}/.test(cut) ? undefined : cut.replace(/\s+/g, ' ');
}
