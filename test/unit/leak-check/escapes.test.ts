import { describe, expect, it } from 'vitest';
import { decodeEscapes } from '../../../src-main/core/leak-check/decode/escapes';
import { skeleton } from '../../../src-main/core/leak-check/decode/skeleton';

const decode = (text: string): string => {
  const bytes = new TextEncoder().encode(text);
  return new TextDecoder().decode(decodeEscapes(bytes) ?? bytes);
};

describe('the gate takes off', () => {
  it.each([
    ['entities without a semicolon', '&#79&#116to', 'Otto'],
    ['entities with many digits', '&#000000079;&#x00000074;to', 'Otto'],
    ['named letters', 'Vraszkovi&cacute; &Zcaron;&uuml;&ogon;', 'Vraszković Žü&ogon;'],
    ['bytes of UTF-8', String.raw`Vraszkovi\xc4\x87 \xe9`, 'Vraszković é'],
  ])('%s', (_name, text, expected) => {
    expect(decode(text)).toBe(expected);
  });

  it('small capitals', () => {
    expect(skeleton('Vʀᴀꜱᴢᴋᴏᴠɪᴄ')).toBe('vraszkovic');
  });

  it('nothing from a lone mark', () => {
    for (const text of ['&#; &#x; &#99999999999; &', 'a & b']) expect(decode(text)).toBe(text);
  });
});
