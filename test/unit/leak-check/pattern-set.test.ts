import { expect, it } from 'vitest';
import { PatternSet, type Match } from '../../../src-main/core/leak-check/pattern-set';
import { SeededRandom } from '../../helpers/seeded-random';

/** Few byte values, so that patterns share prefixes and match everywhere. */
const alphabet = [0x61, 0x62, 0x20, 0x20, 0];

function randomBytes(random: SeededRandom, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.pick(alphabet));
}

/** Returns the end of a pattern's match at `at`, or undefined if it doesn't match there. */
function endOf(pattern: Uint8Array, text: Uint8Array, at: number): number | undefined {
  let index = at;
  for (const [read, wanted] of pattern.entries()) {
    if (read < 4 && index >= text.length) return undefined;
    if ((text[index] ?? 0) !== wanted) return undefined;
    index++;
    if (read >= 4 && wanted === 0x20 && pattern[read + 1] !== 0x20) while (text[index] === 0x20) index++;
  }
  return index;
}

/** Reference implementation: tries each pattern at each byte, the longest first. */
function findOneByOne(patterns: readonly Uint8Array[], text: Uint8Array, accepts: (match: Match) => boolean): Match[] {
  const found: Match[] = [];
  const order = [...patterns.entries()]
    .filter(([, { length }]) => length >= 4)
    .sort(([, a], [, b]) => b.length - a.length);
  let next = 0;
  for (let at = 0; at < text.length; at++) {
    for (const [pattern, bytes] of at < next ? [] : order) {
      const end = endOf(bytes, text, at);
      if (end === undefined || !accepts({ at, end, pattern })) continue;
      found.push({ at, end, pattern });
      next = end;
      break;
    }
  }
  return found;
}

it.each([
  ['any length', 2, 9],
  ['at least eight bytes', 8, 5],
])('finds the same matches as a separate search for each pattern of %s, with shared prefixes', (_, least, more) => {
  const random = new SeededRandom(11);
  let total = 0;
  for (let round = 0; round < 300; round++) {
    const patterns = Array.from({ length: 40 }, () => randomBytes(random, least + random.below(more)));
    const planted = Array.from({ length: 4 }, () => [...randomBytes(random, 30), ...random.pick(patterns)]);
    const text = Uint8Array.from([...planted.flat(), ...randomBytes(random, 60)]);
    const accepts = ({ at, pattern }: Match): boolean => (at + pattern) % 3 !== 0;
    const found: Match[] = [];
    new PatternSet(patterns).find(text, (match) => {
      if (accepts(match)) found.push(match);
      return accepts(match);
    });
    expect(found).toEqual(findOneByOne(patterns, text, accepts));
    total += found.length;
  }
  expect(total).toBeGreaterThan(100);
});
