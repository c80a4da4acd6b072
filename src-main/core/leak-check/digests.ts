import { base64Value } from './decode/base64';
import { hexDigit } from './decode/escapes';
import { digitsOf } from './entities';

/** Returns the MD5, SHA-1 and SHA-256 of a text. A port, since core has no crypto. */
export type DigestText = (text: string) => Uint8Array[];

/** Returns the forms of a value that services hash: unchanged, trimmed and in lower case (Gravatar), and digits without separators. */
function hashedForms(text: string): Set<string> {
  const trimmed = text.trim();
  const forms = new Set([text, trimmed, trimmed.toLowerCase()]);
  const digits = digitsOf(text);
  if (digits.length >= 7 && !/\p{L}/u.test(text)) forms.add(digits).add(`+${digits}`);
  return forms;
}

/** The length of the shortest digest in base64, an MD5. */
export const shortestDigest = 22;

/** The digests of the originals. Their first six bytes identify them: enough that none matches by chance. */
export class Digests {
  /** The original of each digest, by the digest's head. */
  private readonly known = new Map<number, string>();

  constructor(texts: readonly string[], digestsOf: DigestText) {
    for (const text of texts) {
      for (const form of hashedForms(text)) {
        for (const digest of digestsOf(form)) {
          let head = 0;
          for (const byte of digest.subarray(0, 6)) head = head * 256 + byte;
          this.known.set(head, text);
        }
      }
    }
  }

  /** Returns the original whose digest, in hex or base64, starts at any position in this run of base64 characters. */
  findIn(token: Uint8Array): string | undefined {
    if (this.known.size === 0) return undefined;
    return this.findInDigits(token, 12, 16, hexDigit) ?? this.findInDigits(token, 8, 64, base64Value);
  }

  private findInDigits(
    token: Uint8Array,
    count: number,
    base: number,
    valueOf: (byte: number) => number,
  ): string | undefined {
    const top = base ** (count - 1);
    let head = 0;
    let run = 0;
    for (const byte of token) {
      const value = valueOf(byte);
      if (value < 0) {
        run = 0;
        head = 0;
        continue;
      }
      head = (head % top) * base + value;
      const original = ++run >= count ? this.known.get(head) : undefined;
      if (original !== undefined) return original;
    }
    return undefined;
  }
}
