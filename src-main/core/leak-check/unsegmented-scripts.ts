const characters = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}';
const some = new RegExp(`[${characters}]{3,}`, 'u');
const only = new RegExp(`^[${characters}]{3,}$`, 'u');

/** A word that can be a name: at least two characters of a script without spaces (CJK), or three of any other. */
export const nameLike = new RegExp(`[${characters}]{2,}|[\\p{L}\\p{M}']{3,}`, 'gu');

/** Returns true for a word of a script without spaces. Three of its characters may be a full name, in the middle of others. */
export function isUnsegmented(text: string): boolean {
  return only.test(text);
}

/** Returns true if a text contains such a word. */
export function holdsUnsegmented(text: string): boolean {
  return some.test(text);
}
