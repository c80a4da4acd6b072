import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReplayIndex } from '../../../src-main/contract/replay-port';
import { SegmentSource } from '../../../src-renderer/replay/segment-source';

const json = (text: string): Uint8Array => new TextEncoder().encode(text);

function indexOf(count: number, lastEndMs = count * 100): ReplayIndex {
  const segments = Array.from({ length: count }, (_, n) => ({
    startMs: n * 100,
    endMs: n === count - 1 ? lastEndMs : n * 100 + 99,
    keyframe: n,
  }));
  return { startedAt: 0, durationMs: lastEndMs, segments, idle: [] };
}

describe('SegmentSource', () => {
  let asked: number[];
  let failures: string[];
  let source: SegmentSource;

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    failures = [];
    source = new SegmentSource(
      ({ index }) => asked.push(index),
      () => undefined,
      ({ code }) => failures.push(code),
    );
    source.hear({ kind: 'index', ...indexOf(20) });
  });
  afterEach(() => vi.useRealTimers());

  it('asks once for a segment that several want, and not again for one that it has', async () => {
    const both = Promise.all([source.load(3), source.load(3)]);
    source.prefetch(3);
    source.hear({ kind: 'segment', index: 3, json: json('[3]') });
    expect((await both).map((bytes) => bytes.length)).toEqual([3, 3]);
    await source.load(3);
    expect(asked).toEqual([3]);
  });

  it('gives each its own, in whatever order they come', async () => {
    const [first, second] = [source.load(1), source.load(2)];
    source.hear({ kind: 'segment', index: 2, json: json('[22]') });
    source.hear({ kind: 'segment', index: 1, json: json('[1]') });
    expect([(await first).length, (await second).length]).toEqual([3, 4]);
  });

  it('keeps a few, those that were used last', async () => {
    for (let index = 0; index < 12; index++) {
      source.prefetch(index);
      source.hear({ kind: 'segment', index, json: json('[]') });
      if (source.has(0)) await source.load(0);
    }
    const kept = Array.from({ length: 12 }, (_, index) => index).filter((index) => source.has(index));
    expect(kept).toEqual([0, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('prefetches only what there is', () => {
    source.prefetch(20);
    source.prefetch(-1);
    expect(asked).toEqual([]);
  });

  it('fails with the code of that segment, and asks again the next time', async () => {
    const load = source.load(4);
    source.hear({ kind: 'failed', index: 4, code: 'vault-damaged' });
    await expect(load).rejects.toMatchObject({ code: 'vault-damaged' });
    void source.load(4);
    expect(asked).toEqual([4, 4]);
    expect(failures).toEqual([]);
    source.hear({ kind: 'failed', code: 'ipc-refused' });
    expect(failures).toEqual(['ipc-refused']);
  });

  it('takes a worker that says nothing for gone', async () => {
    const load = expect(source.load(4)).rejects.toMatchObject({ code: 'worker-gone' });
    await vi.advanceTimersByTimeAsync(20_000);
    await load;
  });

  it('forgets what a newer index tells otherwise, and keeps the rest', () => {
    for (const index of [18, 19]) {
      source.prefetch(index);
      source.hear({ kind: 'segment', index, json: json('[]') });
    }
    source.hear({ kind: 'index', ...indexOf(20, 2500) });
    expect([source.has(18), source.has(19)]).toEqual([true, false]);
  });
});
