import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from '../../../src-main/core/search/parse-query';

const term = (words: string, isPrefix = false): { words: string[]; isPrefix: boolean } => ({
  words: words.split(' '),
  isPrefix,
});

test.each([
  ['', [], []],
  ['pay', [term('pay', true)], []],
  ['pay now', [term('pay'), term('now', true)], []],
  ['pay now ', [term('pay'), term('now')], []],
  ['pay* now ', [term('pay', true), term('now')], []],
  ['"pay now"', [term('pay now')], []],
  ['"pay no', [term('pay no', true)], []],
  ['“pay now” card ', [term('pay now'), term('card')], []],
  ['error -timeout ', [term('error')], [term('timeout')]],
  ['error -time', [term('error')], [term('time')]],
  ['error -"pay now"', [term('error')], [term('pay now')]],
  ['priya.ram', [term('priya ram', true)], []],
  ['well-known ', [term('well known')], []],
  ['- -- "" "- ', [], []],
  ['注文', [term('注 文')], []],
  ['NEAR(a b) OR c:d ', [term('near a'), term('b'), term('or'), term('c d')], []],
])('%s', (text, terms, excluded) => {
  expect(parseQuery(text)).toEqual({ terms, excluded });
});

test('accepts any text and returns only words', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      const { terms, excluded } = parseQuery(text);
      for (const { words } of [...terms, ...excluded]) {
        expect(words.length).toBeGreaterThan(0);
        for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
      }
    }),
  );
});

test('limits the search for a pasted page', () => {
  const { terms } = parseQuery('lorem ipsum '.repeat(200) + 'a.'.repeat(400));
  expect(terms.length).toBeLessThanOrEqual(12);
  for (const { words } of terms) expect(words.length).toBeLessThanOrEqual(24);
});
