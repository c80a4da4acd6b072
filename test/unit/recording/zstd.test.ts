import { describe, expect, it } from 'vitest';
import { inflateZstd } from '../../../src-main/core/recording/parse/zstd';
import { damageWords } from '../../../src-main/contract/words/recording';
import { toBytes } from './harbor';
import { failureOf, readAll } from './read-all';

/** Made with the `zstd` command line, because Node has no zstd compressor: levels 3 and 19, and one without its size. */
const packed = {
  tree: '28b52ffd04584503008246151990b739b4ca67b4a6e620f657f637fd17ca0b6dd380b9fe5709bb06fd946a594f9612401dbd2aeadb638f6d68963708b4f01f9f5572c4e84c8e4138f7154500cd122d032945063e028dd467d0b91cee864eb414b7050076087ec71534844ec01017847a0274826b1e',
  adds: '28b52ffd04689d020072851111907d8c811c90349a9949bce842cad8752567ef63962cebb9a61c6c3dbcbebdc9516b91039f3efc212a0c590762f8723fb3753dfc978c0edebb117f7410862f62e353345d9b03009d19855067bb2d764d1741b3',
  stream:
    '28b52ffd0458c50200b24513187049dc74425f484d29aae62ebaa2d85d851fba3c80aa2704a5b542f06b150d3dc640f835865fdbc5c0a8eefc3d1dbf871c85ec5f00af6653a2cff0ab887fe7148c58fe01f02a685e95e98c0402008492d057b1034d1741b3',
};
const tree = {
  node: { type: 0, id: 1, childNodes: [{ type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [] }] },
  initialOffset: { top: 0, left: 0 },
};
const adds = [{ parentId: 2, nextId: null, node: { type: 2, id: 9, tagName: 'p', attributes: {}, childNodes: [] } }];
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const asField = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Creates a frame of blocks that repeat one byte, with four bytes per block. */
function repeatFrame(blocks: number, windowDescriptor = 0x38, repeat = 1 << 17): Uint8Array {
  const frame = [0x28, 0xb5, 0x2f, 0xfd, 0, windowDescriptor];
  for (let index = 1; index <= blocks; index++) {
    const header = (repeat << 3) | 2 | (index === blocks ? 1 : 0);
    frame.push(header & 0xff, (header >> 8) & 0xff, (header >> 16) & 0xff, 0x20);
  }
  return Uint8Array.from(frame);
}

describe('zstd', () => {
  it('decompresses the fields of PostHog’s events', async () => {
    const start = 1_700_000_000_000;
    const mutation = { source: 0, adds: asField(fromHex(packed.adds)), removes: [], texts: [], attributes: [] };
    const lines = [
      { type: 4, data: { href: 'https://a.test/', width: 8, height: 6 }, timestamp: start },
      { type: 2, cv: '2024-10', data: asField(fromHex(packed.tree)), timestamp: start + 1 },
      { type: 3, cv: '2024-10', data: mutation, timestamp: start + 2 },
    ];
    const found = await readAll(toBytes(lines.map((event) => JSON.stringify(['w', event])).join('\n')));
    expect(found.lost).toEqual([]);
    expect(found.events.map(({ event }) => event.data)).toEqual([lines[0]?.data, tree, { ...mutation, adds }]);
  });

  it('reads a stream of unknown size, and several frames', () => {
    const text = JSON.stringify(adds);
    const once = fromHex(packed.stream);
    expect(Buffer.from(inflateZstd(once, 1e6)).toString()).toBe(text);
    expect(Buffer.from(inflateZstd(Buffer.concat([once, once]), 1e6)).toString()).toBe(text + text);
  });

  it('stops at the limit, before and during decompression', () => {
    expect(inflateZstd(repeatFrame(3), 1 << 20).length).toBe(3 << 17);
    expect(() => inflateZstd(repeatFrame(9), 1 << 20)).toThrow('recording-too-large');
    // A frame of one byte that requests a window of 2 GB.
    expect(() => inflateZstd(repeatFrame(1, 0xa8, 1), 48e6)).toThrow('recording-too-large');
    // With many tiny blocks in a large window, the decoder would move it endlessly.
    expect(() => inflateZstd(repeatFrame(3000, 0x78, 1), 48e6)).toThrow('recording-unreadable');
  });

  it('reports damage and truncation', () => {
    const whole = fromHex(packed.tree);
    for (let length = 4; length < whole.length; length++) {
      expect(() => inflateZstd(whole.subarray(0, length), 1e6)).toThrow(/recording-(truncated|unreadable)/);
    }
    expect(() => inflateZstd(Buffer.concat([whole, Buffer.from('more')]), 1e6)).toThrow('recording-unreadable');
    for (let index = 4; index < whole.length; index++) {
      const damaged = Uint8Array.from(whole);
      damaged[index] = (damaged[index] ?? 0) ^ 0x55;
      try {
        expect(inflateZstd(damaged, 1e6).length).toBeLessThanOrEqual(1e6);
      } catch (error) {
        expect(String(error)).toMatch(/recording-(truncated|unreadable|too-large)/);
      }
    }
  });

  it('counts a field that can’t be read', async () => {
    const event = { type: 2, cv: '2024-10', data: asField(fromHex(packed.tree).subarray(0, 50)), timestamp: 5 };
    const error = await failureOf(readAll(toBytes([event])));
    expect(error.details).toEqual({ reason: damageWords.fieldUnreadable });
  });
});
