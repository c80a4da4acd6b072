import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { damageWords } from '../../../src-main/contract/words/recording';
import type { RecordingInput } from '../../../src-main/core/recording/parse';
import { inflatePorts } from '../../../src-main/node/intake/inflate-ports';
import { readHarbor, toBytes } from './harbor';
import { failureOf, inPieces, readAll } from './read-all';

const events = readHarbor().slice(0, 60);
const lines = toBytes(events.map((event) => JSON.stringify(event)).join('\n'));
const half = lines.length >> 1;
const members = Buffer.concat([gzipSync(lines.subarray(0, half)), gzipSync(lines.subarray(half))]);
const reasons = async (bytes: Uint8Array, pieceBytes?: number): Promise<string[]> => {
  const { reading } = await readAll(bytes, pieceBytes === undefined ? {} : { pieceBytes });
  return reading.facts().damage.map(({ reason }) => reason);
};

const unfold = (input: RecordingInput): AsyncIterable<Uint8Array> =>
  inflatePorts.gunzipStream(
    input.open(),
    () => input.open(),
    () => undefined,
  );

describe('gzip', () => {
  it('is read with several members, wherever its pieces end', async () => {
    for (const pieceBytes of [1, 7, 100, 1000, members.length - 1, members.length]) {
      const found = await readAll(members, { pieceBytes });
      expect(found.events.map(({ event }) => event)).toEqual(events);
      expect(found.reading.facts().damage).toEqual([]);
    }
  });

  it('is kept up to the end and counted if truncated at any byte', async () => {
    let most = 0;
    for (let length = 2; length < members.length; length += length < 200 || length > members.length - 200 ? 1 : 61) {
      let found;
      try {
        found = await readAll(members.subarray(0, length));
      } catch (error) {
        expect(String(error)).toContain('recording-truncated');
        continue;
      }
      expect(found.events.map(({ event }) => event)).toEqual(events.slice(0, found.events.length));
      expect(found.events.length).toBeGreaterThanOrEqual(most);
      most = found.events.length;
      if (found.events.some(({ event }) => event.type === 2)) {
        const isBetween = length === gzipSync(lines.subarray(0, half)).length;
        const words = found.reading.facts().damage.map(({ reason }) => reason);
        expect(words).toContain(isBetween ? damageWords.lineCutOff : damageWords.compressedCutOff);
      }
    }
    expect(most).toBeGreaterThan(events.length / 2);
  });

  it('is read with trailing bytes, which are counted except for padding', async () => {
    const whole = gzipSync(lines);
    const padding = Buffer.alloc(20_000);
    for (const pieceBytes of [5, 20_000, 100_000]) {
      expect(await reasons(Buffer.concat([whole, padding]), pieceBytes)).toEqual([]);
      for (const tail of [
        Buffer.from('garbage'),
        Buffer.from([0x1f, 0x1f]),
        Buffer.concat([padding, Buffer.from('x')]),
      ]) {
        expect(await reasons(Buffer.concat([whole, tail]), pieceBytes)).toEqual([damageWords.trailingBytes]);
      }
    }
  });

  it('is kept up to the damage', async () => {
    const damaged = Buffer.concat([gzipSync(lines), gzipSync(lines)]);
    damaged.fill(0xff, damaged.length - 400, damaged.length - 300);
    const found = await readAll(damaged, { repeats: 'drop', pieceBytes: 500 });
    expect(found.events.length).toBeGreaterThanOrEqual(events.length);
    expect(found.reading.facts().damage.map(({ reason }) => reason)).toContain(damageWords.compressedDamaged);
    const wrongSum = Buffer.from(gzipSync(lines));
    wrongSum[wrongSum.length - 6] = (wrongSum[wrongSum.length - 6] ?? 0) ^ 1;
    const summed = await readAll(wrongSum);
    expect(summed.events).toHaveLength(events.length);
    expect(summed.reading.facts().damage).toEqual([{ reason: damageWords.compressedDamaged, count: 1 }]);
    // Nothing is lost before the damaged byte, in a small file as in a large one.
    const early = gzipSync(lines);
    early.fill(0xff, early.length - 200);
    const kept = await readAll(early);
    const cut = await readAll(gzipSync(lines).subarray(0, early.length - 200));
    expect(kept.events.length).toBeGreaterThanOrEqual(cut.events.length);
    expect(kept.events.slice(0, cut.events.length)).toEqual(cut.events);
  });

  it('is stopped at the limit when it decompresses to too much', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));
    const error = await failureOf(readAll(bomb, { limits: { inflatedBytes: 1_000_000 } }));
    expect(error.code).toBe('recording-too-large');
    let most = 0;
    for await (const part of unfold(inPieces(bomb, 100_000))) {
      most = Math.max(most, part.length);
    }
    expect(most).toBeLessThanOrEqual(1 << 16);
  });

  it('closes its source when the reader stops early', async () => {
    let isClosed = false;
    const source = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield await Promise.resolve(members);
      } finally {
        isClosed = true;
      }
    };
    for await (const part of unfold({ open: source })) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
    expect(isClosed).toBe(true);
  });
});
