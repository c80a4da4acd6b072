import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDetectors } from '../../../../src-main/core/redaction/detectors';
import { normaliseText } from '../../../../src-main/core/redaction/detectors/normal-text';

const seed = Number(process.env.FC_SEED ?? 20_240_611);

test(`every range of a normalised text maps to the original, in the same order (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (written) => {
      const { text, original } = normaliseText(written);
      let before = 0;
      for (let at = 0; at < text.length; at++) {
        const [start, end] = original(at, at + 1);
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(written.length);
        before = start;
      }
    }),
    { seed, numRuns: 3_000 },
  );
});

const disguises: ((character: string) => string)[] = [
  (character) => character,
  (character) => `${character}\u200b`,
  (character) => `${character}\u00ad\u2060`,
  (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0),
  (character) => ({ a: '\u0430', e: '\u0435', o: '\u043e', c: '\u0441', p: '\u0440' })[character] ?? character,
  (character) => `${character}\u0336`,
];

test(`a disguised value is found completely (seed ${seed})`, () => {
  const detectors = createDetectors({ kinds: ['email'] });
  const value = 'jane.cooper@example.com';
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...disguises), { minLength: value.length, maxLength: value.length }),
      fc.string({ unit: fc.constantFrom('日', 'é', 'x', ' ', '\u0301', '１') }),
      (chosen, before) => {
        const written = [...value].map((character, index) => chosen[index]?.(character) ?? '').join('');
        const text = `${before} ${written} end`;
        const [finding] = detectors.find(text);
        expect(finding?.start).toBe(before.length + 1);
        // The finding may include invisible characters after the value.
        expect(text.slice(finding?.end, before.length + 1 + written.length)).toMatch(/^[\u200b\u00ad\u2060]*$/);
      },
    ),
    { seed, numRuns: 2_000 },
  );
});

test(`findings are in order and never overlap (seed ${seed})`, () => {
  const detectors = createDetectors({ seeds: ['Jane Cooper'] });
  const piece = fc.constantFrom(
    'Jane',
    ' ',
    'jane@x.com',
    '4111 1111 1111 1111',
    ':',
    'token=',
    'a1B2c3D4e5F6',
    '+1 406 555 0123',
    '/',
    '12 Main Street',
    'http://',
    '王小明',
    '\u200b',
    '.',
    '1.2.3.4',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('');
      let free = 0;
      for (const { start, end } of detectors.find(text)) {
        expect(start).toBeGreaterThanOrEqual(free);
        expect(end).toBeGreaterThan(start);
        free = end;
      }
      expect(free).toBeLessThanOrEqual(text.length);
    }),
    { seed, numRuns: 1_000 },
  );
});
