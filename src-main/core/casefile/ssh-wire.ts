import { concatBytes } from '../bytes';

/** OpenSSH's binary encoding: each string is preceded by its length in four bytes. */

const keyType = 'ssh-ed25519';
const encoder = new TextEncoder();

export function sshString(value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === 'string' ? encoder.encode(value) : value;
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return concatBytes([length, bytes]);
}

/** Returns a public key as in an `authorized_keys` line, before base64. `key`: its 32 bytes. */
export const publicKeyBlob = (key: Uint8Array): Uint8Array => concatBytes([sshString(keyType), sshString(key)]);

/** Reads consecutive strings. Throws `RangeError` if the bytes end early. */
export class SshReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new RangeError('the bytes end early');
    return this.bytes.subarray(this.at, (this.at += length));
  }

  number(): number {
    const bytes = this.take(4);
    return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  }

  string(): Uint8Array {
    return this.take(this.number());
  }

  text(): string {
    return new TextDecoder().decode(this.string());
  }
}

/** Returns the 32 bytes of a key from its blob, or undefined for another kind of key. */
export function readPublicKeyBlob(blob: Uint8Array): Uint8Array | undefined {
  try {
    const reader = new SshReader(blob);
    if (reader.text() !== keyType) return undefined;
    const key = reader.string();
    return key.length === 32 && reader.isAtEnd ? Uint8Array.from(key) : undefined;
  } catch {
    return undefined;
  }
}
