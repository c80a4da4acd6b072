import { concatBytes } from '../bytes';
import { publicKeyBlob, readPublicKeyBlob, SshReader, sshString } from './ssh-wire';

/** SSHSIG, the form that `ssh-keygen -Y verify` reads (OpenSSH's PROTOCOL.sshsig). */

const magic = new TextEncoder().encode('SSHSIG');
const version = new Uint8Array([0, 0, 0, 1]);
const hashName = 'sha512';
const signatureType = 'ssh-ed25519';
const armorHead = '-----BEGIN SSH SIGNATURE-----';
const armorFoot = '-----END SSH SIGNATURE-----';
const armorWidth = 70;

/** The purpose of the signature (`-n` of `ssh-keygen`). A signature for another purpose is invalid here. */
export const signatureNamespace = 'casement-case';

/** Returns the bytes that are signed in place of the message. `hash`: the SHA-512 of the message. */
export const signedData = (hash: Uint8Array): Uint8Array =>
  concatBytes([magic, sshString(signatureNamespace), sshString(''), sshString(hashName), sshString(hash)]);

/** Returns the armored signature. `key`: the 32 bytes of the public key; `signature`: 64 bytes. The core has no base64, so it is passed in. */
export function armorSignature(
  key: Uint8Array,
  signature: Uint8Array,
  toBase64: (bytes: Uint8Array) => string,
): string {
  const blob = concatBytes([
    magic,
    version,
    sshString(publicKeyBlob(key)),
    sshString(signatureNamespace),
    sshString(''),
    sshString(hashName),
    sshString(concatBytes([sshString(signatureType), sshString(signature)])),
  ]);
  const lines = toBase64(blob).match(new RegExp(`.{1,${armorWidth}}`, 'g')) ?? [];
  return [armorHead, ...lines, armorFoot, ''].join('\n');
}

/** Returns the key and the signature in an armored text, or undefined if it is not a signature of a case file. */
export function readArmoredSignature(
  text: string,
  fromBase64: (text: string) => Uint8Array,
): { key: Uint8Array; signature: Uint8Array } | undefined {
  const body = text.trim();
  if (body.length > 4000 || !body.startsWith(armorHead) || !body.endsWith(armorFoot)) return undefined;
  try {
    const reader = new SshReader(fromBase64(body.slice(armorHead.length, -armorFoot.length).replace(/\s/g, '')));
    const head = reader.take(magic.length);
    if (!head.every((byte, index) => byte === magic[index]) || reader.number() !== 1) return undefined;
    const key = readPublicKeyBlob(reader.string());
    const [namespace, reserved, hash] = [reader.text(), reader.text(), reader.text()];
    const inner = new SshReader(reader.string());
    const type = inner.text();
    const signature = inner.string();
    const isOurs = namespace === signatureNamespace && reserved === '' && hash === hashName && type === signatureType;
    if (!key || !isOurs || signature.length !== 64 || !inner.isAtEnd || !reader.isAtEnd) return undefined;
    return { key, signature };
  } catch {
    return undefined;
  }
}
