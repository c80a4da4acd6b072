/** Returns the Shannon entropy in bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Returns whether a value looks random: digits among letters, or letters that don't form words. `least` is the minimum entropy in bits per character. */
export function isRandom(value: string, least: number): boolean {
  if (entropyOf(value) < least) return false;
  const digits = value.replace(/\D/g, '').length;
  if (digits >= 2 && digits < value.length) return !/^\p{L}{4,}[\d.-]{1,6}$/u.test(value);
  if (digits === value.length) return value.length >= 12;
  const letters = value.replace(/[^A-Za-z]/g, '');
  if (letters.length < 14) return false;
  // Words alternate between vowels and consonants, and change case only at their starts.
  const changes = (value.match(/[a-z][A-Z]|[A-Z]{2}[a-z]/g) ?? []).length;
  const vowels = letters.replace(/[^aeiou]/gi, '').length / letters.length;
  const hasRareRun = /[bcdfghjklmnpqrstvwxz]{5,}/i.test(letters);
  return changes >= letters.length / 5 || vowels < 0.2 || hasRareRun;
}
