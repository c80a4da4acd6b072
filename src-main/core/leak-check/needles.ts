import { longNumber } from './bytes';
import { skeleton } from './decode/skeleton';
import { digitsOf } from './entities';

const encoder = new TextEncoder();

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function rot13(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 0x61 + 13) % 26) + 0x61));
}

/** What a value looks like is looked for from so many characters on. */
const shortestSeen = 5;

/** A value as it can stand in text whose ASCII letters were folded: its cases and compositions, `+` for blanks, turned round, rot13. */
export function textNeedles(text: string): Uint8Array[] {
  const forms = new Set<string>();
  const plain = skeleton(text);
  // Marks that nobody sees can make five letters of two, and two stand everywhere.
  const seen = plain.length < shortestSeen ? [] : [plain];
  for (const form of [text, text.toLowerCase(), text.toUpperCase(), ...seen].map(lowerAscii)) {
    forms.add(form).add(form.normalize('NFC')).add(form.normalize('NFD'));
    if (form.includes(' ')) forms.add(form.replaceAll(' ', '+'));
    forms.add(JSON.stringify(form).slice(1, -1));
  }
  const lower = lowerAscii(text);
  // Short words turned round or shifted are other words.
  if (text.length >= 8) {
    const turned = [[...lower].reverse().join(''), ...(/[a-z]{4}/.test(lower) ? [rot13(lower)] : [])];
    for (const form of turned) forms.add(form).add(form.replaceAll(' ', '+'));
  }
  return [...forms].map((form) => encoder.encode(form));
}

/** The digits of a long number, for the search in digits alone. */
export function digitNeedle(text: string): Uint8Array | undefined {
  const digits = digitsOf(text);
  return digits.length >= longNumber && !/\p{L}/u.test(text) ? encoder.encode(digits) : undefined;
}

/**
 * A short value with each of the bytes that can end it; where it stands is judged by `leaf-places`. One of two bytes is looked for in
 * quotes and tags only.
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
