import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { digitWindows, matchWindows } from './digit-windows';
import type { Detector, Finding } from './finding';

/** Where nobody gave a hint. */
const usualCountries = ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'NL', 'PL', 'SE', 'BR', 'IN', 'JP', 'KR', 'CN', 'AU', 'MX'];

/** Beyond so many numbers in one text the library is not asked; their shape decides alone. */
const askLimit = 5_000;

const candidate =
  /(?<!(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|ー)[\p{L}\p{N}_=]|\d[.,:-]|[$€£¥₹#]\s?)(?:\+ ?|0x(?=\d{2}[ -])|\((?=[+\d]))?\d{1,5}(?:\)? ?\(0\))?\)?(?:[ .\u00b7/-]{0,3}\(?\d{1,6}\)?){1,6}(?: ?,? ?(?:x|ext\.?|extension|#|доб\.?|poste|durchwahl|int\.?)[ .:]{0,2}\d{1,6})?(?!(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|ー)[\p{L}\p{N}_]|[.,:]\d)/giu;
const extension = /[ ,]*(?:x|ext\.?|extension|#|доб\.?|poste|durchwahl|int\.?)[ .:]{0,2}\d{1,6}$/iu;
const wordBefore =
  /(?:phone|\bcall(?:ed|ing)?\b|\btel\b|\btel[.:]|mobile|\bcell|\bfax|whats ?app|\bsms\b|\btext(?:ed)? (?:me|us|him|her)|reach|hotline|dial|ring me|answer(?:ing|ed)? at|contact|voicemail|teléfono|telefon|téléphone|portable|handy|rufnummer|celular|móvil|cellulare|puhelin|mobil|numer\b|номер|тел\b|тел\.|телефон|звон|電話|携帯|手机|电话|전화|휴대폰|फ़ोन|هاتف)[^\n]{0,40}$/iu;
/** At the end of a line, or with no more than a mark behind it: what follows on the next line is the number. */
const labelBefore =
  /(?:phone|tel(?:ephone)?|mobile|cell|fax|whats ?app|telefon|telefono|teléfono|téléphone|handy|celular|móvil|cellulare|numer|номер|телефон|電話|电话|전화)(?: (?:no|number|nr)\.?)?\s?[:.]?\s{0,3}\n\s{0,3}$/iu;
/** "781 1704 office": what kind of telephone it is may be said behind it. */
const wordBehind = /^[ ,(-]{1,3}(?:office|mobile|cell|fax|phone|tel|extension|ext)\b/i;
const otherBefore =
  /(?:order|invoice|ticket|case|build|version|ref(?:erence)?|sku|isbn|issn|serial|port|pid|id|code|zip|plz|year|page|total|amount|price|qty|batch|row|line|error|article|item|tracking|rfc|iso|din)\s?(?:no\.?|number|nr\.?|num)?\s?[:#.=]?\s?$/iu;
const dateLike =
  /^(?:\d{1,2}[./ -]\d{1,2}[./ -](?:\d{4}|\d{2})|(?:19|20)\d{2}[./ -]\d{1,2}[./ -]\d{1,2}|(?:19|20)\d{2} ?[-/] ?(?:19|20)\d{2})$/;
const unitBehind = /^ ?(?:[%€$£¥°]|px\b|ms\b|[kmgt]?b\b|kg\b|cm\b|mm\b|km\b|usd\b|eur\b)/i;

/**
 * Numbers of telephones. With a prefix, or with a word before them, by their length; else by how they are grouped and by what is possible in
 * the given countries (ISO 3166, the likeliest first).
 */
export function phoneDetector(countries: readonly string[] = []): Detector {
  const given = countries.map((code) => code.toUpperCase()).filter(isSupported);
  const hints = [...new Set([...given, ...usualCountries.filter(isSupported)])];

  return (text) => {
    let asked = 0;
    const found: Finding[] = [];
    const isPossible = (number: string, country?: CountryCode): boolean => {
      if (asked++ > askLimit) return true;
      return parsePhoneNumberFromString(number, country)?.isPossible() ?? false;
    };
    const isValid = (number: string): boolean =>
      hints.some((country) => {
        if (asked++ > askLimit) return true;
        return parsePhoneNumberFromString(number, country)?.isValid() ?? false;
      });

    for (const { match, start, end, window } of matchWindows(digitWindows(text, { least: 6 }), candidate)) {
      const written = match[0];
      const number = written.replace(extension, '');
      const digits = number.replace(/\D/g, '');
      if (digits.length < 6 || digits.length > 16 || /^(\d)\1*$/.test(digits)) continue;
      const before = window.text.slice(Math.max(0, match.index - 50), match.index);
      const after = window.text.slice(match.index + written.length, match.index + written.length + 14);
      const isNamed = wordBefore.test(before) || labelBefore.test(before) || wordBehind.test(after);
      // Pairs that are parted by blanks are no date behind a word for a telephone.
      if (dateLike.test(number) && !(isNamed && /^[\d ]+$/.test(number))) continue;
      if (!isNamed && (otherBefore.test(before) || unitBehind.test(after))) continue;
      const isInternational = /^\(?\+|^00[1-9]/.test(number);
      const isPhone = isInternational
        ? digits.length >= 7 && (isNamed || digits.length >= 10 || isPossible(number.replace(/^\(?00/, '+')))
        : (isNamed && !/^\d{1,3}(?:[.,]\d{3})+$/.test(number)) ||
          (digits.length >= 7 && (isGrouped(number, digits) || isPlain(number, digits, isValid)));
      if (isPhone) found.push({ start, end: trimmedEnd(text, start, end), kind: 'phone' });
    }
    return found;
  };
}

/** Grouped as telephone numbers are and little else is. */
function isGrouped(number: string, digits: string): boolean {
  const groups = number.split(/\D+/).filter((group) => group !== '');
  if (groups.length < 2) return false;
  if (/^\(\d{1,5}\) ?[\d ./-]{5,}$/.test(number) || /\(0\)/.test(number) || number.startsWith('0x')) return true;
  const lengths = groups.map(({ length }) => length);
  const shape = lengths.join('-');
  if (digits.startsWith('0')) return digits.length >= 8 && digits.length <= 12 && groups.length <= 6;
  if (/^(?:1-)?3-3-4$/.test(shape) || /^1-3-7$/.test(shape)) return true;
  if (shape === '3-4') return number.includes('-') || number.includes('.');
  // Thousands are parted by one and the same mark as well.
  const isThousands =
    !number.includes('-') && lengths.slice(1).every((length) => length === 3) && (lengths[0] ?? 0) <= 3;
  return (
    !isThousands &&
    groups.length >= 3 &&
    digits.length >= 8 &&
    digits.length <= 13 &&
    lengths.every((length) => length <= 5) &&
    /^[\d ()/-]+$/.test(number) &&
    new Set(number.replace(/[\d()]/g, '')).size <= 2 &&
    digits.length - Math.max(...lengths) >= 4
  );
}

/** In one piece or two: only what is a number in one of the countries. */
function isPlain(number: string, digits: string, isValid: (number: string) => boolean): boolean {
  if (/[.,]/.test(number)) return false;
  const isOnePiece = number === digits;
  if (isOnePiece && !/^(?:0|[2-9]\d{2}[2-9])\d+$/.test(digits)) return false;
  return digits.length >= (isOnePiece ? 10 : 8) && digits.length <= 12 && isValid(number);
}

function trimmedEnd(text: string, start: number, end: number): number {
  const written = text.slice(start, end);
  const hasOpen = written.split('(').length === written.split(')').length;
  return hasOpen || !written.endsWith(')') ? end : end - 1;
}

function isSupported(code: string): code is CountryCode {
  return isSupportedCountry(code);
}
