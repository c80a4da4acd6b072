import { looksLikeText, textPieces } from './bytes';
import { findCandidates, type Stretch } from './candidates';
import { decodeBase64 } from './decode/base64';
import { decodeEscapes, decodeQuotedPrintable } from './decode/escapes';
import { decodeHex, hexRuns } from './decode/hex';
import { decodePunycode } from './decode/punycode';
import { skeleton } from './decode/skeleton';
import { decodeUtf16, looksLikeUtf16, mayBeWideSigns, wideSigns } from './decode/utf16';
import { shortestDigest, type DigestText } from './digests';
import { isCount, isOpaque, packedAt } from './opaque';
import type { Originals } from './originals';
import { createSearch } from './search';
import { SeenRuns } from './seen-runs';

/** What the gate can't do by itself: this room knows no zlib and no crypto. */
export interface GatePorts {
  digestsOf: DigestText;
  /** Compressed bytes (gzip, zlib, zstd) unpacked, what follows them left out; undefined where they are none or too large. */
  unpack: (bytes: Uint8Array) => Uint8Array | undefined;
  /** Is this file of a picture one flat colour? */
  isFlatImage: (bytes: Uint8Array) => boolean;
}

/** What stands in some bytes. `count`: places; `at`: the offset of the first. */
interface Findings {
  count: number;
  at: number;
  /** `original`: a value or its digest. `opaque`: something that can't be read, so that nobody knows what it holds. */
  why: 'original' | 'opaque';
}

export interface LeakCheck {
  check(bytes: Uint8Array): Findings;
}

/** Layers of encoding that are taken off, one after the other. */
const depthLimit = 6;
/** What is decoded, in relation to the bytes: beyond it lies nothing that an export is written with, but an endless knot. */
const workFactor = 40;
const leastWork = 4_000_000;

/** Of what only looks like compressed data, so much is tried in one run. */
const unpackTries = 16;
/** In fewer bytes, remembering which runs were met costs more than reading them twice. */
const smallView = 4096;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * CasePreviews for originals, and for their digests, in finished bytes: as they are, and under up to six layers of percent, entity, backslash
 * and quoted-printable encoding, hex, base64 at any alignment, UTF-16, punycode, compression and look-alike letters, in any order.
 * Takes time in proportion to the bytes.
 */
export function createLeakCheck(originals: Originals, ports: GatePorts): LeakCheck {
  const search = createSearch(originals, ports.digestsOf);
  const hasWideSigns = [...originals.texts, ...originals.leaves].some((text) => wideSigns.test(text));
  return {
    check(bytes) {
      const places = new Set<number>();
      let why: Findings['why'] = 'original';
      let workLeft = Math.max(leastWork, bytes.length * workFactor);

      const found = (at: number, reason: Findings['why'] = 'original'): void => {
        if (reason === 'opaque' && places.size === 0) why = 'opaque';
        if (reason === 'original') why = 'original';
        places.add(at);
      };

      /** `origin`: the offset in the export of what was decoded; undefined for the export itself. `isPlain`: letters are simplified already. */
      function inspect(view: Uint8Array, depth: number, origin?: number, isPlain = false): void {
        const placeOf = (at: number): number => origin ?? at;
        search.in(view, depth === 0, (at) => found(placeOf(at)));
        if (depth >= depthLimit) return;
        const { escapes, quoted, letters, zeros, runs } = findCandidates(view);
        const decode = (
          stretches: Stretch[],
          read: (part: Uint8Array) => Uint8Array | undefined,
          plain = false,
        ): void => {
          for (const [start, end] of stretches) {
            const decoded = read(view.subarray(start, end));
            if (decoded) descend(decoded, depth, placeOf(start), plain);
          }
        };
        decode(escapes, decodeEscapes);
        decode(quoted, decodeQuotedPrintable);
        if (!isPlain) decode(letters, simplify, true);
        for (const [start, end] of zeros)
          for (const text of decodeUtf16(view.subarray(start, end))) descend(text, depth, placeOf(start));
        readLatin1(view, letters, depth, placeOf);
        const seen = view.length < smallView ? undefined : new SeenRuns(view);
        for (let index = 0; index < runs.length; index += 2) {
          const [start, end] = [runs[index] as number, runs[index + 1] as number];
          if (seen?.isNew(start, end) !== false) readRun(view, start, end, depth, placeOf);
        }
      }

      function descend(view: Uint8Array, depth: number, origin: number, isPlain = false): void {
        workLeft -= view.length;
        if (workLeft < 0) found(origin, 'opaque');
        else inspect(view, depth + 1, origin, isPlain);
      }

      /** Bytes that were hidden in text. False where they are neither text nor packed text nor a flat picture. */
      function descendBytes(bytes: Uint8Array, depth: number, origin: number): boolean {
        if (bytes.length < 4) return true;
        if (descendPacked(bytes, depth, origin)) return true;
        const isText = looksLikeText(bytes);
        const isWide = looksLikeUtf16(bytes);
        if (isWide || (hasWideSigns && mayBeWideSigns(bytes)))
          for (const text of decodeUtf16(bytes)) descend(text, depth, origin);
        if (isText) descend(bytes, depth, origin);
        if (isText || isWide) return true;
        search.in(bytes, false, () => found(origin));
        for (const piece of textPieces(bytes)) descend(piece, depth, origin);
        return ports.isFlatImage(bytes);
      }

      /** Compressed data, wherever it begins and whatever follows: what stands around it may have been read along. */
      function descendPacked(bytes: Uint8Array, depth: number, origin: number): boolean {
        let triesLeft = unpackTries;
        let isRead = false;
        for (let at = 0; at + 8 < bytes.length && triesLeft > 0; at++) {
          if (!packedAt(bytes, at)) continue;
          triesLeft--;
          const unpacked = ports.unpack(bytes.subarray(at));
          if (!unpacked || !(looksLikeText(unpacked) || looksLikeUtf16(unpacked))) continue;
          descendBytes(unpacked, depth + 1, origin);
          isRead = true;
        }
        return isRead;
      }

      function readRun(
        view: Uint8Array,
        start: number,
        end: number,
        depth: number,
        placeOf: (at: number) => number,
      ): void {
        const run = view.subarray(start, end);
        const origin = placeOf(start);
        if (run.length >= shortestDigest && search.digests.standsIn(run)) found(origin);
        if (isCount(run)) return;
        let isRead = false;
        // Where a group of four begins isn't known: what stands before may be written in the same characters.
        for (const phase of [0, 1, 2, 3])
          isRead = descendBytes(decodeBase64(run.subarray(phase)), depth, origin) || isRead;
        for (const [from, to] of hexRuns(run, 10))
          for (const phase of [0, 1])
            isRead = descendBytes(decodeHex(run.subarray(from + phase, to)), depth, origin) || isRead;
        if (includesPunycode(run)) {
          const around = view.subarray(Math.max(0, start - 200), Math.min(view.length, end + 200));
          descend(encoder.encode(decodePunycode(decoder.decode(around))), depth, origin);
        }
        if (!isRead && isOpaque(view, start, end)) found(origin, 'opaque');
      }

      /** Compressed bytes that were written as one character each. */
      function readLatin1(view: Uint8Array, letters: Stretch[], depth: number, placeOf: (at: number) => number): void {
        for (const [start, end] of letters) descendPacked(latin1Of(view.subarray(start, end)), depth, placeOf(start));
      }

      inspect(bytes, 0);
      return { count: places.size, at: places.size === 0 ? 0 : Math.min(...places), why };
    },
  };
}

function simplify(part: Uint8Array): Uint8Array {
  return encoder.encode(skeleton(decoder.decode(part)));
}

function includesPunycode(run: Uint8Array): boolean {
  for (let at = 0; at + 4 < run.length; at++)
    if (run[at] === 0x78 && run[at + 1] === 0x6e && run[at + 2] === 0x2d && run[at + 3] === 0x2d) return true;
  return false;
}

/** UTF-8 read as characters of one byte each; others become zero. By the unit: a list of letters takes thirty times the memory of the text. */
function latin1Of(part: Uint8Array): Uint8Array {
  const text = decoder.decode(part);
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes[length++] = unit <= 0xff ? unit : 0;
    // A letter of two units is one zero.
    if (unit >= 0xd800 && unit < 0xdc00) at++;
  }
  return bytes.subarray(0, length);
}
