import { digitsView } from './bytes';
import { digitsOf } from './entities';
import { formatKeys } from './constants';
import { Digests, type DigestText } from './digests';
import { isLeafPosition, leafKind } from './leaf-position';
import { digitNeedle, leafNeedles, textNeedles } from './needles';
import type { Originals } from './originals';
import { PatternSet } from './pattern-set';

/** `written`: the bytes that hold it, undefined if they are no continuous part of the view. */
type OnFound = (at: number, original: string, written: Uint8Array | undefined) => void;

/** Searches decoded bytes for all originals. */
export interface Search {
  digests: Digests;
  /** Calls `onFound` with the offset of each original. `isComplete`: the bytes are not cut out of others. */
  in(bytes: Uint8Array, isComplete: boolean, onFound: OnFound): void;
}

export function createSearch({ texts, leaves }: Originals, digestsOf: DigestText): Search {
  const plain = patternsOf(texts, textNeedles);
  const numbers = patternsOf(texts, (text) => digitNeedle(text) ?? []);
  const short = patternsOf(leaves, leafNeedles);
  const kinds = short.originals.map(leafKind);
  const isLeafAt = (view: Uint8Array, at: number, end: number, pattern: number): boolean =>
    isLeafPosition(view, isMark(view[at] as number) ? at + 1 : at, end, kinds[pattern] ?? 'token') &&
    !(isKey(view, end) && formatKeys.has((short.originals[pattern] ?? '').toLowerCase()));
  return {
    digests: new Digests(texts, digestsOf),
    in(bytes, isComplete, onFound) {
      plain.set.find(bytes, ({ at, end, pattern }) => {
        onFound(at, plain.originals[pattern] ?? '', bytes.subarray(at, end));
        return true;
      });
      if (!numbers.set.isEmpty)
        numbers.set.find(digitsView(bytes), ({ pattern }) => {
          const original = numbers.originals[pattern] ?? '';
          const written = findNumber(bytes, digitsOf(original));
          onFound(written?.byteOffset === undefined ? 0 : written.byteOffset - bytes.byteOffset, original, written);
          return true;
        });
      if (short.set.isEmpty) return;
      short.set.find(bytes, ({ at, end, pattern }) => {
        if (!isLeafAt(bytes, at, end, pattern)) return false;
        onFound(at, short.originals[pattern] ?? '', undefined);
        return true;
      });
      const start = Math.max(0, bytes.length - tailBytes);
      const tail = ended(bytes.subarray(start));
      short.set.find(tail, ({ at, end, pattern }) => {
        // Bytes that were cut out to be decoded end anywhere: in them only a value that fills them counts.
        const isKnown = isComplete ? start === 0 || at > 0 : start === 0 && at === 0;
        if (end < tail.length || !isKnown || !isLeafAt(tail, at, end, pattern)) return false;
        onFound(start + at, short.originals[pattern] ?? '', undefined);
        return true;
      });
    },
  };
}

/** Returns the patterns of all originals, with the original of each pattern. */
function patternsOf(
  texts: readonly string[],
  needlesOf: (text: string) => Uint8Array | Uint8Array[],
): { set: PatternSet; originals: string[] } {
  const needles: Uint8Array[] = [];
  const originals: string[] = [];
  for (const text of texts)
    for (const needle of [needlesOf(text)].flat()) {
      needles.push(needle);
      originals.push(text);
    }
  return { set: new PatternSet(needles), originals };
}

/** Returns the part of some bytes that holds these digits, with separators between them. */
function findNumber(bytes: Uint8Array, digits: string): Uint8Array | undefined {
  const text = new TextDecoder('latin1').decode(bytes);
  const found = new RegExp([...digits].join('[ .()/-]{0,2}')).exec(text);
  return found ? bytes.subarray(found.index, found.index + found[0].length) : undefined;
}

/** Enough for a short value and the key before it. */
const tailBytes = 400;

/** Appends a line end: a short value may also end with the name, the file or the decoded text that it is in. */
function ended(tail: Uint8Array): Uint8Array {
  const line = new Uint8Array(tail.length + 1);
  line.set(tail);
  line[tail.length] = 0x0a;
  return line;
}

/** Returns true if the byte before `end` closes a key of JSON, or of JSON in a string. */
function isKey(bytes: Uint8Array, end: number): boolean {
  const next = bytes[end - 1] === 0x5c ? end + 1 : end;
  return bytes[next - 1] === 0x22 && bytes[next] === 0x3a;
}

/** Returns true for a quote and for the end of a tag: the needle of a value of two characters begins with one. */
function isMark(byte: number): boolean {
  return byte === 0x22 || byte === 0x27 || byte === 0x3e;
}
