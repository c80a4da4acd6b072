import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { CasementError } from '../../contract/errors';
import { publicKeyBlob, readPublicKeyBlob, SshReader } from '../../core/casefile/ssh-wire';

/** A signing key. Only `sign` uses the private key. */
export interface Signer {
  /** The public key, 32 bytes. */
  publicKey: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Generates a key pair. Returns the private key as PEM (PKCS #8). */
export function generateSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * Reads a private key: PEM (PKCS #8), or OpenSSH's own format without a passphrase. Throws sign-key, which never contains the key.
 */
export function openSigner(text: string): Signer {
  const key = readPrivateKey(text.trim());
  const publicKey = rawPublicKey(createPublicKey(key));
  return { publicKey, sign: (bytes) => sign(null, bytes, key) };
}

export function isSignedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, bytes, publicKeyObject(publicKey), signature);
  } catch {
    return false;
  }
}

/** Returns the fingerprint in the format of `ssh-keygen -l`. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(publicKeyBlob(publicKey)).digest('base64').replace(/=+$/, '')}`;
}

/** Returns the key as in a line of `authorized_keys` or `allowed_signers`. */
export function sshLine(publicKey: Uint8Array): string {
  return `ssh-ed25519 ${Buffer.from(publicKeyBlob(publicKey)).toString('base64')}`;
}

export function pemOf(publicKey: Uint8Array): string {
  return publicKeyObject(publicKey).export({ type: 'spki', format: 'pem' }).toString();
}

/** Returns the key in a line `ssh-ed25519 AAAA…`, or undefined for any other text. */
export function readSshLine(line: string): Uint8Array | undefined {
  const [, base64 = ''] = /(?:^|\s)ssh-ed25519\s+([A-Za-z0-9+/=]{1,200})(?:\s|$)/.exec(line) ?? [];
  return base64 === '' ? undefined : readPublicKeyBlob(Buffer.from(base64, 'base64'));
}

function readPrivateKey(text: string): KeyObject {
  try {
    const key = text.includes('BEGIN OPENSSH PRIVATE KEY') ? readOpenSshKey(text) : createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The cause could reveal parts of the private key.
  }
  throw new CasementError('sign-key');
}

/** Supports only keys without a passphrase; `ssh-keygen -p` can remove one. */
function readOpenSshKey(text: string): KeyObject {
  const reader = new SshReader(Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
  if (Buffer.from(reader.take(15)).toString('latin1') !== 'openssh-key-v1\0') throw new Error('unknown format');
  if (reader.text() !== 'none' || reader.text() !== 'none') throw new Error('encrypted');
  reader.string();
  if (reader.number() !== 1) throw new Error('several keys');
  reader.string();
  const inner = new SshReader(reader.string());
  if (inner.number() !== inner.number() || inner.text() !== 'ssh-ed25519') throw new Error('not an Ed25519 key');
  inner.string();
  // 32 bytes of seed, then the public key again.
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), inner.string().subarray(0, 32)]);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

function publicKeyObject(key: Uint8Array): KeyObject {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  return createPublicKey({ key: spki, format: 'der', type: 'spki' });
}

const rawPublicKey = (key: KeyObject): Uint8Array =>
  new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-32));
