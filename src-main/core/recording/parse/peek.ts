import { isFiniteNumber } from '../json';
import { backslash, closeBrace, closeBracket, colon, comma, openBrace, openBracket, quote } from './codes';
import { windowKeys, windowMapKeys, wrapperKeys, wrapperLimit } from './shapes';
import { endOfScalar, incomplete, skipSpace, ValueScan } from './value-scan';

/** Facts from the beginning of an object, as far as its bytes are available. */
export interface Envelope {
  type?: number;
  timestamp?: number;
  windowId?: string;
  /**
   * Says if a list of events was found where events have no lists, before anything showed that the object is an event. An unnamed list
   * belongs to a window whose id, if there is one, comes after the list.
   */
  list: 'none' | 'named' | 'unnamed';
}

const eventKeys: ReadonlySet<string> = new Set(['type', 'data', 'timestamp', 'cv', 'delay', 'v', ...windowKeys]);
const utf8 = new TextDecoder();
/** Longer strings and numbers are ignored. */
const scalarLimit = 1000;

interface Member {
  key: string;
  /** Offset of the value. */
  at: number;
  /** Offset after the value, or `incomplete`. */
  end: number;
}

/** Yields the members of the object at `from`, as far as its bytes are available. */
function* membersOf(bytes: Uint8Array, from: number, end: number): Generator<Member> {
  const scan = new ValueScan();
  let position = skipSpace(bytes, from + 1, end);
  while (position < end && bytes[position] === quote) {
    const key = readString(bytes, position, end);
    if (!key) return;
    position = skipSpace(bytes, key.end, end);
    if (bytes[position] !== colon || position >= end) return;
    const at = skipSpace(bytes, position + 1, end);
    if (at >= end) return;
    const valueEnd = endOfValue(bytes, at, end, scan);
    yield { key: key.text, at, end: valueEnd };
    if (valueEnd < 0) return;
    position = skipSpace(bytes, valueEnd, end);
    if (bytes[position] !== comma) return;
    position = skipSpace(bytes, position + 1, end);
  }
}

/** Reads the beginning of a lost item: of an event, or of the event in a pair. */
export function peekItem(bytes: Uint8Array, from: number, end: number): Envelope {
  if (bytes[from] === openBrace) return peekObject(bytes, from, end, false);
  const first = bytes[from] === openBracket ? skipSpace(bytes, from + 1, end) : end;
  const id = first < end && bytes[first] === quote ? readString(bytes, first, end) : undefined;
  const second = id ? afterComma(bytes, id.end, end) : incomplete;
  if (!id || second < 0 || bytes[second] !== openBrace) return { list: 'none' };
  return { windowId: id.text, ...peekObject(bytes, second, end, false) };
}

/** Reads the beginning of the object at `from`. `isTop` says that it may be a document with a list of events somewhere inside. */
export function peekObject(bytes: Uint8Array, from: number, end: number, isTop: boolean, level = 0): Envelope {
  const envelope: Envelope = { list: 'none' };
  for (const { key, at, end: valueEnd } of membersOf(bytes, from, end)) {
    const first = bytes[at];
    if (windowKeys.includes(key)) {
      const id = readScalar(bytes, at, valueEnd);
      if (typeof id === 'string' || typeof id === 'number') envelope.windowId = String(id);
    } else if (key === 'type' || key === 'timestamp') {
      const number = readScalar(bytes, at, valueEnd);
      if (isFiniteNumber(number)) envelope[key] = number;
    }
    if (envelope.type !== undefined || envelope.list !== 'none') continue;
    if (first === openBracket) {
      const isListKey = isTop ? wrapperKeys.includes(key) : key === 'data';
      if (isListKey && bytes[skipSpace(bytes, at + 1, end)] !== closeBracket) {
        envelope.list = key === 'data' && level === 0 && envelope.windowId === undefined ? 'unnamed' : 'named';
      }
    } else if (first === openBrace && isTop) {
      if (windowMapKeys.includes(key)) envelope.list = 'named';
      else if (wrapperKeys.includes(key) && level < wrapperLimit) {
        envelope.list = peekObject(bytes, at, end, true, level + 1).list;
      }
    }
  }
  return envelope;
}

/** Classifies the `[` at `from`: `[windowId, {event}]`, another list, or unknown until there are more bytes. */
export function peekList(bytes: Uint8Array, from: number, end: number): 'pair' | 'list' | 'unknown' {
  const first = skipSpace(bytes, from + 1, end);
  if (first >= end) return 'unknown';
  if (bytes[first] !== quote) return 'list';
  const second = afterComma(bytes, endOfValue(bytes, first, end, new ValueScan()), end);
  if (second === incomplete) return 'unknown';
  return bytes[second] === openBrace ? 'pair' : 'list';
}

/** Returns the range of the event within `[windowId, event]`, or undefined for any other list. */
export function eventOfPair(bytes: Uint8Array, from: number, end: number): { from: number; end: number } | undefined {
  const first = skipSpace(bytes, from + 1, end);
  if (bytes[first] !== quote) return undefined;
  const second = afterComma(bytes, endOfValue(bytes, first, end, new ValueScan()), end);
  if (second < 0 || bytes[second] !== openBrace) return undefined;
  let last = end - 2;
  while (last > second && bytes[last] !== closeBrace) last--;
  return { from: second, end: last + 1 };
}

/**
 * Returns whether an event seems to begin at `from`: an object whose first two keys are keys of events, or a pair of a window and such an
 * object. The nodes of a page have the same first key, but a different second one.
 */
export function looksLikeEvent(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  if (bytes[at] === openBracket) {
    const inner = skipSpace(bytes, at + 1, end);
    if (bytes[inner] !== quote) return false;
    const id = readString(bytes, inner, end);
    if (!id) return false;
    at = afterComma(bytes, id.end, end);
    if (at < 0) return false;
  }
  if (bytes[at] !== openBrace) return false;
  const first = readKey(bytes, skipSpace(bytes, at + 1, end), end);
  if (!first || !eventKeys.has(first.text)) return false;
  const valueAt = skipSpace(bytes, first.end, end);
  if (bytes[valueAt] === openBrace) return first.text === 'data';
  const valueEnd =
    bytes[valueAt] === quote ? (readString(bytes, valueAt, end)?.end ?? -1) : endOfScalar(bytes, valueAt, end);
  const secondAt = afterComma(bytes, valueEnd, end);
  const second = secondAt < 0 ? undefined : readKey(bytes, secondAt, end);
  return second !== undefined && eventKeys.has(second.text);
}

/** Returns the offset after a complete value, or `incomplete`, also for a broken value. */
function endOfValue(bytes: Uint8Array, at: number, end: number, scan: ValueScan): number {
  const first = bytes[at];
  if (first !== quote && first !== openBracket && first !== openBrace) {
    const scalarEnd = endOfScalar(bytes, at, end);
    return scalarEnd === end ? incomplete : scalarEnd;
  }
  scan.reset();
  const valueEnd = scan.run(bytes, at, end, 'any');
  return valueEnd < 0 ? incomplete : valueEnd;
}

function afterComma(bytes: Uint8Array, from: number, end: number): number {
  if (from < 0) return incomplete;
  const commaAt = skipSpace(bytes, from, end);
  if (commaAt >= end || bytes[commaAt] !== comma) return incomplete;
  const next = skipSpace(bytes, commaAt + 1, end);
  return next < end ? next : incomplete;
}

/** Reads a key. Returns it with the offset after its colon. */
function readKey(bytes: Uint8Array, at: number, end: number): { text: string; end: number } | undefined {
  if (at >= end || bytes[at] !== quote) return undefined;
  const key = readString(bytes, at, end);
  if (!key) return undefined;
  const colonAt = skipSpace(bytes, key.end, end);
  return colonAt < end && bytes[colonAt] === colon ? { text: key.text, end: colonAt + 1 } : undefined;
}

/** Reads a short string. All strings of interest have no escapes; one with escapes reads as ''. */
function readString(bytes: Uint8Array, at: number, end: number): { text: string; end: number } | undefined {
  const limit = Math.min(end, at + scalarLimit);
  for (let index = at + 1; index < limit; index++) {
    const code = bytes[index] as number;
    if (code === backslash) {
      const stringEnd = new ValueScan().run(bytes, at, end, 'any');
      return stringEnd < 0 ? undefined : { text: '', end: stringEnd };
    }
    if (code === quote) return { text: utf8.decode(bytes.subarray(at + 1, index)), end: index + 1 };
  }
  return undefined;
}

/** Returns the value of a short number or string. */
function readScalar(bytes: Uint8Array, at: number, end: number): unknown {
  if (end < 0 || end - at > scalarLimit) return undefined;
  try {
    return JSON.parse(utf8.decode(bytes.subarray(at, end))) as unknown;
  } catch {
    return undefined;
  }
}
