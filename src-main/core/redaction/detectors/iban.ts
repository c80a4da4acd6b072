import { countrySpecs, isValidIBAN } from 'ibantools';
import { digitWindows, matchWindows } from './digit-windows';
import type { Detector, Finding } from './finding';

const candidate = /(?<![\p{L}\p{N}])[A-Z]{2}[ -]?\d{2}(?:[ -]{0,2}[A-Z0-9]){11,34}/giu;
const wordBefore = /\biban\b[^\p{L}\p{N}]{0,12}$|account (?:number|no)[^\p{L}\p{N}]{0,6}$/iu;

/** Finds IBANs (ISO 13616), with or without groups. After the word "IBAN" also finds mistyped ones. */
export const findIbans: Detector = (text) => {
  const found: Finding[] = [];
  for (const { match, start, window } of matchWindows(
    digitWindows(text, { before: 24, after: 40, least: 4 }),
    candidate,
  )) {
    const written = match[0];
    const length = countrySpecs[written.slice(0, 2).toUpperCase()]?.chars;
    if (typeof length !== 'number') continue;
    // Only as many characters as the country's IBANs have: the match can include the word after the number.
    const taken = takeCharacters(written, length);
    if (taken === undefined) continue;
    const plain = taken.replace(/[ -]/g, '').toUpperCase();
    const isNamed = (): boolean => wordBefore.test(window.text.slice(Math.max(0, match.index - 24), match.index));
    if (isValidIBAN(plain) || isNamed()) found.push({ start, end: start + taken.length, kind: 'iban' });
  }
  return found;
};

/** Returns the start of a text that contains `count` characters other than blanks and dashes. Undefined if the text is too short. */
function takeCharacters(text: string, count: number): string | undefined {
  let left = count;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== ' ' && text[at] !== '-' && --left === 0) return text.slice(0, at + 1);
  }
  return undefined;
}
