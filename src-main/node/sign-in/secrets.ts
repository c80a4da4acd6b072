import { createHash, randomBytes } from 'node:crypto';

/** The secrets of one sign-in. */
export interface SignInSecrets {
  /** Returned by the redirect, to prove that it belongs to this sign-in. */
  state: string;
  /** Proves to the token endpoint that it is the program that started the sign-in (RFC 7636). */
  verifier: string;
  /** SHA-256 of the verifier, for the authorization request. */
  challenge: string;
}

export function makeSignInSecrets(): SignInSecrets {
  const verifier = randomBytes(32).toString('base64url');
  return {
    state: randomBytes(32).toString('base64url'),
    verifier,
    challenge: createHash('sha256').update(verifier).digest('base64url'),
  };
}
