/** FNV-1a with 32 bits, continued from `hash`. It detects changes; it protects nothing. */
export function hashText(text: string, hash: number): number {
  let result = hash;
  for (let index = 0; index < text.length; index++) result = hashNumber(text.charCodeAt(index), result);
  return result;
}

export function hashNumber(value: number, hash: number): number {
  return Math.imul(hash ^ value, 0x01000193) >>> 0;
}
