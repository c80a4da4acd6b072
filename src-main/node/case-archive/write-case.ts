import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { caseMediaType } from '../../contract/case-format';
import type { CaseEntry } from '../../core/casefile/entries';
import { encodeManifest, resourceName, type CaseHead, type CaseResource } from '../../core/casefile/manifest';
import { encodeText } from '../../core/casefile/text';
import { writeFileAtomically } from '../files/atomic-write';
import type { Signer } from '../signing/ed25519';
import { signManifest } from '../signing/sign-manifest';
import { encryptWith } from './passphrase';

/**
 * The earliest time that a ZIP can store. The real time would reveal when the file was made and make equal cases
 * differ.
 */
const entryOptions = { mtime: new Date(Date.UTC(1980, 0, 1)), mode: 0o100644 };

export function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A case file on the disk. */
export interface WrittenCase {
  /** `sha256:` and hex digits. */
  manifestHash: string;
  bytes: number;
  /** Of the complete file, in hex digits. */
  sha256: string;
}

export interface CaseWriting {
  /** Called with each entry before it is written. If it throws, nothing is written and the old file stays. */
  check: (entry: CaseEntry) => void;
  /** Called with the path of the complete temporary file. If it throws, the old file stays. */
  checkFile?: ((part: string) => void) | undefined;
  /** Signs the manifest; unsigned if absent. */
  signer?: Signer | undefined;
  /** Encrypts the complete file with age. */
  passphrase?: string | undefined;
  /** Called after each entry with the number of entries so far. */
  onEntry?: (done: number) => void;
}

/**
 * Writes a case file: `mimetype` first and uncompressed, then the entries, the manifest, its digest and its signatures.
 * Keeps one entry in memory at a time. Throws what `check` throws, and disk-*.
 */
export async function writeCase(
  path: string,
  head: CaseHead,
  entries: AsyncIterable<CaseEntry> | Iterable<CaseEntry>,
  { check, checkFile, signer, passphrase, onEntry }: CaseWriting,
): Promise<WrittenCase> {
  const resources: CaseResource[] = [];
  const zip = new ZipFile();
  let manifestHash = '';

  async function fill(): Promise<void> {
    const mimetype = { path: 'mimetype', mediatype: 'text/plain', bytes: encodeText(caseMediaType) };
    check(mimetype);
    zip.addBuffer(Buffer.from(mimetype.bytes), mimetype.path, { ...entryOptions, compress: false });
    const add = (entry: CaseEntry): Promise<void> => {
      check(entry);
      return addEntry(zip, entry);
    };
    for await (const entry of entries) {
      await add(entry);
      resources.push({
        name: resourceName(entry.path),
        path: entry.path,
        hash: sha256(entry.bytes),
        bytes: entry.bytes.length,
        mediatype: entry.mediatype,
      });
      onEntry?.(resources.length);
    }
    const manifest = encodeManifest(head, resources);
    manifestHash = sha256(manifest);
    const digest = encodeText(JSON.stringify({ path: 'datapackage.json', hash: manifestHash }));
    await add({ path: 'datapackage.json', mediatype: 'application/json', bytes: manifest });
    await add({ path: 'datapackage-digest.json', mediatype: 'application/json', bytes: digest });
    for (const signature of signer ? signManifest(manifest, manifestHash, signer) : []) await add(signature);
    zip.end();
  }

  const output = zip.outputStream as Readable;
  const hash = createHash('sha256');
  let size = 0;
  await writeFileAtomically(
    path,
    async (file) => {
      const filling = fill().catch((error: unknown) => output.destroy(error instanceof Error ? error : undefined));
      const bytes: AsyncIterable<Uint8Array> = passphrase === undefined ? output : encryptWith(passphrase, output);
      for await (const part of bytes) {
        hash.update(part);
        size += part.length;
        await file.writeFile(part);
      }
      await filling;
    },
    checkFile,
  );
  return { manifestHash, bytes: size, sha256: hash.digest('hex') };
}

/** Resolves when the ZIP has consumed the bytes, so that at most one entry is waiting. */
function addEntry(zip: ZipFile, { path, bytes }: CaseEntry): Promise<void> {
  const options = { ...entryOptions, compress: true, size: bytes.length };
  // yazl keeps this callback until its end. Taking the bytes out of an array lets them be freed earlier.
  const waiting = [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)];
  return new Promise((resolve, reject) => {
    zip.addReadStreamLazy(path, options, (give) => {
      const stream = Readable.from(waiting.splice(0), { objectMode: false });
      stream.once('close', resolve).once('error', reject);
      give(null, stream);
    });
  });
}
