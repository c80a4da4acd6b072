import { digitsView } from './bytes';
import { Digests, type DigestText } from './digests';
import { isLeafPosition, leafKind, type LeafKind } from './leaf-position';
import { digitNeedle, leafNeedles, textNeedles } from './needles';
import type { Originals } from './originals';
import { PatternSet } from './pattern-set';

/** All originals, ready to be looked for in bytes of which no encoding is left to take off. */
export interface Search {
  digests: Digests;
  /** Calls `onFound` with the offset of each place where an original stands. `isWhole`: these bytes are no part of others. */
  in(bytes: Uint8Array, isWhole: boolean, onFound: (at: number) => void): void;
}

export function createSearch({ texts, leaves }: Originals, digestsOf: DigestText): Search {
  const plain = new PatternSet(texts.flatMap(textNeedles));
  const numbers = new PatternSet(texts.flatMap((text) => digitNeedle(text) ?? []));
  const kinds: LeafKind[] = [];
  const short = new PatternSet(
    leaves.flatMap((leaf) => {
      const needles = leafNeedles(leaf);
      kinds.push(...needles.map(() => leafKind(leaf)));
      return needles;
    }),
  );
  return {
    digests: new Digests(texts, digestsOf),
    in(bytes, isWhole, onFound) {
      plain.find(bytes, ({ at }) => {
        onFound(at);
        return true;
      });
      if (!numbers.isEmpty)
        numbers.find(digitsView(bytes), () => {
          // Where in the text it stood is not kept; that it stands there is what counts.
          onFound(0);
          return true;
        });
      if (short.isEmpty) return;
      const standsIn = (view: Uint8Array, at: number, end: number, pattern: number): boolean =>
        isLeafPosition(view, isMark(view[at] as number) ? at + 1 : at, end, kinds[pattern] ?? 'token');
      short.find(bytes, ({ at, end, pattern }) => {
        if (!standsIn(bytes, at, end, pattern)) return false;
        onFound(at);
        return true;
      });
      const start = Math.max(0, bytes.length - tailBytes);
      const tail = ended(bytes.subarray(start));
      short.find(tail, ({ at, end, pattern }) => {
        // What was cut out to be decoded ends anywhere: there only a value that is all of it counts.
        const isKnown = isWhole ? start === 0 || at > 0 : start === 0 && at === 0;
        if (end < tail.length || !isKnown || !standsIn(tail, at, end, pattern)) return false;
        onFound(start + at);
        return true;
      });
    },
  };
}

/** A short value, and before it the key that it stands under. */
const tailBytes = 400;

/** With a line's end behind it: a short value ends where a name, a file or a decoded text does, too. */
function ended(tail: Uint8Array): Uint8Array {
  const line = new Uint8Array(tail.length + 1);
  line.set(tail);
  line[tail.length] = 0x0a;
  return line;
}

/** A quote or a tag's end, with which the needle of a value of two characters begins. */
function isMark(byte: number): boolean {
  return byte === 0x22 || byte === 0x27 || byte === 0x3e;
}
