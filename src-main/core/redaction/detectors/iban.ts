import { countrySpecs, isValidIBAN } from 'ibantools';
import { digitWindows, matchWindows } from './digit-windows';
import type { Detector, Finding } from './finding';

const candidate = /(?<![\p{L}\p{N}])[A-Z]{2}[ -]?\d{2}(?:[ -]{0,2}[A-Z0-9]){11,34}/giu;
const wordBefore = /\biban\b[^\p{L}\p{N}]{0,12}$|account (?:number|no)[^\p{L}\p{N}]{0,6}$/iu;

/** Bank account numbers of ISO 13616, in one piece or in groups. Where the word IBAN stands before, one with a typing mistake as well. */
export const findIbans: Detector = (text) => {
  const found: Finding[] = [];
  for (const { match, start, window } of matchWindows(
    digitWindows(text, { before: 24, after: 40, least: 4 }),
    candidate,
  )) {
    const written = match[0];
    const length = countrySpecs[written.slice(0, 2).toUpperCase()]?.chars;
    if (typeof length !== 'number') continue;
    const taken = takeCharacters(written, length);
    if (taken === undefined) continue;
    // A word may follow after a blank; a letter right behind means that it is something longer.
    const plain = taken.replace(/[ -]/g, '').toUpperCase();
    const isNamed = (): boolean => wordBefore.test(window.text.slice(Math.max(0, match.index - 24), match.index));
    if (isValidIBAN(plain) || isNamed()) found.push({ start, end: start + taken.length, kind: 'iban' });
  }
  return found;
};

/** The beginning of a text that has so many characters besides blanks and dashes. */
function takeCharacters(text: string, count: number): string | undefined {
  let left = count;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== ' ' && text[at] !== '-' && --left === 0) return text.slice(0, at + 1);
  }
  return undefined;
}
