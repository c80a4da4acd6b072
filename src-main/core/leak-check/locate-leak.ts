import type { LeakLocation } from '../../contract/words/gate';
import { keyBefore } from './leaf-position';

/** Keys of redacted events and of timelines, by the kind of location that a user knows them as. */
const locationsByKey: readonly [RegExp, LeakLocation][] = [
  [/^textcontent$/, 'page-text'],
  [/^(?:href|src|name|url|action|poster|srcset|url\.[a-z]+)$/, 'address'],
  [/^(?:_csstext|rules?|replace|replacesync|style)$/, 'style'],
  [/^(?:payload|trace|level|message|log\.[a-z]+)$/, 'console'],
  [/^(?:request[a-z]*|response[a-z]*|status|method)$/, 'network'],
  [/^(?:value|ischecked)$/, 'value'],
  [/^tag$/, 'custom'],
  [/^(?:rr_dataurl|image|thumbnail)$/, 'image'],
  [/^(?:title|alt|placeholder|label|content|summary|aria-[a-z]+|data-[a-z0-9-]+|class|id|for)$/, 'attribute'],
  [/^(?:text|desc|description)$/, 'line'],
];

/** Returns the kind of location at an offset of an export. It reads only the key before the text, never the text. */
export function locateLeak(bytes: Uint8Array, at: number): LeakLocation {
  const key = keyBefore(bytes, at);
  return locationsByKey.find(([pattern]) => pattern.test(key))?.[1] ?? 'elsewhere';
}

/** The moment and the element of a leak, as far as the export says so. */
export interface LeakMoment {
  /** On the clock of the export, ms. */
  timestamp?: number;
  /** From the start of the session, ms. */
  atMs?: number;
  /** The tag of the element. */
  element?: string;
}

/** An event of a recording ends with its time. Only a snapshot of a very large page is longer. */
const longestEvent = 50_000_000;
const longestLine = 100_000;
const elementDistance = 2000;

/** Returns the moment of an offset in a recording, a replay page or a timeline with one entry a line. */
export function momentOfLeak(bytes: Uint8Array, at: number): LeakMoment {
  const lineEnd = indexAfter(bytes, '\n', at, at + longestLine);
  const lineStart = bytes.lastIndexOf(0x0a, Math.max(0, at - 1)) + 1;
  const line = textOf(bytes, Math.max(lineStart, at - longestLine), lineEnd);
  const entry = /"at_ms":(-?\d+)/.exec(line)?.[1];
  if (entry !== undefined) return { atMs: Number(entry) };
  const timeAt = indexAfter(bytes, '"timestamp":', at, at + longestEvent);
  const time = /^"timestamp":(\d{1,16})/.exec(textOf(bytes, timeAt, timeAt + 40))?.[1];
  if (time === undefined) return {};
  const before = textOf(bytes, Math.max(0, at - elementDistance), at);
  const element = [...before.matchAll(/"tagName":"([a-z][a-z0-9]{0,20})"/g)].at(-1)?.[1];
  return { timestamp: Number(time), ...(element !== undefined && { element }) };
}

/** Returns the first offset of an ASCII text from `from` on; `to` or the end if there is none before. */
function indexAfter(bytes: Uint8Array, text: string, from: number, to: number): number {
  const first = text.charCodeAt(0);
  const end = Math.min(bytes.length, to);
  for (let at = bytes.indexOf(first, from); at >= 0 && at < end; at = bytes.indexOf(first, at + 1))
    if (textOf(bytes, at, at + text.length) === text) return at;
  return end;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(start, Math.max(start, end)));
}

/** The kinds of found values, by their form. */
type FoundKind = 'email' | 'address' | 'number' | 'code' | 'text';

export function kindOfFound(text: string): FoundKind {
  if (/\S@\S/.test(text)) return 'email';
  if (/^(?:[a-z]+:)?\/\/|^www\./i.test(text)) return 'address';
  if (!/\p{L}/u.test(text)) return 'number';
  return /\d/.test(text) && !/\s/.test(text) ? 'code' : 'text';
}
