import { Decompress } from 'fzstd';
import { CasementError } from '../../../contract/errors';
import { unreadableWords } from '../../../contract/words/recording';
import { concatBytes } from '../../bytes';

/** RFC 8878: no block unfolds to more. */
const blockLimit = 1 << 17;
/** What the highest levels of a writer ask for, however short the content is. */
const commonWindow = 1 << 23;
/** A writer of one field makes one frame; the decoder goes into itself for each further one. */
const frameLimit = 64;
/** The decoder moves its whole window at each block; this many bytes moved are far more than honest data needs. */
const movedLimit = 16e9;

export function isZstd(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
}

/**
 * All frames of a zstd stream. The frames are walked over first, since the decoder sets aside as much memory as a header asks for.
 * Errors: recording-too-large, recording-truncated, recording-unreadable.
 */
export function inflateZstd(bytes: Uint8Array, limit: number): Uint8Array {
  checkFrames(bytes, limit);
  const parts: Uint8Array[] = [];
  let length = 0;
  const decoder = new Decompress((part) => {
    length += part.length;
    if (length > limit) throw new CasementError('recording-too-large', { limit: `${Math.round(limit / 1e6)} MB` });
    // The decoder uses the memory of a part again.
    if (part.length > 0) parts.push(part.slice());
  });
  try {
    decoder.push(bytes, true);
  } catch (error) {
    if (error instanceof CasementError) throw error;
    throw damaged();
  }
  return concatBytes(parts);
}

/** Follows the frames' headers and block sizes to the end. */
function checkFrames(bytes: Uint8Array, limit: number): void {
  let position = 0;
  let moved = 0;
  for (let frames = 0; position < bytes.length; frames++) {
    if (frames === frameLimit || !isZstd(bytes.subarray(position))) throw damaged();
    const flags = byteAt(bytes, position + 4);
    const isSingleSegment = (flags & 0x20) !== 0;
    let window: number | undefined;
    position += 5;
    if (!isSingleSegment) {
      const descriptor = byteAt(bytes, position++);
      const base = 2 ** (10 + (descriptor >> 3));
      window = base + (base / 8) * (descriptor & 7);
    }
    position += [0, 1, 2, 4][flags & 3] ?? 0;
    const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
    const size = readNumber(bytes, position, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
    position += sizeBytes;
    const memory = window ?? size;
    if (memory > Math.max(limit, commonWindow) || size > limit) {
      throw new CasementError('recording-too-large', { limit: `${Math.round(limit / 1e6)} MB` });
    }
    for (let isLast = false; !isLast;) {
      const header = readNumber(bytes, position, 3);
      const kind = (header >> 1) & 3;
      const length = header >> 3;
      isLast = (header & 1) !== 0;
      moved += memory;
      if (kind === 3 || length > blockLimit || moved > movedLimit) throw damaged();
      position += 3 + (kind === 1 ? 1 : length);
    }
    if ((flags & 4) !== 0) position += 4;
    if (position > bytes.length) throw new CasementError('recording-truncated');
  }
}

function byteAt(bytes: Uint8Array, position: number): number {
  const byte = bytes[position];
  if (byte === undefined) throw new CasementError('recording-truncated');
  return byte;
}

/** Little-endian; up to eight bytes, exact enough to be compared with a limit. */
function readNumber(bytes: Uint8Array, position: number, count: number): number {
  let value = 0;
  for (let index = count - 1; index >= 0; index--) value = value * 256 + byteAt(bytes, position + index);
  return value;
}

function damaged(): CasementError {
  return new CasementError('recording-unreadable', { reason: unreadableWords.compressed });
}
