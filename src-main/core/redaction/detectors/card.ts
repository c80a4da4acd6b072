import cardValidator from 'card-validator';
import type { Detector, Finding } from './finding';
import { matchAll } from './match-all';

/** 12 to 19 digits, each perhaps after blanks, a dash or a dot. Possessive by form: no two parts can match the same character. */
const digitGroups = /(?<![\d.,])\d(?:(?: {1,2}|[-.\n\t]| - )?\d){11,18}(?![\d])/g;

/** Numbers of payment cards: 12 to 19 digits in any groups that pass the Luhn check and begin as a known network's do. */
export const findCards: Detector = (text) => {
  const found: Finding[] = [];
  if (!/\d/.test(text)) return found;
  for (const { 0: match, index } of matchAll(text, digitGroups)) {
    const digits = match.replace(/\D/g, '');
    if (isCardNumber(digits)) found.push({ start: index, end: index + match.length, kind: 'card' });
  }
  return found;
};

function isCardNumber(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits) || !passesLuhn(digits)) return false;
  const { card, isPotentiallyValid } = cardValidator.number(digits);
  if (card !== null) return card.lengths.includes(digits.length);
  // Networks that the library doesn't know, by the ranges of ISO/IEC 7812 for banks and travel.
  return isPotentiallyValid || (/^[3-6]/.test(digits) && digits.length >= 13);
}

/** The check digit of ISO/IEC 7812. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  let isDoubled = false;
  for (let index = digits.length - 1; index >= 0; index--) {
    let digit = digits.charCodeAt(index) - 48;
    if (isDoubled && (digit *= 2) > 9) digit -= 9;
    sum += digit;
    isDoubled = !isDoubled;
  }
  return sum % 10 === 0;
}
