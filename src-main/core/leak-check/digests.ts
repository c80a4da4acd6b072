import { base64Value } from './decode/base64';
import { hexDigit } from './decode/escapes';
import { digitsOf } from './entities';

/** The md5, sha1 and sha256 of a text. A port: this room knows no crypto. */
export type DigestText = (text: string) => Uint8Array[];

/** What a service hashes of a value: as it is, trimmed and in lower case as Gravatar does, and a number without its separators. */
function hashedForms(text: string): Set<string> {
  const trimmed = text.trim();
  const forms = new Set([text, trimmed, trimmed.toLowerCase()]);
  const digits = digitsOf(text);
  if (digits.length >= 7 && !/\p{L}/u.test(text)) forms.add(digits).add(`+${digits}`);
  return forms;
}

/** The shortest digest, an md5, in hex and in base64. */
export const shortestDigest = 22;

/** Digests of the originals, known by their first six bytes: enough that none is met by chance. */
export class Digests {
  private readonly known = new Set<number>();

  constructor(texts: readonly string[], digestsOf: DigestText) {
    for (const text of texts) {
      for (const form of hashedForms(text)) {
        for (const digest of digestsOf(form)) {
          let head = 0;
          for (const byte of digest.subarray(0, 6)) head = head * 256 + byte;
          this.known.add(head);
        }
      }
    }
  }

  /** Does one begin anywhere in this run of base64 characters, in hex or in base64? */
  standsIn(token: Uint8Array): boolean {
    if (this.known.size === 0) return false;
    return this.standsInDigits(token, 12, 16, hexDigit) || this.standsInDigits(token, 8, 64, base64Value);
  }

  private standsInDigits(token: Uint8Array, count: number, base: number, valueOf: (byte: number) => number): boolean {
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
      if (++run >= count && this.known.has(head)) return true;
    }
    return false;
  }
}
