/** Where a word stands in a text: offsets in UTF-16 units. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/** Scripts that put no space between words. Each of their characters is a word by itself; a longer word is then a phrase. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u30FC';
const anyWord = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}])+`, 'gu');
const plainWord = /[A-Za-z0-9]+/g;
const singleCharacter = new RegExp(`^[${unspaced}]$`, 'u');
const isPlain = /^[\x00-\x7f]*$/;
const accents = /[\u0300-\u036f]/g;
/** A few characters stand for several words, or for a fraction. */
const separators = /[^\p{L}\p{N}\p{M}]+/gu;

/** Longer ones are digests and encoded data; nobody types more of them. */
const longestWord = 64;

/**
 * The words of a text in the form in which they are compared: without case, accents and forms of width. Everything but letters and
 * digits separates, so that an address or an id is a row of words. The index and the query are read by this one function.
 */
export function* readWords(text: string): Generator<PlacedWord> {
  const isAscii = isPlain.test(text);
  for (const match of text.matchAll(isAscii ? plainWord : anyWord)) {
    const [found] = match;
    const word = foldWord(found);
    if (word !== '') yield { word, start: match.index, end: match.index + found.length };
  }
}

/** The words alone, in their order. Faster, for whole recordings. */
export function listWords(text: string): string[] {
  if (isPlain.test(text)) {
    const words = text.toLowerCase().match(plainWord) ?? [];
    return words.some((word) => word.length > longestWord) ? words.map((word) => word.slice(0, longestWord)) : words;
  }
  return Array.from(text.match(anyWord) ?? [], foldWord).filter((word) => word !== '');
}

/** Is it a character of a script without spaces? Such a word has no longer words of which it could be the beginning. */
export function isSingleCharacter(word: string): boolean {
  return singleCharacter.test(word);
}

function foldWord(found: string): string {
  const folded = isPlain.test(found)
    ? found.toLowerCase()
    : found.normalize('NFKD').replace(accents, '').toLowerCase().normalize('NFKC').replace(separators, '');
  return folded.length > longestWord ? folded.slice(0, longestWord) : folded;
}
