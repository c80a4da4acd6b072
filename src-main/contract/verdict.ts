import type { CaseVerification } from './session';

/** Somebody whose key the user gave a name to. */
export interface KnownSigner {
  name: string;
  /** As in `authorized_keys`: `ssh-ed25519 AAAA…`. */
  publicKey: string;
}

export type Verdict =
  { verdict: 'known'; name: string } | { verdict: 'unknown' } | { verdict: 'unsigned' } | { verdict: 'broken' };

/** What a case file is to a reader who knows these signers. */
export function judge({ verdict, signer }: CaseVerification, signers: readonly KnownSigner[]): Verdict {
  if (verdict !== 'signed') return { verdict };
  const known = signers.find(({ publicKey }) => publicKey === signer?.publicKey);
  return known ? { verdict: 'known', name: known.name } : { verdict: 'unknown' };
}
