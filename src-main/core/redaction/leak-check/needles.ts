import { digitsOf } from './entities';

/** Pieces shorter than this say nothing: they stand in any base64 text by chance. */
const shortestBase64 = 6;

/** From this many digits on, a number is looked for in the digits alone. */
const longNumber = 12;

const encoder = new TextEncoder();

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** A value as it can stand in text whose ASCII letters were folded. */
export function textNeedles(text: string): Uint8Array[] {
  const cases = new Set([text, text.toLowerCase(), text.toUpperCase()].map(lowerAscii));
  const forms = new Set<string>();
  for (const form of cases) {
    forms.add(form).add(form.normalize('NFC')).add(form.normalize('NFD'));
    if (form.includes(' ')) forms.add(form.replaceAll(' ', '+')).add(form.replaceAll(' ', '\u00a0'));
  }
  const digits = digitsOf(text);
  // A number is written with other separators, or none.
  if (digits.length >= 9 && !/\p{L}/u.test(text)) forms.add(digits);
  const needles = [...forms].map((form) => encoder.encode(form));
  if (text.length >= 6) needles.push(encoder.encode(hexOf(encoder.encode(text))));
  return needles;
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * A value as it stands inside base64, whatever stands before it: at each of the three alignments, the characters that are made of the
 * value's bits only. In both alphabets, as typed and in lower case.
 */
export function base64Needles(text: string): Uint8Array[] {
  const needles = new Set<string>();
  for (const form of new Set([text, text.toLowerCase()])) {
    const bytes = encoder.encode(form);
    for (const before of [0, 1, 2]) {
      const padded = String.fromCharCode(...new Array<number>(before).fill(0), ...bytes);
      const whole = Math.floor(((before + bytes.length) * 8) / 6);
      const piece = btoa(padded).slice(Math.ceil((before * 8) / 6), whole);
      if (piece.length < shortestBase64) continue;
      needles.add(piece).add(piece.replaceAll('+', '-').replaceAll('/', '_'));
    }
  }
  return [...needles].map((needle) => encoder.encode(needle));
}

export function digitNeedle(text: string): Uint8Array[] {
  const digits = digitsOf(text);
  return digits.length >= longNumber && !/\p{L}/u.test(text) ? [encoder.encode(digits)] : [];
}

export function quotedNeedle(text: string): Uint8Array {
  return encoder.encode(`"${lowerAscii(text)}"`);
}
