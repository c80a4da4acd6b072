import { inflateRawSync } from 'node:zlib';
import type { Source } from './source';

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const stored = 0;
const deflated = 8;

interface Archive {
  /** Names, comments and extra fields of the entries and of the archive, and all bytes outside the entries. */
  names: Buffer;
  /** Yields one decompressed entry at a time, without bytes if it can't be read. */
  entries(): Generator<{ name: string; bytes?: Buffer }>;
}

interface Central {
  name: string;
  method: number;
  packed: number;
  /** Checksum and both sizes, as in the directory. */
  sums: Buffer;
  /** The offsets of its local header and of its data. */
  local: number;
  start: number;
}

/**
 * Reads a ZIP file by its directory. It shares no code with the writer and reader of case files, so that it also finds data that they
 * would miss. Returns undefined unless the file is a complete ZIP with sizes below 4 GB.
 */
export function readZip(file: Source, entryLimit: number): Archive | undefined {
  try {
    return readDirectory(file, entryLimit);
  } catch {
    return undefined;
  }
}

/** The end record with the longest possible comment, bytes. */
const endRecordLimit = 22 + 0xffff;

function readDirectory(file: Source, entryLimit: number): Archive | undefined {
  const tailAt = Math.max(0, file.length - endRecordLimit);
  const tail = file.read(tailAt, file.length);
  const end = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || tail.readUInt32LE(end) !== endSignature) return undefined;
  const count = tail.readUInt16LE(end + 10);
  const directoryAt = tail.readUInt32LE(end + 16);
  const directory = file.read(directoryAt, tailAt + end);
  const names: Buffer[] = [tail.subarray(end + 22)];
  const found: Central[] = [];
  /** The ranges of the file that belong to entries. */
  const used: [number, number][] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    const { entry, length, texts } = readEntry(directory, at);
    const head = file.read(entry.local, entry.local + 30);
    if (head.readUInt32LE(0) !== localSignature) return undefined;
    const start = entry.local + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    names.push(texts, file.read(entry.local + 30, start));
    found.push({ ...entry, start });
    const dataEnd = start + entry.packed;
    used.push([entry.local, dataEnd + descriptorBytes(file.read(dataEnd, dataEnd + 16), entry.sums)]);
    at += length;
  }
  names.push(directory.subarray(at), ...gaps(file, used, directoryAt));
  return {
    names: Buffer.concat(names.flatMap((piece) => [piece, Buffer.from('\n')])),
    *entries() {
      for (const { name, method, packed, start } of found) {
        const bytes = unpack(file.read(start, start + packed), method, entryLimit);
        yield bytes ? { name, bytes } : { name };
      }
    },
  };
}

/** Reads one record of the directory. `texts`: its name, extra fields and comment. */
function readEntry(directory: Buffer, at: number): { entry: Omit<Central, 'start'>; length: number; texts: Buffer } {
  if (directory.readUInt32LE(at) !== centralSignature) throw new RangeError('not a directory record');
  const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
  const end = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  const packed = directory.readUInt32LE(at + 20);
  const isEncrypted = (directory.readUInt16LE(at + 8) & 1) !== 0;
  if (packed === 0xffffffff || isEncrypted) throw new RangeError('an encrypted or ZIP64 entry');
  const entry = {
    name: directory.toString('utf8', at + 46, nameEnd),
    method: directory.readUInt16LE(at + 10),
    packed,
    sums: directory.subarray(at + 16, at + 28),
    local: directory.readUInt32LE(at + 42),
  };
  return { entry, length: end - at, texts: directory.subarray(at + 46, end) };
}

/** Returns the length of a data descriptor after an entry that repeats exactly the directory's values; 0 if there is none. */
function descriptorBytes(following: Buffer, sums: Buffer): number {
  const isDescriptor = following.length === 16 && following.readUInt32LE(0) === 0x08074b50;
  return isDescriptor && following.subarray(4).equals(sums) ? 16 : 0;
}

/** Yields the bytes between entries, where data could be hidden. */
function* gaps(file: Source, used: [number, number][], directoryAt: number): Generator<Buffer> {
  let from = 0;
  for (const [start, end] of used.sort(([a], [b]) => a - b)) {
    if (start > from) yield file.read(from, start);
    from = Math.max(from, end);
  }
  if (directoryAt > from) yield file.read(from, directoryAt);
}

function unpack(packed: Buffer, method: number, maxOutputLength: number): Buffer | undefined {
  if (method === stored) return packed;
  if (method !== deflated) return undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength });
  } catch {
    return undefined;
  }
}
