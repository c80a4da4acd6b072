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

/** A key to sign with. Only `sign` touches the private half. */
export interface Signer {
  /** The public half, 32 bytes. */
  publicKey: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
}

/** A new key's private half as PEM (PKCS #8). */
export function generateSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * A signer from a private key: PEM (PKCS #8), or OpenSSH's own form without a passphrase.
 * Errors: sign-key, which never quotes it.
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

/** As `ssh-keygen -l` shows it. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(publicKeyBlob(publicKey)).digest('base64').replace(/=+$/, '')}`;
}

/** One line, as `authorized_keys` and `allowed_signers` have it. */
export function sshLine(publicKey: Uint8Array): string {
  return `ssh-ed25519 ${Buffer.from(publicKeyBlob(publicKey)).toString('base64')}`;
}

export function pemOf(publicKey: Uint8Array): string {
  return publicKeyObject(publicKey).export({ type: 'spki', format: 'pem' }).toString();
}

/** The key of a line `ssh-ed25519 AAAA…`, or undefined for anything else. */
export function readSshLine(line: string): Uint8Array | undefined {
  const [, base64 = ''] = /(?:^|\s)ssh-ed25519\s+([A-Za-z0-9+/=]{1,200})(?:\s|$)/.exec(line) ?? [];
  return base64 === '' ? undefined : readPublicKeyBlob(Buffer.from(base64, 'base64'));
}

function readPrivateKey(text: string): KeyObject {
  try {
    const key = text.includes('BEGIN OPENSSH PRIVATE KEY') ? readOpenSshKey(text) : createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What exactly is wrong with a private key is not for messages.
  }
  throw new CasementError('sign-key');
}

/** Only the form without a passphrase: to ask for one is `ssh-keygen -p`'s work. */
function readOpenSshKey(text: string): KeyObject {
  const reader = new SshReader(Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
  if (Buffer.from(reader.take(15)).toString('latin1') !== 'openssh-key-v1\0') throw new Error('another form');
  if (reader.text() !== 'none' || reader.text() !== 'none') throw new Error('encrypted');
  reader.string();
  if (reader.number() !== 1) throw new Error('several keys');
  reader.string();
  const inner = new SshReader(reader.string());
  if (inner.number() !== inner.number() || inner.text() !== 'ssh-ed25519') throw new Error('another key');
  inner.string();
  // 32 bytes of seed, and the public half again.
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), inner.string().subarray(0, 32)]);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

function publicKeyObject(key: Uint8Array): KeyObject {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  return createPublicKey({ key: spki, format: 'der', type: 'spki' });
}

const rawPublicKey = (key: KeyObject): Uint8Array =>
  new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-32));
