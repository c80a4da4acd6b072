import cardValidator from 'card-validator';
import type { Detector, Finding } from './finding';
import { matchAll } from './match-all';

/** 12 to 19 digits, each perhaps after blanks, a dash or a dot. Possessive by form: no two parts can match the same character. */
const digitGroups = /(?<![\d.,])\d(?:(?: {1,2}|[-.\n\t]| - )?\d){11,18}(?![\d])/g;

/** Words behind which a number is a card's, whatever it begins with and even if it was mistyped. */
const wordBefore =
  /(?<![\p{L}])(?:credit|debit|cards?|cc|visa|master ?card|amex|american express|discover|diners|jcb|maestro|karten?|kreditkarten?|carte|tarjeta|carta|cart[ãa]o|kaart|kort|karta|karty|kartı|карт[аыу]|カード|卡号?|카드)(?:\s{0,2}(?:number|num|no|nr|n°|id|#|nummer|numéro|número|numero|is|was|ending|:|\.|=|-))*\s{0,3}[#:(]?\s{0,2}$/iu;

/**
 * Numbers of payment cards: 12 to 19 digits in any groups that pass the Luhn check and begin as a known network's do, or that stand behind
 * a word for a card.
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

/** Visa's first cards, and JCB's of fifteen digits, which the library doesn't know. */
const olderCards = /^(?:4\d{12}|(?:1800|2131)\d{11})$/;

function isCardNumber(digits: string): boolean {
  if (!passesLuhn(digits)) return false;
  if (olderCards.test(digits)) return true;
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
