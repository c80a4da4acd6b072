import { Decompress } from 'fzstd';
import { CasementError } from '../../../contract/errors';
import { unreadableWords } from '../../../contract/words/recording';
import { concatBytes } from '../../bytes';

/** The maximum decompressed size of a block, RFC 8878. */
const blockLimit = 1 << 17;
/** The window size that writers request at their highest levels, even for short content. */
const commonWindow = 1 << 23;
/** A writer creates one frame per field. The decoder recurses for each further frame. */
const frameLimit = 64;
/** The decoder moves its entire window at each block. This many moved bytes are far more than honest data needs. */
const movedLimit = 16e9;

export function isZstd(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
}

/**
 * Decompresses all frames of a zstd stream. It checks all frames first, because the decoder allocates as much memory as a header requests.
 * Throws recording-too-large, recording-truncated and recording-unreadable.
 */
export function inflateZstd(bytes: Uint8Array, limit: number): Uint8Array {
  checkFrames(bytes, limit);
  const parts: Uint8Array[] = [];
  let length = 0;
  const decoder = new Decompress((part) => {
    length += part.length;
    if (length > limit) throw new CasementError('recording-too-large', { limit: `${Math.round(limit / 1e6)} MB` });
    // The decoder reuses the memory of a part.
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

/** Checks the headers and block sizes of all frames. */
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

/** Reads a little-endian number of up to eight bytes, exact enough for a comparison with a limit. */
function readNumber(bytes: Uint8Array, position: number, count: number): number {
  let value = 0;
  for (let index = count - 1; index >= 0; index--) value = value * 256 + byteAt(bytes, position + index);
  return value;
}

function damaged(): CasementError {
  return new CasementError('recording-unreadable', { reason: unreadableWords.compressed });
}
