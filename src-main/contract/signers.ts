import * as v from 'valibot';

/** An Ed25519 key as `authorized_keys` has it: `ssh-ed25519 AAAA…`. */
const PublicKeyLine = v.pipe(v.string(), v.regex(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/));

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

const byKey = { publicKey: PublicKeyLine };

/** What a window may ask about signers; part of the table in `ipc.ts`. */
export const signerRequests = {
  'signer.list': { input: v.strictObject({}), output: Signatures },
  /** Makes the user's own key where there is none; it needs a keychain that keeps it. */
  'signer.make-own': { input: v.strictObject({}), output: Signatures },
  /** Makes somebody known, or gives a known one another name. */
  'signer.name': { input: v.strictObject({ ...byKey, name: SignerName }), output: Signatures },
  /** `signer.restore` brings them back until Casement quits. */
  'signer.forget': { input: v.strictObject(byKey), output: Signatures },
  'signer.restore': { input: v.strictObject(byKey), output: Signatures },
  /** Puts a damaged list aside. */
  'signer.begin-anew': { input: v.strictObject({}), output: Signatures },
  /** Asks the user for a file like ssh's `allowed_signers`; null when they close the dialog. Names that are known stay. */
  'signer.import': {
    input: v.strictObject({}),
    output: v.nullable(v.strictObject({ signatures: Signatures, added: v.number(), passedOver: v.number() })),
  },
  /** Writes such a file, of the user's own key or of all that are known; the file's name, null when they close the dialog. */
  'signer.export': {
    input: v.strictObject({ what: v.picklist(['own', 'known']) }),
    output: v.nullable(v.string()),
  },
} as const;
