/** Returns the word in lower case without marks: "Müller" becomes "muller", "Łukasz" becomes "lukasz". */
export function foldWord(word: string): string {
  if (/^[\x00-\x7f]*$/.test(word)) return word.toLowerCase();
  return word
    .normalize('NFD')
    .replace(/\p{Mn}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[łøđßæœðþı]/g, (letter) => otherLetters[letter] ?? letter);
}

/** Letters that Unicode doesn't decompose into a letter and a mark. */
const otherLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
