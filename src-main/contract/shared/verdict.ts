import type { CaseVerification } from '../session';
import type { KnownSigner } from '../signers';

export type Verdict =
  { verdict: 'known'; name: string } | { verdict: 'unknown' } | { verdict: 'unsigned' } | { verdict: 'broken' };

type Named = Pick<KnownSigner, 'name' | 'publicKey'>;
type Verified = Pick<CaseVerification, 'verdict' | 'signer'>;

/** Returns the verdict on a case file for a reader who knows these signers. */
export function judge({ verdict, signer }: Verified, signers: readonly Named[]): Verdict {
  if (verdict !== 'signed') return { verdict };
  const known = signers.find(({ publicKey }) => publicKey === signer?.publicKey);
  return known ? { verdict: 'known', name: known.name } : { verdict: 'unknown' };
}

/** The same for a reader who has a signing key of their own. `ownKey` is a line of `authorized_keys`. */
export function judgeWithOwn(
  verified: Verified,
  signers: readonly Named[],
  ownKey: string | undefined,
): Verdict | { verdict: 'own' } {
  const isOwn = verified.verdict === 'signed' && ownKey !== undefined && verified.signer?.publicKey === ownKey;
  return isOwn ? { verdict: 'own' } : judge(verified, signers);
}
