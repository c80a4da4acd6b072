import { digitsView } from './bytes';
import { Digests, type DigestText } from './digests';
import { isLeafPlace, leafKind, type LeafKind } from './leaf-places';
import { digitNeedle, leafNeedles, textNeedles } from './needles';
import type { Originals } from './originals';
import { PatternSet } from './pattern-set';

/** All originals, ready to be looked for in bytes of which no encoding is left to take off. */
export interface Search {
  digests: Digests;
  /** Calls `onFound` with the offset of each place where an original stands. */
  in(bytes: Uint8Array, onFound: (at: number) => void): void;
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
    in(bytes, onFound) {
      plain.find(bytes, ({ at }) => {
        onFound(at);
        return true;
      });
      for (const [view, start] of short.isEmpty ? [] : withEnd(bytes))
        short.find(view, ({ at, end, pattern }) => {
          // Of the tail alone nobody knows what stands before it.
          if (start > 0 && (at === 0 || end < view.length)) return false;
          const isTiny = isMark(view[at] as number);
          if (!isLeafPlace(view, isTiny ? at + 1 : at, end, kinds[pattern] ?? 'token')) return false;
          onFound(start + at);
          return true;
        });
      if (!numbers.isEmpty)
        numbers.find(digitsView(bytes), () => {
          // Where in the text it stood is not kept; that it stands there is what counts.
          onFound(0);
          return true;
        });
    },
  };
}

/** A short value, and before it the key that it stands under. */
const tailBytes = 400;

/** The bytes, and their tail with a line's end behind it: a short value ends where a name or a decoded text does, too. */
function withEnd(bytes: Uint8Array): [view: Uint8Array, start: number][] {
  const start = Math.max(0, bytes.length - tailBytes);
  const tail = new Uint8Array(bytes.length - start + 1);
  tail.set(bytes.subarray(start));
  tail[tail.length - 1] = 0x0a;
  return start === 0
    ? [[tail, 0]]
    : [
        [bytes, 0],
        [tail, start],
      ];
}

/** A quote or a tag's end, with which the needle of a value of two characters begins. */
function isMark(byte: number): boolean {
  return byte === 0x22 || byte === 0x27 || byte === 0x3e;
}
