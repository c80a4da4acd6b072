import { looksLikeText, textPieces } from './bytes';
import { findCandidates, type Stretch } from './candidates';
import { decodeBase64 } from './decode/base64';
import { decodeEscapes, decodeQuotedPrintable } from './decode/escapes';
import { decodeHex, hexRuns } from './decode/hex';
import { decodePunycode } from './decode/punycode';
import { skeleton } from './decode/skeleton';
import { decodeUtf16, looksLikeUtf16, mayBeWideCharacters, wideCharacters } from './decode/utf16';
import { shortestDigest, type DigestText } from './digests';
import { isCount, isOpaque, packedAt } from './opaque';
import type { Originals } from './originals';
import { createSearch } from './search';
import { SeenRuns } from './seen-runs';

/** The functions that the gate needs from its platform: core has no zlib and no crypto. */
export interface GatePorts {
  digestsOf: DigestText;
  /** Decompresses gzip, zlib or zstd and ignores trailing bytes. Returns undefined for other bytes and for too large a result. */
  unpack: (bytes: Uint8Array) => Uint8Array | undefined;
  /** Returns true for an image of a single colour. */
  isFlatImage: (bytes: Uint8Array) => boolean;
}

/** The leaks in some bytes. `count`: how many; `at`: the offset of the first. */
interface Findings {
  count: number;
  at: number;
  /** `original`: a value or its digest. `opaque`: data that can't be read, so that its content is unknown. */
  why: 'original' | 'opaque';
  /**
   * The originals, and the encoded words that hold one. Secret: only a second redaction of the same export reads them, to hide them.
   */
  originals: readonly Found[];
}

/** A text that was found. `of`: the original; the text is another if the export holds the original under an encoding. */
export interface Found {
  text: string;
  of: string;
  /** The first offset. */
  at: number;
}

export interface LeakCheck {
  check(bytes: Uint8Array): Findings;
}

/** The maximum number of nested encodings to decode. */
const depthLimit = 6;
/** The most decoded bytes per byte of the export. No real export needs more; a hostile one may nest encodings endlessly. */
const workFactor = 40;
const minWork = 4_000_000;

/** The most attempts to decompress one run: bytes may only look like compressed data. */
const unpackTries = 16;
/** With fewer bytes, remembering runs costs more than reading some of them twice. */
const smallView = 4096;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * Searches finished bytes for originals and their digests: plain, and under up to six layers of percent, entity, backslash and
 * quoted-printable encoding, hex, base64 at any alignment, UTF-16, punycode, compression and look-alike characters, in any order.
 * Takes time in proportion to the bytes.
 */
export function createLeakCheck(originals: Originals, ports: GatePorts): LeakCheck {
  const search = createSearch(originals, ports.digestsOf);
  const hasWideCharacters = [...originals.texts, ...originals.leaves].some((text) => wideCharacters.test(text));
  const check = (bytes: Uint8Array, isWord: boolean): Findings => {
    const offsets = new Set<number>();
    let why: Findings['why'] = 'original';
    let workLeft = Math.max(minWork, bytes.length * workFactor);

    const originals = new Map<string, Found>();

    const note = (text: string, of: string, at: number): void => {
      if (text !== '' && originals.size < foundLimit && !originals.has(text)) originals.set(text, { text, of, at });
    };
    const found = (at: number, original: string, written: Uint8Array | undefined): void => {
      why = 'original';
      offsets.add(at);
      note(original, original, at);
      // In another spelling, such as one with other separators.
      if (written) note(unescaped(decoder.decode(written)), original, at);
    };
    /** Notes the encoded words of a stretch that hold an original. */
    const noteWords = (start: number, end: number): void => {
      if (isWord) return;
      for (const [from, to] of wordsAround(bytes, start, end)) {
        const word = bytes.subarray(from, to);
        for (const { of } of check(word, true).originals) note(unescaped(decoder.decode(word)), of, from);
      }
    };
    const foundOpaque = (at: number): void => {
      if (offsets.size === 0) why = 'opaque';
      offsets.add(at);
    };

    /** `origin`: the offset in the export of decoded bytes; undefined for the export itself. `isPlain`: look-alikes are replaced already. */
    function inspect(view: Uint8Array, depth: number, origin?: number, isPlain = false): void {
      const offsetOf = (at: number): number => origin ?? at;
      search.in(view, depth === 0, (at, text, written) =>
        found(offsetOf(at), text, origin === undefined ? written : undefined),
      );
      if (depth >= depthLimit) return;
      const { escapes, quoted, letters, zeros, runs } = findCandidates(view);
      const decode = (
        stretches: Stretch[],
        read: (part: Uint8Array) => Uint8Array | undefined,
        plain = false,
      ): void => {
        for (const [start, end] of stretches) {
          const decoded = read(view.subarray(start, end));
          if (!decoded) continue;
          const before = offsets.size;
          descend(decoded, depth, offsetOf(start), plain);
          if (origin === undefined && offsets.size > before) noteWords(start, end);
        }
      };
      decode(escapes, decodeEscapes);
      decode(quoted, decodeQuotedPrintable);
      if (!isPlain) decode(letters, simplify, true);
      for (const [start, end] of zeros)
        for (const text of decodeUtf16(view.subarray(start, end))) descend(text, depth, offsetOf(start));
      readLatin1(view, letters, depth, offsetOf);
      const seen = view.length < smallView ? undefined : new SeenRuns(view);
      for (let index = 0; index < runs.length; index += 2) {
        const [start, end] = [runs[index] as number, runs[index + 1] as number];
        if (seen?.isNew(start, end) === false) continue;
        const before = offsets.size;
        readRun(view, start, end, depth, offsetOf);
        if (origin === undefined && offsets.size > before) noteWords(start, end);
      }
    }

    function descend(view: Uint8Array, depth: number, origin: number, isPlain = false): void {
      workLeft -= view.length;
      if (workLeft < 0) foundOpaque(origin);
      else inspect(view, depth + 1, origin, isPlain);
    }

    /** Reads bytes that were encoded in text. Returns false if they are neither text nor compressed text nor an image of one colour. */
    function descendBytes(bytes: Uint8Array, depth: number, origin: number): boolean {
      if (bytes.length < 4) return true;
      if (descendPacked(bytes, depth, origin)) return true;
      const isText = looksLikeText(bytes);
      const isWide = looksLikeUtf16(bytes);
      if (isWide || (hasWideCharacters && mayBeWideCharacters(bytes)))
        for (const text of decodeUtf16(bytes)) descend(text, depth, origin);
      if (isText) descend(bytes, depth, origin);
      if (isText || isWide) return true;
      search.in(bytes, false, (_, text) => found(origin, text, undefined));
      for (const piece of textPieces(bytes)) descend(piece, depth, origin);
      return ports.isFlatImage(bytes);
    }

    /** Reads compressed data at any offset and with any bytes after it: its neighbours may have been decoded with it. */
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
      offsetOf: (at: number) => number,
    ): void {
      const run = view.subarray(start, end);
      const origin = offsetOf(start);
      const digested = run.length >= shortestDigest ? search.digests.findIn(run) : undefined;
      if (digested !== undefined) found(origin, digested, run);
      if (isCount(run)) return;
      let isRead = false;
      // The start of a group of four is unknown: the characters before it may look like base64, too.
      for (const phase of [0, 1, 2, 3])
        isRead = descendBytes(decodeBase64(run.subarray(phase)), depth, origin) || isRead;
      for (const [from, to] of hexRuns(run, 10))
        for (const phase of [0, 1])
          isRead = descendBytes(decodeHex(run.subarray(from + phase, to)), depth, origin) || isRead;
      if (includesPunycode(run)) {
        const around = view.subarray(Math.max(0, start - 200), Math.min(view.length, end + 200));
        descend(encoder.encode(decodePunycode(decoder.decode(around))), depth, origin);
      }
      if (!isRead && isOpaque(view, start, end)) foundOpaque(origin);
    }

    /** Reads compressed bytes that were written as one character each. */
    function readLatin1(view: Uint8Array, letters: Stretch[], depth: number, offsetOf: (at: number) => number): void {
      for (const [start, end] of letters) descendPacked(latin1Of(view.subarray(start, end)), depth, offsetOf(start));
    }

    inspect(bytes, 0);
    return { count: offsets.size, at: firstOf(offsets), why, originals: [...originals.values()] };
  };
  return { check: (bytes) => check(bytes, false) };
}

/** More values are a sign that something else is wrong. */
const foundLimit = 5_000;

function firstOf(offsets: ReadonlySet<number>): number {
  let first = Infinity;
  for (const at of offsets) first = Math.min(first, at);
  return offsets.size === 0 ? 0 : first;
}

/** The longest encoded word that is hidden as one. */
const longestWord = 400;
const wordEnds: ReadonlySet<number> = new Set([...' \t\n\r"\'<>'].map((letter) => letter.charCodeAt(0)));

/** Yields the words of a stretch, up to spaces, quotes and tags, also those that begin before it or end after it. */
function* wordsAround(bytes: Uint8Array, start: number, end: number): Generator<[start: number, end: number]> {
  const isInside = (at: number): boolean => at >= 0 && at < bytes.length && !wordEnds.has(bytes[at] as number);
  let from = start;
  while (isInside(from - 1) && start - from < longestWord) from--;
  for (let at = from; at < end;) {
    while (at < end && !isInside(at)) at++;
    let to = at;
    while (isInside(to) && to - at <= longestWord) to++;
    // The backslash of an escaped quote does not belong to the word.
    const last = bytes[to - 1] === 0x5c && bytes[to] === 0x22 ? to - 1 : to;
    if (last > at && to - at <= longestWord) yield [at, last];
    at = to + 1;
  }
}

/** Returns the text that a part of a string of JSON stands for. */
function unescaped(written: string): string {
  if (!written.includes('\\')) return written;
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return written;
  }
}

function simplify(part: Uint8Array): Uint8Array {
  return encoder.encode(skeleton(decoder.decode(part)));
}

function includesPunycode(run: Uint8Array): boolean {
  for (let at = 0; at + 4 < run.length; at++)
    if (run[at] === 0x78 && run[at + 1] === 0x6e && run[at + 2] === 0x2d && run[at + 3] === 0x2d) return true;
  return false;
}

/** Converts UTF-8 to one byte a character; other characters become zero. By code unit: an array of characters takes thirty times the memory. */
function latin1Of(part: Uint8Array): Uint8Array {
  const text = decoder.decode(part);
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes[length++] = unit <= 0xff ? unit : 0;
    // A character of two units is one zero.
    if (unit >= 0xd800 && unit < 0xdc00) at++;
  }
  return bytes.subarray(0, length);
}
