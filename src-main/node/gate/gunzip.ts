import { constants, inflateRawSync } from 'node:zlib';

/** No real file has more members. */
const membersLimit = 1000;
const headerBytes = 10;
/** Checksum and length. */
const trailerBytes = 8;

const extraFlag = 4;
const nameFlag = 8;
const commentFlag = 16;
const checksumFlag = 2;

/**
 * Decompresses all members of a gzip file. Unlike zlib's own function, it accepts truncated data and trailing bytes. Throws zlib's error
 * if the first member can't be read or the result exceeds `limit` bytes, and RangeError if there are too many members.
 */
export function gunzipMembers(bytes: Uint8Array, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let left = limit;
  for (let at = 0; isMember(bytes, at);) {
    if (parts.length === membersLimit || left === 0) throw new RangeError('too many gzip members');
    const start = endOfHeader(bytes, at);
    const member = inflateMember(bytes.subarray(start), left, parts.length > 0);
    if (!member) break;
    parts.push(member.content);
    left -= member.content.length;
    at = start + member.length + trailerBytes;
  }
  return Buffer.concat(parts);
}

function isMember(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8;
}

/** RFC 1952, 2.3. */
function endOfHeader(bytes: Uint8Array, start: number): number {
  const flags = bytes[start + 3] ?? 0;
  let at = start + headerBytes;
  if (flags & extraFlag) at += 2 + (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8);
  for (const flag of [nameFlag, commentFlag])
    if (flags & flag) {
      const end = bytes.indexOf(0, at);
      at = end < 0 ? bytes.length : end + 1;
    }
  return flags & checksumFlag ? at + 2 : at;
}

/** `length`: of the compressed bytes. Any bytes may follow a member, so an unreadable further member ends the file without an error. */
function inflateMember(
  bytes: Uint8Array,
  maxOutputLength: number,
  isFollowing: boolean,
): { content: Uint8Array; length: number } | undefined {
  try {
    // Node's types do not cover the `info` option.
    const { buffer, engine } = inflateRawSync(bytes, {
      maxOutputLength,
      finishFlush: constants.Z_SYNC_FLUSH,
      info: true,
    }) as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } };
    return { content: buffer, length: engine.bytesWritten };
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (isFollowing && !isTooLarge) return undefined;
    throw error;
  }
}
