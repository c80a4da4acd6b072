import { backslash, closeBrace, closeBracket, colon, comma, lineBreak, openBrace, openBracket, quote } from './codes';

/** What the scan says instead of an end. */
export const incomplete = -1;
export const broken = -2;

const other = 0;
const opensString = 1;
const opens = 2;
const closes = 3;
const breaksLine = 4;

const classes = new Uint8Array(256);
classes[quote] = opensString;
classes[openBracket] = classes[openBrace] = opens;
classes[closeBracket] = classes[closeBrace] = closes;
classes[lineBreak] = breaksLine;

/**
 * Finds the end of one array, object or string in JSON text that comes in pieces, and its depth on the way. It minds quotes and
 * brackets only: whether the slice is JSON is for JSON.parse to say.
 */
export class ValueScan {
  /** The deepest nesting so far. */
  deepest = 0;
  /** Whether the value goes over a line's end. */
  hasBreak = false;
  /** Where a scan that ended `broken` found the offence. */
  brokenAt = 0;
  private depth = 0;
  private isInString = false;
  private isEscaped = false;

  reset(): void {
    this.deepest = 0;
    this.hasBreak = false;
    this.depth = 0;
    this.isInString = false;
    this.isEscaped = false;
  }

  /**
   * Goes on from `from`, which after `reset` is the value's first byte. Gives the place after the value; `incomplete` where the
   * bytes end before it, and `broken` at a control character within a string and, if asked for, at a line break that no JSON
   * value can hold at that place.
   */
  run(bytes: Uint8Array, from: number, end: number, breaks: 'any' | 'plausible' | 'none'): number {
    let { depth, deepest } = this;
    let index = from;
    if (this.isInString) {
      index = this.endString(bytes, index, end);
      if (index < 0 || depth === 0) return index;
    }
    while (index < end) {
      const kind = classes[bytes[index++] as number];
      if (kind === other) continue;
      if (kind === opensString) {
        // The hot loop: most of a recording is within strings.
        let code = quote + 1;
        while (index < end && (code = bytes[index++] as number) !== quote) {
          if (code < 0x20 || code === backslash) {
            index--;
            break;
          }
        }
        if (code !== quote) {
          this.depth = depth;
          this.deepest = deepest;
          index = this.endString(bytes, index, end);
          if (index < 0) return index;
        }
        if (depth === 0) return index;
      } else if (kind === opens) {
        if (++depth > deepest) deepest = depth;
      } else if (kind === closes) {
        if (--depth <= 0) {
          this.deepest = deepest;
          return index;
        }
      } else {
        this.hasBreak = true;
        if (breaks === 'none' || (breaks === 'plausible' && !isPlausibleBreak(bytes, index - 1, end))) {
          this.brokenAt = index - 1;
          return broken;
        }
      }
    }
    this.depth = depth;
    this.deepest = deepest;
    return incomplete;
  }

  /** From within a string to the place after its closing quote. */
  private endString(bytes: Uint8Array, from: number, end: number): number {
    let index = from;
    if (this.isEscaped && index < end) {
      this.isEscaped = false;
      index++;
    }
    while (index < end) {
      const code = bytes[index++] as number;
      if (code === quote) {
        this.isInString = false;
        return index;
      }
      if (code === backslash) {
        if (index < end) index++;
        else this.isEscaped = true;
      } else if (code < 0x20) {
        this.brokenAt = index - 1;
        return broken;
      }
    }
    this.isInString = true;
    return incomplete;
  }
}

/** Between a value's tokens a line may end after an opening, a comma or a colon, or before a closing one. */
function isPlausibleBreak(bytes: Uint8Array, at: number, end: number): boolean {
  let before = at - 1;
  while (before >= 0 && isSpace(bytes[before] as number)) before--;
  const left = bytes[before];
  if (left === openBrace || left === openBracket || left === comma || left === colon) return true;
  const after = skipSpace(bytes, at, end);
  if (after >= end) return true;
  const right = bytes[after];
  return right === closeBrace || right === closeBracket || right === comma || right === colon;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === lineBreak || code === 0x0d || code === 0x09;
}

/** The first place from `from` on that is no white space; `end` where there is none. */
export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let index = from;
  while (index < end && isSpace(bytes[index] as number)) index++;
  return index;
}

/** The place after a number, a literal or whatever else stands where a value should. */
export function endOfScalar(bytes: Uint8Array, from: number, end: number): number {
  let index = from;
  while (index < end) {
    const code = bytes[index] as number;
    if (isSpace(code) || code === comma || classes[code] !== other) break;
    index++;
  }
  return index;
}

/** The nesting of a whole JSON text. */
export function depthOf(bytes: Uint8Array): number {
  const scan = new ValueScan();
  scan.reset();
  scan.run(bytes, 0, bytes.length, 'any');
  return scan.deepest;
}
