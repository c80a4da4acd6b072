const prime = 0x01000193;

/** FNV-1a with 32 bits, continued from `hash`. It detects changes; it protects nothing. */
export function hashText(text: string, hash: number): number {
  let result = hash;
  for (let index = 0; index < text.length; index++) result = Math.imul(result ^ text.charCodeAt(index), prime);
  return result >>> 0;
}

export function hashNumber(value: number, hash: number): number {
  return Math.imul(hash ^ value, prime) >>> 0;
}
