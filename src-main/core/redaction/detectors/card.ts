import cardValidator from 'card-validator';
import type { Detector, Finding } from './finding';
import { matchAll } from './match-all';

// 12 to 19 digits, separated by nothing, blanks, a dash or a dot. No two parts of the pattern can match the same character, so it can't
// backtrack.
// matches: "4111 1111 1111 1111", "4111-1111-1111-1111", "378282246310005"
// not: "12345678901" (11 digits)
const digitGroups = /(?<![\d.,])\d(?:(?: {1,2}|[-.\n\t]| - )?\d){11,18}(?![\d])/g;

// After these words a number counts as a card number even if it is mistyped.
// matches before a number: "Card number: ", "Kreditkartennr. ", "visa ending "
// not: "discard: "
const wordBefore =
  /(?<![\p{L}])(?:credit|debit|cards?|cc|visa|master ?card|amex|american express|discover|diners|jcb|maestro|karten?|kreditkarten?|carte|tarjeta|carta|cart[ãa]o|kaart|kort|karta|karty|kartı|карт[аыу]|カード|卡号?|카드)(?:\s{0,2}(?:number|num|no|nr|n°|id|#|nummer|numéro|número|numero|is|was|ending|:|\.|=|-))*\s{0,3}[#:(]?\s{0,2}$/iu;

/**
 * Finds payment card numbers: 12 to 19 digits in any grouping that pass the Luhn check and start with a known network's prefix, or that
 * follow a word for a card.
 */
export const findCards: Detector = (text) => {
  const found: Finding[] = [];
  if (!/\d/.test(text)) return found;
  for (const { 0: match, index } of matchAll(text, digitGroups)) {
    const digits = match.replace(/\D/g, '');
    if (/^(\d)\1*$/.test(digits)) continue;
    if (isCardNumber(digits) || wordBefore.test(text.slice(Math.max(0, index - 50), index)))
      found.push({ start: index, end: index + match.length, kind: 'card' });
  }
  return found;
};

// Visa's early cards with 13 digits and JCB's with 15, which the library doesn't know.
// matches: "4222222222222", "180012345678901"
// not: "4111111111111111"
const olderCards = /^(?:4\d{12}|(?:1800|2131)\d{11})$/;

function isCardNumber(digits: string): boolean {
  if (!passesLuhn(digits)) return false;
  if (olderCards.test(digits)) return true;
  const { card, isPotentiallyValid } = cardValidator.number(digits);
  if (card !== null) return card.lengths.includes(digits.length);
  // Networks unknown to the library: the ranges that ISO/IEC 7812 assigns to banks and travel.
  return isPotentiallyValid || (/^[3-6]/.test(digits) && digits.length >= 13);
}

/** Returns whether the check digit of ISO/IEC 7812 (Luhn) is right. */
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
