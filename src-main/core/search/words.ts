/** A word and its position in a text, in UTF-16 units. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/** Scripts without spaces between words. Each of their characters counts as a word, and a longer word as a phrase. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u30FC';
const anyWord = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}])+`, 'gu');
const plainWord = /[A-Za-z0-9]+/g;
const singleCharacter = new RegExp(`^[${unspaced}]$`, 'u');
const isPlain = /^[\x00-\x7f]*$/;
const accents = /[\u0300-\u036f]/g;
/** Normalisation turns a few characters into several words or a fraction; this removes the separators. */
const separators = /[^\p{L}\p{N}\p{M}]+/gu;

/** Longer words are hashes and encoded data. Users don't type more of them. */
const longestWord = 64;

/**
 * Yields the words of a text in normal form: lower case, without accents, in normal width. Everything but letters and digits separates
 * words, so an address or an id is a list of words. Both the index and the query use this function.
 */
export function* readWords(text: string): Generator<PlacedWord> {
  const isAscii = isPlain.test(text);
  for (const match of text.matchAll(isAscii ? plainWord : anyWord)) {
    const [found] = match;
    const word = foldWord(found);
    if (word !== '') yield { word, start: match.index, end: match.index + found.length };
  }
}

/** Returns only the words, in order. Faster than `readWords`; used for complete recordings. */
export function listWords(text: string): string[] {
  if (isPlain.test(text)) {
    const words = text.toLowerCase().match(plainWord) ?? [];
    return words.some((word) => word.length > longestWord) ? words.map((word) => word.slice(0, longestWord)) : words;
  }
  return Array.from(text.match(anyWord) ?? [], foldWord).filter((word) => word !== '');
}

/** Returns true for a character of a script without spaces. No longer word begins with such a word. */
export function isSingleCharacter(word: string): boolean {
  return singleCharacter.test(word);
}

function foldWord(found: string): string {
  const folded = isPlain.test(found)
    ? found.toLowerCase()
    : found.normalize('NFKD').replace(accents, '').toLowerCase().normalize('NFKC').replace(separators, '');
  return folded.length > longestWord ? folded.slice(0, longestWord) : folded;
}
