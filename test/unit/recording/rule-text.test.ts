import { describe, expect, it } from 'vitest';
import { readOneRule, splitRules } from '../../../src-main/core/recording/model/rule-text';

const rulesOf = (css: string, isBlock = false): string[] =>
  splitRules(css, isBlock).map(({ from, to }) => css.slice(from, to));

describe('splitRules', () => {
  it('finds the rules of a sheet, with comments, strings, escapes and URLs in them', () => {
    const rules = [
      '@import url(a.css);',
      '@layer base, theme;',
      '.a{content:"}"}',
      ".b[data-x='{'] { color: red; /* } */ }",
      '.c { background: url(data:image/svg+xml;utf8,<svg}>) }',
      '.d\\{ { margin: 0 }',
      '@media (min-width: 10px) { .e { color: red } .f { color: blue } }',
      '@keyframes spin { from { left: 0 } to { left: 1px } }',
      ':is(.g, .h) { color: red }',
    ];
    expect(rulesOf(rules.join('\n/* { */\n'))).toEqual(rules);
  });

  it('leaves out rules that a browser drops: unknown at-rules, late imports, foreign selectors, rules without a block', () => {
    const css = `@charset "utf-8"; .a {} @import "late.css"; @-moz-document url() { .b {} } .c::-moz-placeholder {} @foo; .d {} .e`;
    expect(rulesOf(css)).toEqual(['.a {}', '.d {}']);
  });

  it('closes open blocks at the end', () => {
    expect(rulesOf('.a { color: red')).toEqual(['.a { color: red']);
    expect(rulesOf('.a { content: "x')).toEqual(['.a { content: "x']);
    expect(rulesOf('/* .a {}')).toEqual([]);
  });

  it('distinguishes rules from declarations inside a block', () => {
    expect(
      rulesOf('color: red; --x: { a }; & .b { color: blue } margin: 0; @media print { color: black }', true),
    ).toEqual(['& .b { color: blue }', '@media print { color: black }']);
  });

  it('reads the single rule of a text', () => {
    expect(readOneRule(' .a { color: red } ')).toBe(' .a { color: red } ');
    for (const css of ['', '.a', '.a {} .b {}', '.a {} rest', '.a::-moz-x {}'])
      expect(readOneRule(css)).toBeUndefined();
  });

  it('reads millions of brackets, quotes and comments in one pass', () => {
    for (const piece of ['{', '"\n', '/*', 'url( ', '(', '@a;', '\\', '}'])
      expect(rulesOf(piece.repeat(200_000)).length).toBeLessThan(2);
  });
});
