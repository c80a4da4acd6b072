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
      short.find(bytes, ({ at, end, pattern }) => {
        const isTiny = isMark(bytes[at] as number);
        if (!isLeafPlace(bytes, isTiny ? at + 1 : at, end, kinds[pattern] ?? 'token')) return false;
        onFound(at);
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

/** A quote or a tag's end, with which the needle of a value of two characters begins. */
function isMark(byte: number): boolean {
  return byte === 0x22 || byte === 0x27 || byte === 0x3e;
}
