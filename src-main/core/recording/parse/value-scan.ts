import { backslash, closeBrace, closeBracket, colon, comma, lineBreak, openBrace, openBracket, quote } from './codes';

/** Results of a scan that found no end. */
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
 * Finds the end and the depth of one array, object or string in JSON text that arrives in pieces. It checks quotes and brackets only;
 * JSON.parse checks the rest.
 */
export class ValueScan {
  /** The deepest nesting so far. */
  deepest = 0;
  /** The value spans several lines. */
  hasBreak = false;
  /** The offset of the damage, after a scan returned `broken`. */
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
   * Continues the scan at `from`, the value's first byte after a `reset`. Returns the offset after the value; `incomplete` if the bytes end
   * before it; `broken` at a control character within a string and, depending on `breaks`, at a line break that JSON doesn't allow.
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

  /** Scans from within a string to the offset after its closing quote. */
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

/** Returns whether a line break is after an opening bracket, a comma or a colon, or before a closing bracket, a comma or a colon. */
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

/** Returns the first offset from `from` on that isn't white space, or `end`. */
export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let index = from;
  while (index < end && isSpace(bytes[index] as number)) index++;
  return index;
}

/** Returns the offset after a number, a literal or any other text in the position of a value. */
export function endOfScalar(bytes: Uint8Array, from: number, end: number): number {
  let index = from;
  while (index < end) {
    const code = bytes[index] as number;
    if (isSpace(code) || code === comma || classes[code] !== other) break;
    index++;
  }
  return index;
}

/** Returns the nesting depth of a JSON text. */
export function depthOf(bytes: Uint8Array): number {
  const scan = new ValueScan();
  scan.reset();
  scan.run(bytes, 0, bytes.length, 'any');
  return scan.deepest;
}
