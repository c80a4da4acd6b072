import { holdsColour } from './constants';

/**
 * The positions at which a short value is a leak: as a complete text or a word of one, but not as a coordinate, a size or a time, which
 * every export is full of.
 */

const quote = 0x22;
const backslash = 0x5c;
const hash = 0x23;

/** The kinds of short values, by how likely harmless content contains them by chance. `token`: never; `hex`: only as a colour. */
export type LeafKind = 'token' | 'hex' | 'number' | 'short-number' | 'short-word';

export function leafKind(text: string): LeafKind {
  if (!/\p{L}/u.test(text)) return text.replace(/\D/g, '').length >= 5 || text.length >= 5 ? 'number' : 'short-number';
  if (/^(?=.*\d)(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(text)) return 'hex';
  return /^[\p{L}\p{M}'’ -]+$/u.test(text) ? 'short-word' : 'token';
}

/** Keys and attributes under which a recording or a timeline holds a text. */
const textKeys = new Set(
  `textcontent text value title alt placeholder label aria-label aria-description aria-valuetext content summary message name note notes tag
  payload data-value quote description detail details body user desc comment user_id url.path log.message`.split(/\s+/),
);
/** Keys whose values are numbers of the layout or of the export itself. */
const numericKeys =
  /^(?:[xyzdrt]|[cr][xy]|[xy][12]|f[xy]|d[xy]|points|viewbox|transform|gradienttransform|style|_csstext|rules?|replace|replacesync|[a-z-]*(?:width|height|size|sizes|index|offset|order|weight|opacity|span|cols|rows|length|spacing|count|limit|dasharray|time|stamp|duration|bytes|events|hash|units|clock|date|version|ms)|top|left|right|bottom|start|end|min|max|step|low|high|optimum|flex[a-z-]*|orphans|widows|zoom|rotate|scale|columns|rr_[a-z]+|--v\d+|property|status|id|uid|uuid|path|class|for|values|seed|k[1-4]|ref[xy]|t0|t1|at|color|background[a-z-]*|fill|stroke|margin[a-z-]*|padding[a-z-]*|border[a-z-]*|inset[a-z-]*|gap|clip-path|mask[a-z-]*|filter|box-shadow|font[a-z-]*|grid[a-z-]*|aspect-ratio|animation[a-z-]*|transition[a-z-]*)$/;

/** Returns true if a value of this kind may be a leak from `at` on. `end` is the offset after the byte that ends the value. */
export function isLeafPosition(bytes: Uint8Array, at: number, end: number, kind: LeafKind): boolean {
  const before = at === 0 ? 0x0a : (bytes[at - 1] as number);
  const after = bytes[end - 1] as number;
  const isOpened = before < 0x80 ? !isWordByte(before) : before === 0x9c || before === 0xa0;
  if (!isOpened) return false;
  if (kind === 'token') return true;
  if (before === hash && kind !== 'short-word' && isColour(bytes, at - 1)) return false;
  if (kind === 'hex') return true;
  if (kind === 'number') return !isPlainNumber(bytes, at, before) && !numericKeys.test(keyBefore(bytes, at));
  if (before === quote)
    return (after === quote || after === backslash) && (isCell(bytes, at) || textKeys.has(keyBefore(bytes, at)));
  if (before === 0x3e) return after === 0x3c;
  if (before === 0x9c) return after > 0x7f;
  if (before === 0x27) return after === 0x27;
  if (before === 0x3d || before === 0x0a) return true;
  return kind === 'short-word' && before === 0x2c && after === 0x2c;
}

/** The longest declaration before a colour, such as a gradient. */
const longestDeclaration = 300;

/** Returns true for the `#` of a colour: in an attribute or a declaration of a style that holds colours. */
function isColour(bytes: Uint8Array, at: number): boolean {
  const before = String.fromCharCode(...bytes.subarray(Math.max(0, at - longestDeclaration), at));
  const declaration = /[;{}"']?([^;{}"']*)$/.exec(before)?.[1] ?? '';
  const [, property = ''] = /^\s*([\w-]+)\s*:/.exec(declaration) ?? [];
  return holdsColour((property === '' ? keyBefore(bytes, at) : property).toLowerCase());
}

function isWordByte(byte: number): boolean {
  const lower = byte | 0x20;
  return (
    (lower >= 0x61 && lower <= 0x7a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2e ||
    byte === 0x5f ||
    byte === 0x2d
  );
}

/** Returns true for a number of JSON or of a table, which has no quote before it. */
function isPlainNumber(bytes: Uint8Array, at: number, before: number): boolean {
  if (before === 0x2c || before === 0x3a || before === 0x5b || before === 0x0a) return true;
  return before === 0x20 && (bytes[at - 2] === 0x2c || bytes[at - 2] === 0x3a);
}

/** Returns true if the quote before a text begins a cell of a table or an entry of a list. */
function isCell(bytes: Uint8Array, at: number): boolean {
  const opens = at >= 2 && bytes[at - 2] === backslash ? at - 3 : at - 2;
  const before = opens < 0 ? 0x0a : bytes[opens];
  return before === 0x2c || before === 0x0a || before === 0x5b;
}

/** Returns the key or the attribute of the text with the byte at `at`, in lower case; '' if it has none. */
export function keyBefore(bytes: Uint8Array, at: number): string {
  const furthest = Math.max(0, at - 4000);
  let from = at - 1;
  while (from >= furthest && !(bytes[from] === quote && bytes[from - 1] !== backslash)) from--;
  if (from < furthest) return '';
  from--;
  let hasSeparator = false;
  for (; from >= 0; from--) {
    const byte = bytes[from];
    if (byte === 0x3a || byte === 0x3d) hasSeparator = true;
    else if (byte !== 0x20) break;
  }
  if (!hasSeparator) return '';
  if (bytes[from] === quote) from--;
  const end = from + 1;
  while (from >= 0 && isWordByte(bytes[from] as number)) from--;
  return String.fromCharCode(...bytes.subarray(from + 1, Math.min(end, from + 61))).toLowerCase();
}
