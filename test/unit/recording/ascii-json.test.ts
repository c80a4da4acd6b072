import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toAsciiJson } from '../../../src-main/core/recording/segments/ascii-json';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const decode = (json: Uint8Array): unknown => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));

it('escapes a text without changing its meaning', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const json = encode(value);
      const ascii = toAsciiJson(json);
      expect(ascii.every((byte) => byte < 0x80)).toBe(true);
      expect(decode(ascii)).toEqual(decode(json));
    }),
    { numRuns: 2000 },
  );
});

it.each(['é', '\u07ff', '\u0800', '東京', '\uffff', '\u{10000}', '😀 ü', '\u{10ffff}', '\ud800'])(
  'escapes characters of every width: %j',
  (text) => {
    const ascii = toAsciiJson(encode([text, { [text]: `a${text}b` }]));
    expect(ascii.every((byte) => byte < 0x80)).toBe(true);
    expect(decode(ascii)).toEqual([text, { [text]: `a${text}b` }]);
  },
);

it('returns ASCII text unchanged', () => {
  const json = encode({ text: 'plain "quoted" \\ text', escaped: '\u0007' });
  expect(toAsciiJson(json)).toBe(json);
});
