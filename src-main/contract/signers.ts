import * as v from 'valibot';

/** An Ed25519 key as in `authorized_keys`: `ssh-ed25519 AAAA…`. */
export const PublicKeyLine = v.pipe(v.string(), v.regex(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/));

/** A signer's name: one line of visible characters, so that invisible ones can't make two names look the same. */
export const SignerName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(100),
  v.regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]+$/u),
);

export const mostSigners = 1000;

/** A signer whose key the user has named. */
export const KnownSigner = v.strictObject({
  name: SignerName,
  publicKey: PublicKeyLine,
  /** The time at which the key was first named, ms since 1970. */
  since: v.number(),
});
export type KnownSigner = v.InferOutput<typeof KnownSigner>;

/** As `ssh-keygen -l` shows it: `SHA256:…`. */
const fingerprint = v.string();

/** The signers that the user knows. */
export const Signatures = v.strictObject({
  /** The user's own key; null if there is none or the keychain isn't available. */
  own: v.nullable(v.strictObject({ publicKey: PublicKeyLine, fingerprint })),
  /** Sorted by name. */
  known: v.array(v.strictObject({ ...KnownSigner.entries, fingerprint })),
  /** The list is damaged or was modified by another program. No signer is known until the user starts a new list. */
  isDamaged: v.boolean(),
});
export type Signatures = v.InferOutput<typeof Signatures>;
