const signs = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}';
const some = new RegExp(`[${signs}]{3,}`, 'u');
const whole = new RegExp(`^[${signs}]{3,}$`, 'u');

/** Two letters and more of a script that parts no words, or three of any other: what can be a name. */
export const nameLike = new RegExp(`[${signs}]{2,}|[\\p{L}\\p{M}’']{3,}`, 'gu');

/** Is this a word of a script that parts none? There three signs are a whole name, and stand between others. */
export function isUnparted(text: string): boolean {
  return whole.test(text);
}

/** Does a text hold such a word? */
export function holdsUnparted(text: string): boolean {
  return some.test(text);
}
