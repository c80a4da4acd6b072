import { longNumber } from './bytes';
import { skeleton } from './decode/skeleton';
import { digitsOf } from './entities';

const encoder = new TextEncoder();

const isAscii = /^[\x00-\x7f]*$/;

function lowerAscii(text: string): string {
  return isAscii.test(text) ? text.toLowerCase() : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function rot13(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 0x61 + 13) % 26) + 0x61));
}

/** Look-alikes of shorter values are not searched for. */
const shortestSeen = 5;

/** Returns the forms of a value in text with lower-case ASCII: its cases and compositions, `+` for spaces, reversed, ROT13. */
export function textNeedles(text: string): Uint8Array[] {
  const forms = new Set<string>();
  const plain = skeleton(text);
  // Invisible marks can make five characters of two, and two are part of any text.
  const seen = plain.length < shortestSeen ? [] : [plain];
  // In ASCII all cases have the same lower case, and there is nothing to compose.
  const cases = isAscii.test(text) ? [text] : [text, text.toLowerCase(), text.toUpperCase()];
  for (const form of [...cases, ...seen].map(lowerAscii)) {
    forms.add(form);
    if (!isAscii.test(form)) forms.add(form.normalize('NFC')).add(form.normalize('NFD'));
    if (form.includes(' ')) forms.add(form.replaceAll(' ', '+'));
    forms.add(JSON.stringify(form).slice(1, -1));
  }
  const lower = lowerAscii(text);
  // Short words reversed or shifted are other words.
  if (text.length >= 8) {
    const turned = [[...lower].reverse().join(''), ...(/[a-z]{4}/.test(lower) ? [rot13(lower)] : [])];
    for (const form of turned) forms.add(form).add(form.replaceAll(' ', '+'));
  }
  return [...forms].map((form) => encoder.encode(form));
}

/** Returns the digits of a long number, for the search in `digitsView`. */
export function digitNeedle(text: string): Uint8Array | undefined {
  const digits = digitsOf(text);
  return digits.length >= longNumber && !/\p{L}/u.test(text) ? encoder.encode(digits) : undefined;
}

/**
 * Returns a short value with each of the bytes that can end it; `leaf-position` checks the rest. A value of two bytes is searched for
 * only in quotes and tags.
 */
export function leafNeedles(text: string): Uint8Array[] {
  const forms = new Set([lowerAscii(text), lowerAscii(text.toLowerCase())]);
  return [...forms].flatMap((form) => {
    const isTiny = encoder.encode(form).length < 3;
    const written = isTiny ? [`"${form}"`, `'${form}'`, `>${form}<`] : leafEnds.map((end) => form + end);
    return written.map((needle) => encoder.encode(needle));
  });
}

const leafEnds = [...'"\'<”&#,;|/ \\)\n\r\t!?', '. ', '.\n'];
