import { closeBracket, colon, comma, openBrace, openBracket, quote } from './codes';
import { isEvent, isWindowPair } from './shapes';
import { looksLikeEvent } from './peek';
import { skipSpace, ValueScan } from './value-scan';

/** Enough bytes to recognise the beginning of an event. */
export const eventStartBytes = 2500;
/** Candidates for an event that are tried in one damaged range. */
const triesLimit = 16;

/** The offset at which a list can be read further after damage. */
export interface Resumption {
  at: number;
  /** The list ends there, rather than an item beginning. */
  isListEnd: boolean;
}

/**
 * Finds the first offset from `from` on where an event or a packed string seems to begin, or where the list seems to end and the list
 * of the next window to begin. Everything before it is lost. Only offsets before `until` are tried.
 */
export function findResumption(
  bytes: Uint8Array,
  from: number,
  end: number,
  { hasStrings, hasWindows, until = end }: { hasStrings: boolean; hasWindows: boolean; until?: number },
): Resumption | undefined {
  for (let index = from; index < until; index++) {
    const code = bytes[index] as number;
    if (code === openBrace || code === openBracket) {
      if (looksLikeEvent(bytes, index, end)) return { at: index, isListEnd: false };
    } else if (code === closeBracket) {
      if (hasWindows && endsWindowList(bytes, index, end)) return { at: index, isListEnd: true };
    } else if (code === quote && hasStrings && index > from + 1) {
      if (bytes[index - 1] === comma && bytes[index - 2] === quote) return { at: index, isListEnd: false };
    }
  }
  return undefined;
}

/** Finds a complete event inside a single value. If there is one, a quote or a bracket before it is damaged. */
export function findSwallowed(bytes: Uint8Array, from: number, end: number): number | undefined {
  let start = from;
  for (let tries = 0; tries < triesLimit; tries++) {
    const found = findResumption(bytes, start, end, { hasStrings: false, hasWindows: false });
    if (!found) return undefined;
    if (isWholeEvent(bytes, found.at, end)) return found.at;
    start = found.at + 1;
  }
  return undefined;
}

function isWholeEvent(bytes: Uint8Array, from: number, end: number): boolean {
  const valueEnd = new ValueScan().run(bytes, from, end, 'any');
  if (valueEnd < 0) return false;
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes.subarray(from, valueEnd))) as unknown;
    return isEvent(value) || (Array.isArray(value) && isWindowPair(value as unknown[]) && isEvent(value[1]));
  } catch {
    return false;
  }
}

/** `],"next window":[{"type":…` */
function endsWindowList(bytes: Uint8Array, from: number, end: number): boolean {
  const separator = skipSpace(bytes, from + 1, end);
  if (bytes[separator] !== comma) return false;
  const key = skipSpace(bytes, separator + 1, end);
  if (bytes[key] !== quote) return false;
  const keyEnd = bytes.subarray(key + 1, Math.min(end, key + eventStartBytes / 4)).indexOf(quote);
  if (keyEnd < 0) return false;
  const colonAt = skipSpace(bytes, key + 1 + keyEnd + 1, end);
  if (bytes[colonAt] !== colon) return false;
  const list = skipSpace(bytes, colonAt + 1, end);
  return bytes[list] === openBracket && looksLikeEvent(bytes, skipSpace(bytes, list + 1, end), end);
}
