import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a ZIP file, which may be invalid. */
export interface RawEntry {
  name: string | Buffer;
  content: Buffer;
  /** False values for the directory. */
  claims?: { size?: number; packed?: number; offset?: number; crc?: number; method?: number };
  /** Written to the directory only: it shares the bytes of an earlier entry. */
  isDirectoryOnly?: boolean;
  attributes?: number;
  comment?: string;
}

interface RawZip {
  before?: Buffer;
  between?: Buffer;
  after?: Buffer;
  /** The number of entries in the end record. */
  count?: number;
  zip64?: { count?: bigint; directoryOffset?: bigint };
}

const u16 = (...values: number[]): Buffer =>
  Buffer.concat(values.map((value) => Buffer.from([value & 255, (value >> 8) & 255])));
const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value >>> 0, index * 4));
  return bytes;
};

export function rawZip(entries: readonly RawEntry[], { before, between, after, count, zip64 }: RawZip = {}): Buffer {
  const parts: Buffer[] = before ? [before] : [];
  const directory: Buffer[] = [];
  let at = before?.length ?? 0;
  const push = (...bytes: Buffer[]): void => {
    for (const part of bytes) {
      parts.push(part);
      at += part.length;
    }
  };
  for (const { name, content, claims = {}, isDirectoryOnly, attributes = 0, comment = '' } of entries) {
    const fileName = Buffer.from(name);
    const packed = deflateRawSync(content);
    const offset = claims.offset ?? at;
    const method = claims.method ?? 8;
    const sums = u32(claims.crc ?? crc32(content), claims.packed ?? packed.length, claims.size ?? content.length);
    if (!isDirectoryOnly) {
      push(u32(0x04034b50), u16(20, 0x800, method, 0, 33), sums, u16(fileName.length, 0), fileName, packed);
      if (between) push(between);
    }
    const note = Buffer.from(comment);
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(0x0314, 20, 0x800, method, 0, 33),
        sums,
        u16(fileName.length, 0, note.length, 0, 0),
        u32(attributes, offset),
        fileName,
        note,
      ]),
    );
  }
  const start = at;
  push(...directory);
  const size = at - start;
  const total = count ?? entries.length;
  if (zip64) {
    const recordAt = at;
    const record = Buffer.alloc(56);
    record.writeUInt32LE(0x06064b50, 0);
    record.writeBigUInt64LE(44n, 4);
    record.writeBigUInt64LE(zip64.count ?? BigInt(total), 24);
    record.writeBigUInt64LE(zip64.count ?? BigInt(total), 32);
    record.writeBigUInt64LE(BigInt(size), 40);
    record.writeBigUInt64LE(zip64.directoryOffset ?? BigInt(start), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(BigInt(recordAt), 8);
    locator.writeUInt32LE(1, 16);
    push(record, locator);
  }
  const [shown, shownStart] = zip64 ? [0xffff, 0xffffffff] : [total & 0xffff, start];
  push(u32(0x06054b50), u16(0, 0, shown, shown), u32(size, shownStart), u16(0));
  if (after) push(after);
  return Buffer.concat(parts);
}
