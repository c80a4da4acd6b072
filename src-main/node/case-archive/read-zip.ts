import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createInflateRaw, inflateRaw } from 'node:zlib';
import { fromRandomAccessReaderPromise, openPromise, type Entry, type RandomAccessReader, type ZipFile } from 'yauzl';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import { shownName } from '../../core/recording/shown-name';

const options = { autoClose: false, lazyEntries: true, strictFileNames: true };

/** The limits of a case file, checked before anything is decompressed. */
export interface ZipLimits {
  entries: number;
  /** Decompressed sizes of one entry and of all, bytes. */
  entryBytes: number;
  totalBytes: number;
}

const zipLimits: ZipLimits = { entries: 20_000, entryBytes: 512 * 2 ** 20, totalBytes: 8 * 2 ** 30 };

const regularFile = 0o100000;
const fileTypeBits = 0o170000;

/** An open ZIP whose directory passed all checks. */
export interface CheckedZip {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Decompresses an entry, at most to the size in the directory. Throws case-unreadable. */
  read(entry: Entry): Promise<Buffer>;
  /** The same in small parts, for large entries. */
  parts(entry: Entry): AsyncIterable<Buffer>;
  close(): void;
}

/**
 * Opens a ZIP and checks its complete directory. yauzl refuses `..`, absolute paths, backslashes and wrong sizes; this
 * refuses duplicates, links, devices, encryption and decompression bombs. Throws `case-unreadable` for an incomplete
 * ZIP and `case-hostile` for a manipulated one.
 */
export function openCheckedZip(path: string, limits: ZipLimits = zipLimits): Promise<CheckedZip> {
  return check(openPromise(path, options), limits);
}

/** Opens a ZIP of this size through a reader. */
export function openCheckedZipOf(reader: RandomAccessReader, bytes: number): Promise<CheckedZip> {
  return check(fromRandomAccessReaderPromise(reader, bytes, options), zipLimits);
}

async function check(opening: Promise<ZipFile>, limits: ZipLimits): Promise<CheckedZip> {
  const zip = await opening.catch(() => {
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.damaged });
  });
  try {
    const entries = await readDirectory(zip, limits);
    return {
      entries,
      read: (entry) => collect(inflate(zip, entry)),
      parts: (entry) => inflate(zip, entry),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function readDirectory(zip: ZipFile, limits: ZipLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw hostile('tooManyEntries');
  const entries = new Map<string, Entry>();
  const foldedNames = new Set<string>();
  let total = 0;
  for await (const entry of listEntries(zip)) {
    checkEntry(entry, limits);
    total += entry.uncompressedSize;
    if (total > limits.totalBytes) throw hostile('totalTooLarge');
    const folded = entry.fileName.normalize('NFC').toLowerCase();
    if (foldedNames.has(folded)) throw hostile('duplicateName', entry);
    foldedNames.add(folded);
    entries.set(entry.fileName, entry);
  }
  checkPlaces(zip, [...entries.values()]);
  return entries;
}

/** The size of a local header, and of the descriptor and extra fields that may follow an entry, bytes. */
const headerBytes = 30;
const mostAround = 64;

/**
 * The entries must follow each other without gaps from the first byte to the directory. This excludes two names for the
 * same bytes, as in small decompression bombs, and bytes that the directory does not list.
 */
function checkPlaces(zip: ZipFile, entries: Entry[]): void {
  if (zip.comment !== '') throw hostile('hasComment');
  let end = 0;
  for (const entry of entries.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    const gap = entry.relativeOffsetOfLocalHeader - end;
    if (gap < 0 || gap > (end === 0 ? 0 : mostAround)) throw hostile('overlap');
    end = entry.relativeOffsetOfLocalHeader + headerBytes + Buffer.byteLength(entry.fileName) + entry.compressedSize;
  }
}

function checkEntry(entry: Entry, limits: ZipLimits): void {
  const type = (entry.externalFileAttributes >>> 16) & fileTypeBits;
  if (type !== 0 && type !== regularFile) throw hostile('notAFile', entry);
  if (entry.fileName.endsWith('/')) throw hostile('isFolder', entry);
  if (entry.fileComment !== '') throw hostile('entryComment', entry);
  if (entry.isEncrypted()) throw hostile('entryEncrypted', entry);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw hostile('unknownCompression', entry);
  if (entry.uncompressedSize > limits.entryBytes) throw hostile('entryTooLarge', entry);
}

/** Names the offending entry, if there is one. */
function hostile(reason: keyof typeof refusals.archive, entry?: Entry): CasementError {
  return new CasementError('case-hostile', {
    reason: refusals.archive[reason],
    ...(entry && { member: shownName(entry.fileName) }),
  });
}

function listEntries(zip: ZipFile): AsyncIterable<Entry> {
  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const entry = await new Promise<Entry | undefined>((resolve, reject) => {
          const settle = (finish: () => void) => () => {
            zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error');
            finish();
          };
          zip.once('entry', (next: Entry) => settle(() => resolve(next))());
          zip.once(
            'end',
            settle(() => resolve(undefined)),
          );
          zip.once(
            'error',
            settle(() => reject(hostile('directoryInvalid'))),
          );
          zip.readEntry();
        });
        if (!entry) return;
        yield entry;
      }
    },
  };
}

/** The size of the parts that a stream yields, bytes. */
const partBytes = 256 * 2 ** 10;

/** Entries up to this size are decompressed in one call, which is much faster than a stream, bytes. */
const atOnceBytes = 8 * 2 ** 20;
const inflateAtOnce = promisify(inflateRaw);

async function* inflate(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const { compressedSize, uncompressedSize } = entry;
  const isSmall = Math.max(compressedSize, uncompressedSize) <= atOnceBytes;
  let bytes = 0;
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    const inflated = isSmall ? inflateWhole(packed) : inflateParts(packed);
    const content: AsyncIterable<Buffer> = entry.compressionMethod === 0 ? packed : inflated;
    for await (const part of content) {
      bytes += part.length;
      if (bytes > uncompressedSize) break;
      yield part;
    }
  } catch {
    throw damaged();
  }
  if (bytes !== uncompressedSize) throw damaged();

  async function* inflateWhole(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    yield await inflateAtOnce(await collect(packed), { maxOutputLength: Math.max(1, uncompressedSize) });
  }
}

async function* inflateParts(packed: Readable): AsyncGenerator<Buffer> {
  const inflating = createInflateRaw({ chunkSize: partBytes });
  packed.once('error', (error) => inflating.destroy(error));
  try {
    yield* packed.pipe(inflating);
  } finally {
    packed.destroy();
    inflating.destroy();
  }
}

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  const [first] = parts;
  return parts.length === 1 && first ? first : Buffer.concat(parts);
}

function damaged(): CasementError {
  return new CasementError('case-unreadable', { reason: refusals.caseFile.cannotUnpack });
}
