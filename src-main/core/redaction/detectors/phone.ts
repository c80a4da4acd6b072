import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { digitWindows, matchWindows, type WindowMatch } from './digit-windows';
import type { Detector, Finding } from './finding';
import { anyOf, list } from './pattern-source';

/** Tried where a policy names no country. */
const usualCountries = ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'NL', 'PL', 'SE', 'BR', 'IN', 'JP', 'KR', 'CN', 'AU', 'MX'];

/** After this many numbers in one text the library isn't called any more; the shape of a number alone decides. */
const libraryCallLimit = 5_000;

const source = String.raw;

/** Scripts that put no blank between words, so a number may touch the word beside it. */
const unsegmentedScript = source`\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|ー`;
const notAfter = source`(?<!(?!${unsegmentedScript})[\p{L}\p{N}_=]|\d[.,:-]|[$€£¥₹#]\s?)`;
const notBefore = source`(?!(?!${unsegmentedScript})[\p{L}\p{N}_]|[.,:]\d)`;
/** `+`, `0x` as written in some forms, or an opening bracket. */
const prefix = source`(?:\+ ?|0x(?=\d{2}[ -])|\((?=[+\d]))?`;
const firstGroup = source`\d{1,5}(?:\)? ?\(0\))?\)?`;
const moreGroups = source`(?:[ .\u00b7/-]{0,3}\(?\d{1,6}\)?){1,6}`;
const extensionWord = anyOf(
  'x',
  source`ext\.?`,
  'extension',
  '#',
  source`доб\.?`,
  'poste',
  'durchwahl',
  source`int\.?`,
);
const extensionNumber = source`[ .:]{0,2}\d{1,6}`;

// matches: "+49 (0)30 123456", "(415) 555-0132", "0171/1234567", "555.0132 ext. 12", "電話03-1234-5678"
// not: "$4155550132", "id_4155550132", "10:30:15"
const candidate = new RegExp(
  `${notAfter}${prefix}${firstGroup}${moreGroups}(?: ?,? ?${extensionWord}${extensionNumber})?${notBefore}`,
  'giu',
);

// matches: " ext. 12", ", x7", " #204"
// not: " extra 12"
const extension = new RegExp(`[ ,]*${extensionWord}${extensionNumber}$`, 'iu');

const phoneWord = list(source`
  phone|\bcall(?:ed|ing)?\b|\btel\b|\btel[.:]|mobile|\bcell|\bfax|whats ?app|\bsms\b|\btext(?:ed)? (?:me|us|him|her)|reach|hotline|dial|
  ring me|answer(?:ing|ed)? at|contact|voicemail|
  teléfono|telefon|téléphone|portable|handy|rufnummer|celular|móvil|cellulare|puhelin|mobil|numer\b|
  номер|тел\b|тел\.|телефон|звон|電話|携帯|手机|电话|전화|휴대폰|फ़ोन|هاتف
`);
// matches before a number: "Phone: ", "you can reach me at ", "тел. ", "電話"
// not: "Order ", "Phone:\n" (the label is on another line: see labelBefore)
const wordBefore = new RegExp(source`(?:${phoneWord})[^\n]{0,40}$`, 'iu');

const phoneLabel = list(source`
  phone|tel(?:ephone)?|mobile|cell|fax|whats ?app|telefon|telefono|teléfono|téléphone|handy|celular|móvil|cellulare|numer|
  номер|телефон|電話|电话|전화
`);
// matches at the end of the line before a number: "Phone:\n", "Telefon nr.\n"
// not: "Phone is broken\n"
const labelBefore = new RegExp(source`(?:${phoneLabel})(?: (?:no|number|nr)\.?)?\s?[:.]?\s{0,3}\n\s{0,3}$`, 'iu');

// matches after a number: " office", " (mobile", ", ext"
// not: " officers"
const wordBehind = /^[ ,(-]{1,3}(?:office|mobile|cell|fax|phone|tel|extension|ext)\b/i;

const otherNumber = list(source`
  order|invoice|ticket|case|build|version|ref(?:erence)?|sku|isbn|issn|serial|port|pid|id|code|zip|plz|year|page|total|amount|price|qty|
  batch|row|line|error|article|item|tracking|rfc|iso|din
`);
// matches before a number: "Order no. ", "ISBN: ", "invoice #"
// not: "Phone: "
const otherBefore = new RegExp(source`(?:${otherNumber})\s?(?:no\.?|number|nr\.?|num)?\s?[:#.=]?\s?$`, 'iu');

// matches: "24.12.2024", "2024-12-24", "2019 - 2024"
// not: "030 123 456"
const dateLike =
  /^(?:\d{1,2}[./ -]\d{1,2}[./ -](?:\d{4}|\d{2})|(?:19|20)\d{2}[./ -]\d{1,2}[./ -]\d{1,2}|(?:19|20)\d{2} ?[-/] ?(?:19|20)\d{2})$/;

// matches after a number: " %", "px", " kB", "EUR"
// not: " pixels"
const unitBehind = /^ ?(?:[%€$£¥°]|px\b|ms\b|[kmgt]?b\b|kg\b|cm\b|mm\b|km\b|usd\b|eur\b)/i;

/**
 * Finds phone numbers. A number with an international prefix or a word such as "phone" beside it is judged by its length; any other by its
 * grouping and by what is possible in the given countries (ISO 3166, the likeliest first).
 */
export function phoneDetector(countries: readonly string[] = []): Detector {
  const given = countries.map((code) => code.toUpperCase()).filter(isSupported);
  const hints = [...new Set([...given, ...usualCountries.filter(isSupported)])];

  return (text) => {
    const library = new PhoneLibrary(hints);
    const found: Finding[] = [];
    for (const match of matchWindows(digitWindows(text, { least: 6 }), candidate)) {
      const { start, end } = match;
      if (isPhone(match, library)) found.push({ start, end: withoutStrayBracket(text, start, end), kind: 'phone' });
    }
    return found;
  };
}

/** Calls libphonenumber for one text, up to a limit: it is slow, and hostile text can contain any number of candidates. */
class PhoneLibrary {
  private calls = 0;

  constructor(private readonly countries: readonly CountryCode[]) {}

  isPossible(international: string): boolean {
    if (this.calls++ > libraryCallLimit) return true;
    return parsePhoneNumberFromString(international)?.isPossible() ?? false;
  }

  isValidSomewhere(number: string): boolean {
    return this.countries.some((country) => {
      if (this.calls++ > libraryCallLimit) return true;
      return parsePhoneNumberFromString(number, country)?.isValid() ?? false;
    });
  }
}

function isPhone({ match, window }: WindowMatch, library: PhoneLibrary): boolean {
  const written = match[0];
  const number = written.replace(extension, '');
  const digits = number.replace(/\D/g, '');
  if (digits.length < 6 || digits.length > 16 || isOneDigitRepeated(digits)) return false;

  const before = window.text.slice(Math.max(0, match.index - 50), match.index);
  const behindAt = match.index + written.length;
  const behind = window.text.slice(behindAt, behindAt + 14);
  const isNamed = wordBefore.test(before) || labelBefore.test(before) || wordBehind.test(behind);
  // "phone 01 02 03" isn't a date although its digits could be one.
  const isDate = dateLike.test(number) && !(isNamed && /^[\d ]+$/.test(number));
  if (isDate || (!isNamed && (otherBefore.test(before) || unitBehind.test(behind)))) return false;

  if (/^\(?\+|^00[1-9]/.test(number)) {
    if (digits.length < 7) return false;
    return isNamed || digits.length >= 10 || library.isPossible(number.replace(/^\(?00/, '+'));
  }
  if (isNamed && !isAmount(number)) return true;
  return digits.length >= 7 && (isGrouped(number, digits) || isPlain(number, digits, library));
}

function isOneDigitRepeated(digits: string): boolean {
  return /^(\d)\1*$/.test(digits);
}

/** matches: "1,234,567", "12.000". */
function isAmount(number: string): boolean {
  return /^\d{1,3}(?:[.,]\d{3})+$/.test(number);
}

/** Returns whether the digits are grouped as in a phone number and in little else. */
function isGrouped(number: string, digits: string): boolean {
  const groups = number.split(/\D+/).filter((group) => group !== '');
  if (groups.length < 2) return false;
  if (/^\(\d{1,5}\) ?[\d ./-]{5,}$/.test(number) || /\(0\)/.test(number) || number.startsWith('0x')) return true;
  const lengths = groups.map(({ length }) => length);
  const shape = lengths.join('-');
  if (digits.startsWith('0')) return digits.length >= 8 && digits.length <= 12 && groups.length <= 6;
  if (/^(?:1-)?3-3-4$/.test(shape) || /^1-3-7$/.test(shape)) return true;
  if (shape === '3-4') return number.includes('-') || number.includes('.');
  // The groups of an amount have the same length as those of some phone numbers: "1 234 567".
  const isAmountInGroups =
    !number.includes('-') && lengths.slice(1).every((length) => length === 3) && (lengths[0] ?? 0) <= 3;
  return (
    !isAmountInGroups &&
    groups.length >= 3 &&
    digits.length >= 8 &&
    digits.length <= 13 &&
    lengths.every((length) => length <= 5) &&
    /^[\d ()/-]+$/.test(number) &&
    new Set(number.replace(/[\d()]/g, '')).size <= 2 &&
    digits.length - Math.max(...lengths) >= 4
  );
}

/** Returns whether a number without groups is valid in one of the countries. */
function isPlain(number: string, digits: string, library: PhoneLibrary): boolean {
  if (/[.,]/.test(number)) return false;
  const isOnePiece = number === digits;
  if (isOnePiece && !/^(?:0|[2-9]\d{2}[2-9])\d+$/.test(digits)) return false;
  return digits.length >= (isOnePiece ? 10 : 8) && digits.length <= 12 && library.isValidSomewhere(number);
}

/** Returns the end without a closing bracket that was opened before the number. */
function withoutStrayBracket(text: string, start: number, end: number): number {
  const written = text.slice(start, end);
  const isBalanced = written.split('(').length === written.split(')').length;
  return isBalanced || !written.endsWith(')') ? end : end - 1;
}

function isSupported(code: string): code is CountryCode {
  return isSupportedCountry(code);
}
