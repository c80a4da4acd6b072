import { inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const pixelsLimit = 64 * 2 ** 20;
/** Chunks that contain neither text nor another image. */
const plainChunks = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'sRGB', 'gAMA', 'pHYs']);

/** Returns true for a PNG of a single colour without metadata. Any other image may show private data. */
export function isFlatImage(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, 8).equals(signature)) return false;
  try {
    return isFlat(file);
  } catch {
    return false;
  }
}

function isFlat(file: Buffer): boolean {
  const data: Buffer[] = [];
  let at = 8;
  while (at + 12 <= file.length) {
    const length = file.readUInt32BE(at);
    const name = file.toString('latin1', at + 4, at + 8);
    if (!plainChunks.has(name)) return false;
    if (name === 'IDAT') data.push(file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
    if (name === 'IEND') break;
  }
  if (at !== file.length) return false;
  const height = file.readUInt32BE(20);
  const rows = inflateSync(Buffer.concat(data), { maxOutputLength: pixelsLimit });
  const depth = file[24] ?? 0;
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[file[25] ?? 0] ?? 0;
  const width = Math.ceil((file.readUInt32BE(16) * depth * channels) / 8);
  if (file[28] !== 0 || rows.length !== height * (width + 1)) return false;
  return isOneColour(rows, width, Math.max(1, (depth * channels) >> 3));
}

/** Checks that all pixels are equal. In an image of one colour, filtered rows contain only zeros, so they need no decoding. */
function isOneColour(rows: Buffer, width: number, pixel: number): boolean {
  const first = rows.subarray(1, 1 + pixel);
  for (let at = 0; at < rows.length; at += width + 1) {
    const filter = rows[at] ?? 0;
    const row = rows.subarray(at + 1, at + 1 + width);
    const isTop = at === 0;
    const head = row.subarray(0, pixel);
    const rest = row.subarray(pixel);
    const repeats = rest.every((byte, index) => byte === head[index % pixel]);
    const isZero = rest.every((byte) => byte === 0);
    if (filter === 0 ? !repeats || !head.equals(first) : !isZero) return false;
    if (filter === 1 && !head.equals(first)) return false;
    if (filter >= 2 && (isTop || !head.every((byte) => byte === 0))) return false;
  }
  return true;
}
