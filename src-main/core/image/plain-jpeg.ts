import { concatBytes } from '../bytes';

/** A JPEG with its pixels only: no comment, no colour profile, no application data. */
export interface PlainJpeg {
  bytes: Uint8Array;
  /** In pixels. */
  width: number;
  height: number;
}

const marker = { start: 0xd8, end: 0xd9, scan: 0xda, frame: 0xc0, huffman: 0xc4, quantization: 0xdb, restarts: 0xdd };
/** The segments that a decoder of a baseline JPEG needs. */
const needed: ReadonlySet<number> = new Set([marker.frame, marker.huffman, marker.quantization, marker.restarts]);

/** `JFIF` 1.1 with square pixels and no thumbnail. It defines the colour space. */
const jfif = Uint8Array.of(0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);

/** Rewrites a baseline JPEG of one scan without metadata. Returns undefined for any other file and for a damaged one. */
export function plainJpeg(file: Uint8Array): PlainJpeg | undefined {
  if (file[0] !== 0xff || file[1] !== marker.start) return undefined;
  const kept = [file.subarray(0, 2), jfif];
  let size = { width: 0, height: 0 };
  for (let at = 2; at + 4 <= file.length;) {
    const name = file[at + 1] ?? 0;
    const end = at + 2 + wordAt(file, at + 2);
    if (file[at] !== 0xff || end > file.length) return undefined;
    if (name === marker.frame) size = { height: wordAt(file, at + 5), width: wordAt(file, at + 7) };
    if (name === marker.scan) {
      kept.push(file.subarray(at));
      return size.width * size.height > 0 && isLastScan(file, end) ? { bytes: concatBytes(kept), ...size } : undefined;
    }
    if (needed.has(name)) kept.push(file.subarray(at, end));
    else if (!isMetadata(name)) return undefined;
    at = end;
  }
  return undefined;
}

/** Returns a data URL for a page. */
export function jpegDataUri({ bytes }: PlainJpeg): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + pieceBytes))));
  return `data:image/jpeg;base64,${pieces.join('')}`;
}

/** A multiple of three, so that the base64 of the pieces can be concatenated; less than the limit of call arguments. */
const pieceBytes = 3 * 2 ** 13;

/** Returns true for application data and comments. */
function isMetadata(name: number): boolean {
  return (name >= 0xe0 && name <= 0xef) || name === 0xfe;
}

/** Returns true if only the scan's data follows, up to the end marker at the end of the file. */
function isLastScan(file: Uint8Array, from: number): boolean {
  for (let at = from; at + 1 < file.length; at++) {
    if (file[at] !== 0xff) continue;
    const next = file[at + 1] ?? 0;
    if (next === marker.end) return at + 2 === file.length;
    const isData = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!isData) return false;
  }
  return false;
}

function wordAt(file: Uint8Array, at: number): number {
  return ((file[at] ?? 0) << 8) | (file[at + 1] ?? 0);
}
