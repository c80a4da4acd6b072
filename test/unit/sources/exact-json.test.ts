import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteLongIntegers, readExactJson } from '../../../src-main/core/sources/exact-json';
import type { FetchReply } from '../../../src-main/core/sources/source';

const reply = (text: string | Uint8Array, type = 'application/json'): FetchReply & { discarded: number } => {
  const result = {
    status: 200,
    headers: { 'content-type': type },
    json: () => Promise.reject(new Error('unused')),
    bytes: async function* () {
      const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
      for (let at = 0; at < bytes.length; at += 7) yield await Promise.resolve(bytes.subarray(at, at + 7));
    },
    discarded: 0,
    discard: () => void result.discarded++,
  };
  return result;
};

describe('long integers', () => {
  it.each([
    ['{"id":5916567459329906423}', '{"id":"5916567459329906423"}'],
    ['[-9007199254740993,1]', '["-9007199254740993",1]'],
    ['9007199254740993', '"9007199254740993"'],
    ['{"a":123456789012345,"b":0.12345678901234567890}', '{"a":123456789012345,"b":0.12345678901234567890}'],
    ['[1234567890123456789e1,12345678901234567.5]', '[1234567890123456789e1,12345678901234567.5]'],
    [
      '{"say \\"5916567459329906423\\\\":"5916567459329906423"}',
      '{"say \\"5916567459329906423\\\\":"5916567459329906423"}',
    ],
    ['"open 5916567459329906423', '"open 5916567459329906423'],
  ])('in %s become strings', (json, quoted) => {
    expect(quoteLongIntegers(json)).toBe(quoted);
  });

  it('are the only thing that changes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const short = JSON.stringify(value, (_, inner: unknown) =>
          typeof inner === 'number' && Math.abs(inner) >= 1e15 ? 0 : inner,
        );
        expect(quoteLongIntegers(short)).toBe(short);
      }),
    );
  });

  it('are found in any surroundings', () => {
    fc.assert(
      fc.property(fc.bigInt(10n ** 15n, 10n ** 30n), fc.string(), (id, text) => {
        const json = `{${JSON.stringify(text)}:[${id},${JSON.stringify(text)},-${id}]}`;
        expect(JSON.parse(quoteLongIntegers(json))).toEqual({ [text]: [String(id), text, `-${id}`] });
      }),
    );
  });
});

describe('readExactJson', () => {
  it('reads chunks that split characters', async () => {
    expect(await readExactJson(reply('{"a":"日本語äöü","b":12345678901234567}'), 1000)).toEqual({
      a: '日本語äöü',
      b: '12345678901234567',
    });
  });

  it.each([
    ['HTML', '<html>', 'text/html', 'remote-web-page'],
    ['half a document', '{"a":', 'application/json', 'remote-not-json'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'application/json', 'remote-charset'],
    ['more than the limit', `"${'x'.repeat(2000)}"`, 'application/json', 'remote-too-large'],
  ])('refuses %s', async (_name, body, type, code) => {
    await expect(readExactJson(reply(body, type), 1000)).rejects.toMatchObject({ code });
  });

  it('discards a body that it refuses', async () => {
    const html = reply('<html>', 'text/html');
    await readExactJson(html, 1000).catch(() => undefined);
    expect(html.discarded).toBe(1);
  });
});
