import * as v from 'valibot';

/** An Ed25519 key as `authorized_keys` has it: `ssh-ed25519 AAAA…`. */
export const PublicKeyLine = v.pipe(v.string(), v.regex(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/));

/** What the user calls somebody: one line of what is seen, so that no two names look the same by a trick. */
export const SignerName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(100),
  v.regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]+$/u),
);

export const mostSigners = 1000;

/** Somebody whose key the user gave a name to. */
export const KnownSigner = v.strictObject({
  name: SignerName,
  publicKey: PublicKeyLine,
  /** When the key got its first name, ms since 1970. */
  since: v.number(),
});
export type KnownSigner = v.InferOutput<typeof KnownSigner>;

/** As `ssh-keygen -l` shows it: `SHA256:…`. */
const fingerprint = v.string();

/** Whose signatures mean something to the user. */
export const Signatures = v.strictObject({
  /** The user's own key; null while there is none, or where the keychain doesn't say. */
  own: v.nullable(v.strictObject({ publicKey: PublicKeyLine, fingerprint })),
  /** By name. */
  known: v.array(v.strictObject({ ...KnownSigner.entries, fingerprint })),
  /** The list was changed from outside or damaged: nobody counts as known until a new one is begun. */
  isDamaged: v.boolean(),
});
export type Signatures = v.InferOutput<typeof Signatures>;
