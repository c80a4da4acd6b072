import * as v from 'valibot';
import { PublicKeyLine, Signatures, SignerName } from '../signers';
import { empty } from './empty';

const byKey = { publicKey: PublicKeyLine };

export const signerRequests = {
  'signer.list': { input: empty, output: Signatures },
  /** Creates the user's own key if there is none. Requires a keychain. */
  'signer.make-own': { input: empty, output: Signatures },
  /** Adds a known signer, or renames one. */
  'signer.name': { input: v.strictObject({ ...byKey, name: SignerName }), output: Signatures },
  /** `signer.restore` undoes it until Casement quits. */
  'signer.forget': { input: v.strictObject(byKey), output: Signatures },
  'signer.restore': { input: v.strictObject(byKey), output: Signatures },
  /** Sets a damaged list aside. */
  'signer.start-new-list': { input: empty, output: Signatures },
  /** Asks the user for a file like ssh's `allowed_signers`; null if they close the dialog. Existing names stay. */
  'signer.import': {
    input: empty,
    output: v.nullable(v.strictObject({ signatures: Signatures, added: v.number(), passedOver: v.number() })),
  },
  /** Writes such a file with the user's own key or with all known signers. Returns the file's name; null if the user closes the dialog. */
  'signer.export': {
    input: v.strictObject({ what: v.picklist(['own', 'known']) }),
    output: v.nullable(v.string()),
  },
} as const;
