/** Check digits of identity numbers. All functions take the digits (or digits and letters) without separators. */

export function digitsOf(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0) - 48);
}

/** Returns the sum of digits times weights. Ignores digits that have no weight. */
export function weighted(text: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (text.charCodeAt(index) - 48), 0);
}

/** Returns the remainder of a number that may have more digits than a float can represent. */
export function remainder(digits: string, divisor: number): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % divisor;
  return rest;
}

/** Checks by ISO 7064, mod 11,10: German tax numbers. */
export function passesMod1110(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

/** The multiplication table of the dihedral group of the pentagon, in rows of ten. */
const pentagon = '0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210';
const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** Checks by Verhoeff's algorithm: Aadhaar. */
export function passesVerhoeff(digits: string): boolean {
  let check = 0;
  for (let index = 0; index < digits.length; index++) {
    let digit = Number(digits[digits.length - 1 - index]);
    for (let round = 0; round < index % 8; round++) digit = permutation[digit] ?? 0;
    check = Number(pentagon[check * 10 + digit]);
  }
  return check === 0;
}

/** Returns whether day and month are valid. Some countries add a constant to the month, which encodes the century or the sex. */
export function isDay(month: string | number, day: string | number): boolean {
  const [m, d] = [Number(month), Number(day)];
  return m >= 1 && m <= 12 && d >= 1 && d <= 31;
}

/** Returns whether this is a date, as YYMMDD or YYYYMMDD. */
export function beginsWithDate(digits: string, yearDigits = 2): boolean {
  return isDay(digits.slice(yearDigits, yearDigits + 2), digits.slice(yearDigits + 2, yearDigits + 4));
}

/** Checks the last two digits, each by weights over the digits before it, mod 11: CPF and CNPJ. */
export function passesTwoChecks(digits: string, first: readonly number[]): boolean {
  if (/^(\d)\1*$/.test(digits)) return false;
  const checkOf = (weights: readonly number[]): number => {
    const rest = weighted(digits, weights) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  const second = [(first[0] ?? 0) + 1, ...first];
  if (first.length === 12) second[0] = 6;
  return checkOf(first) === Number(digits[first.length]) && checkOf(second) === Number(digits[first.length + 1]);
}
