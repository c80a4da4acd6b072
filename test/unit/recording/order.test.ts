import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent, SessionEvent } from '../../../src-main/contract/recorded-event';
import { damageWords } from '../../../src-main/contract/words/recording';
import { createMemoryStore, FarOutOfOrder, readRecording } from '../../../src-main/core/recording/normalise/normalise';
import { inputOf, type ParseLimits } from '../../../src-main/core/recording/parse';
import { inflatePorts } from '../../../src-main/node/intake/inflate-ports';
import { toBytes } from './harbor';
import { readAll } from './read-all';

const start = 1_700_000_000_000;
const custom = (tag: string, at: number): RecordedEvent => ({ type: 5, data: { tag }, timestamp: start + at });
const meta = (at: number): RecordedEvent => ({
  type: 4,
  data: { href: 'https://a.test/', width: 800, height: 600 },
  timestamp: start + at,
});
const full = (at: number): RecordedEvent => ({
  type: 2,
  data: {
    node: { type: 0, id: 1, childNodes: [{ type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [] }] },
    initialOffset: { top: 0, left: 0 },
  },
  timestamp: start + at,
});
const toLines = (events: readonly SessionEvent[]): Uint8Array =>
  toBytes(events.map(({ windowId, event }) => JSON.stringify([windowId, event])).join('\n'));
/** Tiny memory limits, so that the sort has to write and merge runs. */
const tiny: Partial<ParseLimits> = { blockBytes: 300, reorderEvents: 5, runBytes: 600 };

describe('event order', () => {
  it('is restored by an external sort from any order in the file', async () => {
    const session = fc.array(
      fc.record({
        windowId: fc.constantFrom('a', 'b'),
        event: fc.oneof(
          fc.tuple(fc.string(), fc.nat(50)).map(([tag, at]) => custom(tag, at)),
          fc.nat(50).map(meta),
          fc.nat(50).map(full),
        ),
      }),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(session, async (events) => {
        const bytes = toLines(events);
        const inMemory = await readAll(bytes, { order: 'nearly-sorted' });
        const store = createMemoryStore();
        let written = 0;
        const scratch = {
          write: (block: Uint8Array) => {
            written++;
            return store.write(block);
          },
          read: (ref: number) => store.read(ref),
        };
        // The look-ahead for a missing Meta is as long as the reorder buffer, so that limit is not tiny here.
        const sorted = await readAll(bytes, { order: 'any', scratch, limits: { ...tiny, reorderEvents: 4096 } });
        expect(sorted.events).toEqual(inMemory.events);
        expect(sorted.jsons).toEqual(inMemory.jsons);
        expect(sorted.lost).toEqual(inMemory.lost);
        if (bytes.length > 3000) expect(written).toBeGreaterThan(1);
      }),
      { numRuns: 100 },
    );
  });

  it('is the same for shuffled events, except within one timestamp', async () => {
    const events = [meta(0), full(1), ...Array.from({ length: 80 }, (_, index) => custom(`c${index}`, 2 + index))];
    const inOrder = events.map((event) => ({ windowId: '1', event }));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), async (shuffled) => {
        const found = await readAll(toLines(shuffled), { order: 'any', limits: tiny });
        expect(found.events).toEqual(inOrder);
        expect(found.reading.facts()).toMatchObject({ events: 82, damage: [], startedAt: start, durationMs: 81 });
      }),
      { numRuns: 50 },
    );
  });

  it('is restored in one pass if events are a few positions late, and refused beyond that', async () => {
    const events = Array.from({ length: 400 }, (_, index) => ({ windowId: '1', event: custom(`c${index}`, index) }));
    const late = (places: number): Uint8Array => {
      const moved = [...events];
      const [event] = moved.splice(200, 1);
      if (event) moved.splice(200 + places, 0, event);
      return toLines(moved);
    };
    const limits = { reorderEvents: 50, blockBytes: 500 };
    for (const places of [1, 20, 49]) {
      const found = await readAll(late(places), { limits });
      expect(found.events).toEqual(events);
    }
    // Held events are released in groups, so the effective limit is a little higher.
    const far = { reorderEvents: 50, blockBytes: 500 };
    const many = Array.from({ length: 3000 }, (_, index) => ({ windowId: '1', event: custom(`c${index}`, index) }));
    const [first] = many.splice(100, 1);
    if (first) many.push(first);
    await expect(readAll(toLines(many), { limits: far })).rejects.toThrow(FarOutOfOrder);
    const again = await readAll(toLines(many), { limits: far, order: 'any' });
    expect(again.events.map(({ event }) => event.timestamp - start)).toEqual(Array.from({ length: 3000 }, (_, i) => i));
  });

  it('holds more again when events come later than at the beginning', async () => {
    const events = Array.from({ length: 30_000 }, (_, index) => ({ windowId: '1', event: custom('', index) }));
    const move = (from: number, places: number): void => {
      const [event] = events.splice(from, 1);
      if (event) events.splice(from + places, 0, event);
    };
    move(20_000, 200);
    move(22_000, 500);
    move(24_000, 1500);
    move(27_000, 2500);
    const found = await readAll(toLines(events), { repeats: 'keep' });
    expect(found.events.map(({ event }) => event.timestamp - start)).toEqual(
      Array.from({ length: 30_000 }, (_, i) => i),
    );
  });

  it('keeps the order of events with the same timestamp', async () => {
    const events = Array.from({ length: 40 }, (_, index) => ({ windowId: '1', event: custom(`c${index}`, 5) }));
    for (const order of ['nearly-sorted', 'any'] as const) {
      expect((await readAll(toLines(events), { order, limits: tiny })).events).toEqual(events);
    }
  });

  it('reports the time of damage if it is known', async () => {
    const lines = [
      JSON.stringify(['w', custom('a', 10)]),
      JSON.stringify(['w', { ...custom('', 30), data: {} }]),
      '{broken',
      JSON.stringify(['w', custom('b', 20)]),
      JSON.stringify(['w', { ...custom('', 0), timestamp: 5 }]),
      JSON.stringify(['w', { ...custom('', 0), type: 99, timestamp: start / 1000 + 1 }]),
    ];
    for (const order of ['nearly-sorted', 'any'] as const) {
      const found = await readAll(toBytes(lines.join('\n')), { order });
      expect(found.events.map(({ event }) => event.timestamp - start)).toEqual([10, 20]);
      const lost = found.lost.map(({ reason, at, windowId }) => [reason, at && at - start, windowId]);
      expect(lost).toHaveLength(4);
      expect(lost).toContainEqual([damageWords.badShape, 30, '1']);
      expect(lost).toContainEqual([damageWords.farTime, undefined, '1']);
      expect(lost).toContainEqual([damageWords.unknownKind, 1000, '1']);
      expect(lost.some(([reason]) => reason === damageWords.lineUnreadable)).toBe(true);
    }
  });

  it('finds the page’s size in later events, within the buffer', async () => {
    const found = await readAll(toBytes([full(0), custom('x', 1), meta(5)]), { limits: { blockBytes: 50 } });
    expect(found.events.map(({ event }) => event.type)).toEqual([4, 2, 5, 4]);
    expect(found.events[0]?.event.data).toEqual(meta(0).data);
    expect(found.reading.facts().damage).toEqual([{ reason: damageWords.missingMeta, count: 1 }]);
  });

  it('returns facts at the end only', async () => {
    const reading = readRecording(inputOf(toBytes([meta(0), full(1)])), inflatePorts, { order: 'any' });
    expect(() => reading.facts()).toThrow(RangeError);
    for await (const batch of reading.items) expect(batch.length).toBeGreaterThan(0);
    expect(reading.facts()).toMatchObject({ events: 2, format: 'array', width: 800, height: 600 });
  });

  it('holds no more than the limit while it reads (control: all at once)', async () => {
    const events = [meta(0), full(1), ...Array.from({ length: 30_000 }, (_, index) => custom('x', 2 + index))];
    const bytes = toBytes(events);
    const given: number[] = [];
    const input = {
      async *open() {
        for (let at = 0; at < bytes.length; at += 10_000) {
          given.push(at);
          yield await Promise.resolve(bytes.subarray(at, at + 10_000));
        }
      },
    };
    const readBeforeFirst = async (limits: Partial<ParseLimits>): Promise<number> => {
      given.length = 0;
      const reading = readRecording(input, inflatePorts, { order: 'nearly-sorted', limits });
      for await (const batch of reading.items) {
        expect(batch.length).toBeGreaterThan(0);
        break;
      }
      return given.length;
    };
    expect(await readBeforeFirst({ reorderEvents: 1000, blockBytes: 10_000 })).toBeLessThan(15);
    expect(await readBeforeFirst({ reorderEvents: 1e9, blockBytes: 10_000 })).toBe(Math.ceil(bytes.length / 10_000));
  });
});
