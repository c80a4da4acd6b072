import { expect, test } from 'vitest';
import { toPlainLine } from '../../../src-main/core/text/plain-line';

test('a line of common characters is returned as it is, and every other character is treated as in any text', () => {
  for (let unit = 0; unit <= 0xffff; unit++) {
    const text = `a${String.fromCharCode(unit)}b c`;
    // The tab at the end sends the text through all rules, and is removed by them.
    if (toPlainLine(text) !== toPlainLine(`${text}\t`))
      throw new Error(`U+${unit.toString(16)} is treated differently`);
  }
});

test('only single blanks between words are left as they are', () => {
  expect(toPlainLine('größer 価格 Цена')).toBe('größer 価格 Цена');
  expect(toPlainLine('two  blanks')).toBe('two blanks');
  expect(toPlainLine(' around ')).toBe('around');
  expect(toPlainLine('eleven chars', 8)).toBe('eleven…');
});
