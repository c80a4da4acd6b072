import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSnippet } from '../../../src-main/core/search/snippet';

const marked = ({ snippet, marks }: ReturnType<typeof makeSnippet>): string[] =>
  marks.map(([start, end]) => snippet.slice(start, end));

test('marks matches as they are written, regardless of case and accents', () => {
  const found = makeSnippet('Clicked button “Crème brûlée” in “Desserts”', [['creme', 'brulee'], ['desserts']]);
  expect(marked(found)).toEqual(['Crème brûlée', 'Desserts']);
});

test('marks a phrase only if its words are consecutive', () => {
  expect(marked(makeSnippet('now pay, pay now', [['pay', 'now']]))).toEqual(['pay now']);
});

test('marks consecutive characters of a script without spaces as one match', () => {
  expect(marked(makeSnippet('ご注文を確認', [['注', '文']]))).toEqual(['注文']);
});

test('shows the part of a long text around the first match, on one line', () => {
  const text = `${'before '.repeat(60)}\n needle ${'after '.repeat(60)}`;
  const found = makeSnippet(text, [['needle']]);
  expect(found.snippet.length).toBeLessThan(190);
  expect(found.snippet).toMatch(/^….*before needle after.*…$/);
  expect(marked(found)).toEqual(['needle']);
});

test('returns ordered, separate marks inside the snippet and splits no character', () => {
  const word = fc.constantFrom('pay', 'now', 'Ünï', '注', '👩‍🚀', '\n', 'x'.repeat(90));
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 120 }),
      fc.array(fc.array(word, { minLength: 1, maxLength: 2 })),
      (words, found) => {
        const { snippet, marks } = makeSnippet(words.join(' '), found);
        // Half of a surrogate pair can't be encoded in UTF-8.
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
