import { createHash } from 'node:crypto';
import { constants, inflateSync } from 'node:zlib';
import { decompress } from 'fzstd';
import type { GatePorts } from '../../core/leak-check';
import { isFlatImage } from './flat-image';
import { gunzipMembers } from './gunzip';

/** What something compressed inside of an export may unfold to; no export of ours holds anything like it. */
const unpackedLimit = 64 * 2 ** 20;

const options = { maxOutputLength: unpackedLimit, finishFlush: constants.Z_SYNC_FLUSH };

/** Also the beginning of what is cut: it may hold a value. */
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

/** Frames state how much they unfold to, as the encoder here writes it; what states too much or nothing is bounded by what it is made of. */
function unpackZstd(bytes: Uint8Array): Uint8Array {
  return bytes.length > unpackedLimit / 64 ? new Uint8Array() : decompress(bytes);
}

export const gatePorts: GatePorts = {
  digestsOf: (text) => ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(text).digest()),
  unpack,
  isFlatImage,
};
