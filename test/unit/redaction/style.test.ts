import { describe, expect, it } from 'vitest';
import { createRedactionContext } from '../../../src-main/core/redaction/redaction-context';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { inertRule } from '../../../src-main/core/redaction/style/sheet';
import { readRecordingText, readSession, redactSession } from '../../helpers/redacted-session';
import { plantedRecordings } from '../../helpers/planted-values';

const newStyle = () => createRedactionContext(findPolicy('private-by-default')).style;

describe('a rule', () => {
  it.each([
    ['.card > a:hover { color: RED; margin: 0 auto !important }', '.c1>a:hover{color:red;margin:0 auto!important;}'],
    ['a::before { content: "secret"; }', 'a::before{content:"";}'],
    ['a { background: url(https://x.test/u) no-repeat #fff }', 'a{background:none no-repeat #fff;}'],
    ['a { mask: url(#shape) }', 'a{mask:url(#i1);}'],
    ['a { width: calc(100% - 2 * var(--gap, 4px)) }', 'a{width:calc(100% - 2 * var(--v1 , 4px));}'],
    ['a { font: 12px/1.5 "Acme Sans", Arial, sans-serif }', 'a{font:12px / 1.5 "" , arial , sans-serif;}'],
    ['a { animation: wobble 1s linear }', 'a{animation:n1 1s linear;}'],
    ['@keyframes wobble { from { top: 0 } 50.5% { top: 1e3px } }', '@keyframes n1{from{top:0;}50.5%{top:1000px;}}'],
    [
      '@media (min-width: 576px) and (orientation: landscape) { a { top: 0 } }',
      '@media (min-width:576px) and (orientation:landscape){a{top:0;}}',
    ],
    ['@supports not (display: grid) { a { top: 0 } }', '@supports not (display:grid){a{top:0;}}'],
    [
      '.a { grid-template-areas: "head head" "side ."; grid-column: head-start / head-end }',
      '.c1{grid-template-areas:"n1 n1" "n2 .";grid-column:n1-start / n1-end;}',
    ],
    [
      ':host([variant="primary"]) [part~="base"], input[type="text"]',
      ':host([data-a1="w1"]) [part~="p1"],input[type="text"]',
    ],
    ['my-el::part(label icon), ::slotted(.x)', 'x-e1::part(p1 p2),::slotted(.c1)'],
    ['li:nth-child(2n+1):not(.x, #y)', 'li:nth-child(2n+1):not(.c1,#i1)'],
    ['.sm\\:hidden', '.c1'],
    ['a { width: 4111 1111 1111 1111; aspect-ratio: 1920 / 1080 }', 'a{aspect-ratio:1920 / 1080;}'],
    ['a { width: 781437px; height: 98765.4px; z-index: 700071 }', 'a{width:781000px;height:98765.4px;z-index:700000;}'],
    ['a { fill: (415) 558-3381; grid-row: [4012 8888] 8888 / 1881; top: 0 }', 'a{top:0;}'],
  ])('%s', (rule, expected) => {
    const written = newStyle().redactRule(rule.includes('{') ? rule : `${rule} { top: 0 }`);
    expect(written).toBe(expected.includes('{') ? expected : `${expected}{top:0;}`);
  });

  it.each([
    '@font-face { font-family: x; src: url(x) }',
    '@import url(x)',
    'a[href*="secret"] { top: 0 }',
    'a:unknown-thing { top: 0 }',
    'svg|a { top: 0 }',
    '@media (secret) { a { top: 0 } }',
    'a { top: 0 } b { top: 0 }',
    '@page { margin: 0 }',
    '}{',
    '',
  ])('that is refused becomes one without effect, so that indices stay valid: %s', (rule) => {
    expect(newStyle().redactRule(rule)).toBe(inertRule);
  });

  it('keeps allowed selectors and drops refused ones', () => {
    expect(newStyle().redactRule('a, a[href^="secret"], b { top: 0 }')).toBe('a,b{top:0;}');
  });
});

describe('a custom property', () => {
  it.each([
    ['13 110 253', '13 110 253'],
    ['1.5rem', '1.5rem'],
    ['', ''],
    ['4012 8888 8888 1881', undefined],
    ['98200 12345', undefined],
    ['078 -05 -1120', undefined],
    ['4012888888881881', undefined],
    ['{"a":1}', undefined],
  ])('with the value %s', (value, expected) => {
    expect(newStyle().redactProperty('--x', value)?.value).toBe(expected);
  });
});

describe('a style sheet', () => {
  it('keeps rrweb’s split markers between rules, and their number', () => {
    const written = newStyle().redactSheet('a { top: 0; }/* rr_split */b { color: r/* rr_split */ed; }i { top: 1px; }');
    expect(written).toBe('a{top:0;}/* rr_split */b{color:red;}/* rr_split */i{top:1px;}');
  });

  it('keeps the number of its rules', () => {
    const written = newStyle().redactSheet(
      '@font-face { src: url(x) } a { top: 0 } b[x*=y] { top: 0 } /* c */ i { top: 0 }',
    );
    expect(written).toBe(`${inertRule}a{top:0;}${inertRule}i{top:0;}`);
  });

  it('drops comments and invalid CSS', () => {
    expect(newStyle().redactSheet('/* secret */ a { secret; top: 0; color: secret(); unknown-thing: 1px }')).toBe(
      'a{top:0;}',
    );
  });
});

it.each(plantedRecordings.map(({ file }) => file))(
  'keeps nearly all declarations of %s, so that its appearance stays the same',
  (file) => {
    const count = (text: string): number => text.match(/[\w-]+ ?: ?[^;:{}"\\]+(?:;|(?<!\\)\})/g)?.length ?? 0;
    const before = count(readRecordingText(file));
    const after = count(JSON.stringify(redactSession(readSession(file)).events));
    expect(after / before).toBeGreaterThan(0.9);
  },
);
