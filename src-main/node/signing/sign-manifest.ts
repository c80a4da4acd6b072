import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { encodeEnvelope, encodeStatement, Envelope, preAuthEncoding, readStatement } from '../../core/casefile/dsse';
import { armorSignature, readArmoredSignature, signedData } from '../../core/casefile/ssh-signature';
import { encodeText } from '../../core/casefile/text';
import { fingerprintOf, isSignedBy, type Signer } from './ed25519';

/** The paths of the two signatures in a case file, both by the same key. */
export const dssePath = 'signatures/manifest.dsse.json';
export const sshPath = 'signatures/manifest.sshsig';

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const sha512 = (bytes: Uint8Array): Uint8Array => createHash('sha512').update(bytes).digest();

/** Returns the entries that sign a manifest. `manifestHash`: `sha256:` and hex digits, for the same bytes. */
export function signManifest(
  manifest: Uint8Array,
  manifestHash: string,
  signer: Signer,
): { path: string; mediatype: string; bytes: Uint8Array }[] {
  const payload = encodeStatement(manifestHash);
  const dsse = toBase64(signer.sign(preAuthEncoding(payload)));
  const ssh = signer.sign(signedData(sha512(manifest)));
  return [
    {
      path: dssePath,
      mediatype: 'application/vnd.dsse.envelope.v1+json',
      bytes: encodeEnvelope(toBase64(payload), fingerprintOf(signer.publicKey), dsse),
    },
    {
      path: sshPath,
      mediatype: 'text/plain',
      bytes: encodeText(armorSignature(signer.publicKey, ssh, toBase64)),
    },
  ];
}

/**
 * Returns the key that signed a manifest, `none` if it is unsigned, or `broken` if a signature is invalid, the two are by different
 * keys, or one is missing, which means that it was removed.
 */
export function checkSignatures(
  manifest: Uint8Array,
  manifestHash: string,
  found: { dsse: Uint8Array | undefined; ssh: Uint8Array | undefined },
): Uint8Array | 'none' | 'broken' {
  if (!found.dsse && !found.ssh) return 'none';
  if (!found.dsse || !found.ssh) return 'broken';
  const ssh = readArmoredSignature(Buffer.from(found.ssh).toString('latin1'), fromBase64);
  if (!ssh || !isSignedBy(ssh.key, signedData(sha512(manifest)), ssh.signature)) return 'broken';
  return isEnvelopeBy(ssh.key, found.dsse, manifestHash) ? ssh.key : 'broken';
}

function isEnvelopeBy(key: Uint8Array, bytes: Uint8Array, manifestHash: string): boolean {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return false;
  }
  const parsed = v.safeParse(Envelope, json);
  if (!parsed.success) return false;
  const payload = fromBase64(parsed.output.payload);
  // Node decodes base64 leniently, so require the canonical form: the check must cover exactly the signed bytes.
  if (toBase64(payload) !== parsed.output.payload || readStatement(payload) !== manifestHash) return false;
  const signed = preAuthEncoding(payload);
  return parsed.output.signatures.every(({ sig }) => isSignedBy(key, signed, fromBase64(sig)));
}
