import { createHash } from 'node:crypto';
import { constants, inflateSync } from 'node:zlib';
import { decompress } from 'fzstd';
import type { GatePorts } from '../../core/leak-check';
import { isFlatImage } from './flat-image';
import { gunzipMembers } from './gunzip';

/** The largest decompressed size of compressed data inside an export, bytes. Casement's exports contain nothing of this size. */
const unpackedLimit = 64 * 2 ** 20;

const options = { maxOutputLength: unpackedLimit, finishFlush: constants.Z_SYNC_FLUSH };

/** Decompresses truncated data as far as possible, because even that part may contain a value. */
function unpack(bytes: Uint8Array): Uint8Array | undefined {
  try {
    const unpacked =
      bytes[0] === 0x1f
        ? gunzipMembers(bytes, unpackedLimit)
        : bytes[0] === 0x78
          ? inflateSync(bytes, options)
          : unpackZstd(bytes);
    return unpacked.length === 0 ? undefined : unpacked;
  } catch {
    return undefined;
  }
}

/** fzstd has no limit for its output, so the size of the input is limited instead. */
function unpackZstd(bytes: Uint8Array): Uint8Array {
  return bytes.length > unpackedLimit / 64 ? new Uint8Array() : decompress(bytes);
}

export const gatePorts: GatePorts = {
  digestsOf: (text) => ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(text).digest()),
  unpack,
  isFlatImage,
};
