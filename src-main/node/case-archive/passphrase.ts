import { Readable } from 'node:stream';
import { Decrypter, Encrypter } from 'age-encryption';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';

/** The first bytes of a file encrypted with age. */
const ageHead = Buffer.from('age-encryption.org/v1\n');

export const isEncrypted = (head: Uint8Array): boolean =>
  head.length >= ageHead.length && ageHead.equals(head.subarray(0, ageHead.length));

/** Encrypts with a passphrase (age, scrypt). Each chunk is authenticated. */
export async function* encryptWith(passphrase: string, plain: Readable): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  yield* chunksOf(await encrypter.encrypt(toWeb(plain)));
}

/**
 * Decrypts. Never yields bytes that are not authenticated. Throws `passphrase-wrong`, and `case-unreadable` if the
 * bytes were changed or truncated.
 */
export async function* decryptWith(passphrase: string, sealed: Readable): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  let plain: ReadableStream<Uint8Array>;
  try {
    plain = await decrypter.decrypt(toWeb(sealed));
  } catch {
    sealed.destroy();
    throw new CasementError('passphrase-wrong');
  }
  try {
    yield* chunksOf(plain);
  } catch (error) {
    if (error instanceof CasementError) throw error;
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.encryptionDamaged });
  }
}

// TypeScript has two types for the same web streams: Node's and the DOM's.
const toWeb = (stream: Readable): ReadableStream<Uint8Array> => Readable.toWeb(stream) as ReadableStream<Uint8Array>;

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
