import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const demoScopes = ['sessions:list', 'recordings:read'] as const;
export type DemoScope = (typeof demoScopes)[number];

const isDemoScope = (text: string): text is DemoScope => (demoScopes as readonly string[]).includes(text);

interface IssuedKey {
  hash: Buffer;
  scopes: readonly DemoScope[];
}

/**
 * The keys that the demo server issued. Stores only their SHA-256: 32 random bytes need no slow hash. Between runs, a key is stored as
 * one line, `<hash in hex> <scope>,<scope>`.
 */
export class IssuedKeys {
  readonly #keys: IssuedKey[];

  /** Skips damaged lines: their keys are refused, and clients can request new ones. */
  constructor(lines: readonly string[]) {
    this.#keys = lines.flatMap(parseLine);
  }

  issue(scopes: readonly DemoScope[]): { key: string; line: string } {
    const key = `cas_demo_${randomBytes(32).toString('base64url')}`;
    const hash = sha256(key);
    this.#keys.push({ hash, scopes });
    return { key, line: `${hash.toString('hex')} ${scopes.join(',')}` };
  }

  /** Returns the key's scopes and an id for its rate limit; undefined if this server did not issue the key. */
  find(key: string): { id: string; scopes: readonly DemoScope[] } | undefined {
    const hash = sha256(key);
    const found = this.#keys.filter((issued) => timingSafeEqual(issued.hash, hash))[0];
    return found && { id: hash.toString('hex'), scopes: found.scopes };
  }
}

function parseLine(line: string): IssuedKey[] {
  const match = /^([0-9a-f]{64}) ([a-z:,]+)$/.exec(line);
  const scopes = match?.[2]?.split(',').filter(isDemoScope) ?? [];
  return match?.[1] !== undefined && scopes.length > 0 ? [{ hash: Buffer.from(match[1], 'hex'), scopes }] : [];
}

/** Compares in constant time. Comparing hashes hides the length as well. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
