import { isBase64Byte } from './decode/base64';
import { mayBeEscape } from './decode/escapes';

/** The parts of some bytes that may be encoded. Most bytes of an export are plain and cost one table lookup each. */
export interface Candidates {
  /** Stretches with percent, entity or backslash encoding, with enough bytes around it that no value is cut. */
  escapes: Stretch[];
  /** … with `=XX` or a soft line break. */
  quoted: Stretch[];
  /** … with non-ASCII characters, which may look like others or be invisible. */
  letters: Stretch[];
  /** … with zero bytes. */
  zeros: Stretch[];
  /** Runs of at least `shortestRun` base64 characters: the start and the end of each, in one list. */
  runs: number[];
}
export type Stretch = [start: number, end: number];

/** Five bytes in base64. */
const shortestRun = 7;

/** Bytes around an encoded character. The gate searches for the first 200 characters of an original. */
const around = 260;

const plain = 0;
const base64 = 1;
const escape = 2;
const equals = 3;
const zero = 4;
const high = 5;

const classes = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++)
  classes[byte] = byte === 0 ? zero : byte >= 0x80 ? high : isBase64Byte(byte) ? base64 : plain;
for (const mark of '%&\\') classes[mark.charCodeAt(0)] = escape;
classes[0x3d] = equals;

export function findCandidates(bytes: Uint8Array): Candidates {
  const found: Candidates = { escapes: [], quoted: [], letters: [], zeros: [], runs: [] };
  const { runs } = found;
  const classOf = classes;
  const { length } = bytes;
  for (let at = 0; at < length;) {
    const kind = classOf[bytes[at] as number] as number;
    if (kind === plain) at++;
    else if (kind === base64) {
      const start = at++;
      while (at < length && classOf[bytes[at] as number] === base64) at++;
      if (at - start < shortestRun) continue;
      if (at - start >= shortestLine) at = endOfLines(bytes, start, at);
      runs.push(start, at);
    } else if (kind === high) at = passNonAscii(bytes, at, found);
    else {
      if (kind === escape) {
        if (mayBeEscape(bytes, at)) widen(found.escapes, at, at + 1, length);
      } else if (kind === zero) widen(found.zeros, at, at + 1, length);
      else if (isQuoted(bytes, at)) widen(found.quoted, at, at + 1, length);
      at++;
    }
  }
  return found;
}

/** Lines of base64 in mails are at least this long, except the last. */
const shortestLine = 60;

/** Returns the end of a run whose first line ends at `end`, including its further lines. */
function endOfLines(bytes: Uint8Array, start: number, end: number): number {
  for (let line = start; end - line >= shortestLine;) {
    let next = end;
    while (bytes[next] === 0x0d || bytes[next] === 0x0a) next++;
    if (next === end || next >= bytes.length || classes[bytes[next] as number] !== base64) break;
    line = next;
    while (next < bytes.length && classes[bytes[next] as number] === base64) next++;
    end = next;
  }
  return end;
}

function isQuoted(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1] ?? 0;
  if (next === 0x0a || next === 0x0d) return true;
  return isHexByte(next) && isHexByte(bytes[at + 2] ?? 0);
}

function isHexByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

/** Notes a non-ASCII character, unless exports are written with it: `•`, quotes, dashes, `…`, `·`, arrows. */
function passNonAscii(bytes: Uint8Array, at: number, found: Candidates): number {
  const first = bytes[at] as number;
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  if (first === 0xe2 && second === 0x80) {
    if (third >= 0x98 && third <= 0xa6) return at + 3;
    const isAfterDigit = at > 0 && (bytes[at - 1] as number) >= 0x30 && (bytes[at - 1] as number) <= 0x39;
    if ((third === 0x93 || third === 0x94) && !isAfterDigit) return at + 3;
  }
  if ((first === 0xe2 && second === 0x86) || (first === 0xc2 && second === 0xb7)) return at + (first === 0xc2 ? 2 : 3);
  widen(found.letters, at, at + 1, bytes.length);
  return at + 1;
}

function widen(stretches: Stretch[], from: number, to: number, length: number): void {
  const start = Math.max(0, from - around);
  const end = Math.min(length, to + around);
  const last = stretches.at(-1);
  if (last && start <= last[1]) last[1] = end;
  else stretches.push([start, end]);
}
