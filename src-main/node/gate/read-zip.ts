import { inflateRawSync } from 'node:zlib';
import type { Source } from './source';

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const stored = 0;
const deflated = 8;

interface Archive {
  /** Names, comments and extra fields of the entries and of the archive, and every byte that belongs to no entry. */
  names: Buffer;
  /** One entry at a time, unpacked; without bytes where it can't be read. */
  entries(): Generator<{ name: string; bytes?: Buffer }>;
}

interface Central {
  name: string;
  method: number;
  packed: number;
  /** Checksum and both sizes, as the directory has them. */
  sums: Buffer;
  /** Where its local header begins, and where its data does. */
  local: number;
  start: number;
}

/**
 * A ZIP read by its directory. Not by the code that writes or opens case files: what that doesn't see must be seen here.
 * Undefined where it is no whole ZIP with sizes below 4 GB.
 */
export function readZip(file: Source, entryLimit: number): Archive | undefined {
  try {
    return readDirectory(file, entryLimit);
  } catch {
    return undefined;
  }
}

/** The comment at the end has at most 64 kB. */
const longestEnd = 22 + 0xffff;

function readDirectory(file: Source, entryLimit: number): Archive | undefined {
  const tailAt = Math.max(0, file.length - longestEnd);
  const tail = file.read(tailAt, file.length);
  const end = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || tail.readUInt32LE(end) !== endSignature) return undefined;
  const count = tail.readUInt16LE(end + 10);
  const directoryAt = tail.readUInt32LE(end + 16);
  const directory = file.read(directoryAt, tailAt + end);
  const names: Buffer[] = [tail.subarray(end + 22)];
  const found: Central[] = [];
  /** From where to where the file's bytes belong to an entry. */
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

/** One record of the directory; `texts`: its name, extra fields and comment. */
function readEntry(directory: Buffer, at: number): { entry: Omit<Central, 'start'>; length: number; texts: Buffer } {
  if (directory.readUInt32LE(at) !== centralSignature) throw new RangeError('no record of a directory');
  const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
  const end = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  const packed = directory.readUInt32LE(at + 20);
  const isEncrypted = (directory.readUInt16LE(at + 8) & 1) !== 0;
  if (packed === 0xffffffff || isEncrypted) throw new RangeError('an entry that is not read');
  const entry = {
    name: directory.toString('utf8', at + 46, nameEnd),
    method: directory.readUInt16LE(at + 10),
    packed,
    sums: directory.subarray(at + 16, at + 28),
    local: directory.readUInt32LE(at + 42),
  };
  return { entry, length: end - at, texts: directory.subarray(at + 46, end) };
}

/** The length of a descriptor that says behind an entry what the directory says of it, and nothing else; 0 where there is none. */
function descriptorBytes(behind: Buffer, sums: Buffer): number {
  const isDescriptor = behind.length === 16 && behind.readUInt32LE(0) === 0x08074b50;
  return isDescriptor && behind.subarray(4).equals(sums) ? 16 : 0;
}

/** What lies between the entries: something that nobody would look for. */
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
