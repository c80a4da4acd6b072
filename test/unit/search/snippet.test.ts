import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSnippet } from '../../../src-main/core/search/snippet';

const marked = ({ snippet, marks }: ReturnType<typeof makeSnippet>): string[] =>
  marks.map(([start, end]) => snippet.slice(start, end));

test('marks what was found as it is written, whatever its case and accents', () => {
  const found = makeSnippet('Clicked button “Crème brûlée” in “Desserts”', [['creme', 'brulee'], ['desserts']]);
  expect(marked(found)).toEqual(['Crème brûlée', 'Desserts']);
});

test('a phrase is marked only where its words follow each other', () => {
  expect(marked(makeSnippet('now pay, pay now', [['pay', 'now']]))).toEqual(['pay now']);
});

test('characters of a script without spaces are marked as one', () => {
  expect(marked(makeSnippet('ご注文を確認', [['注', '文']]))).toEqual(['注文']);
});

test('of a long text the part around the first find is shown, on one line', () => {
  const text = `${'before '.repeat(60)}\n needle ${'after '.repeat(60)}`;
  const found = makeSnippet(text, [['needle']]);
  expect(found.snippet.length).toBeLessThan(190);
  expect(found.snippet).toMatch(/^….*before needle after.*…$/);
  expect(marked(found)).toEqual(['needle']);
});

test('marks are in order, apart and inside the snippet, and no character is cut in two', () => {
  const word = fc.constantFrom('pay', 'now', 'Ünï', '注', '👩‍🚀', '\n', 'x'.repeat(90));
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 120 }),
      fc.array(fc.array(word, { minLength: 1, maxLength: 2 })),
      (words, found) => {
        const { snippet, marks } = makeSnippet(words.join(' '), found);
        // Half a character can't be written as UTF-8.
        expect(Buffer.from(snippet).toString()).toBe(snippet);
        let done = 0;
        for (const [start, end] of marks) {
          expect(start).toBeGreaterThanOrEqual(done);
          expect(end).toBeGreaterThan(start);
          done = end;
        }
        expect(done).toBeLessThanOrEqual(snippet.length);
      },
    ),
  );
});
