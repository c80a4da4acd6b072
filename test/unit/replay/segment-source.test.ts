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
    source.onMessage({ kind: 'index', ...indexOf(20) });
  });
  afterEach(() => vi.useRealTimers());

  it('requests a segment once for several callers, and never a kept one', async () => {
    const both = Promise.all([source.load(3), source.load(3)]);
    source.prefetch(3);
    source.onMessage({ kind: 'segment', index: 3, json: json('[3]') });
    expect((await both).map((bytes) => bytes.length)).toEqual([3, 3]);
    await source.load(3);
    expect(asked).toEqual([3]);
  });

  it('matches responses that arrive in any order', async () => {
    const [first, second] = [source.load(1), source.load(2)];
    source.onMessage({ kind: 'segment', index: 2, json: json('[22]') });
    source.onMessage({ kind: 'segment', index: 1, json: json('[1]') });
    expect([(await first).length, (await second).length]).toEqual([3, 4]);
  });

  it('keeps the most recently used segments', async () => {
    for (let index = 0; index < 12; index++) {
      source.prefetch(index);
      source.onMessage({ kind: 'segment', index, json: json('[]') });
      if (source.has(0)) await source.load(0);
    }
    const kept = Array.from({ length: 12 }, (_, index) => index).filter((index) => source.has(index));
    expect(kept).toEqual([0, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('prefetches only segments that exist', () => {
    source.prefetch(20);
    source.prefetch(-1);
    expect(asked).toEqual([]);
  });

  it('fails with the segment’s error code, and requests it again the next time', async () => {
    const load = source.load(4);
    source.onMessage({ kind: 'failed', index: 4, code: 'vault-damaged' });
    await expect(load).rejects.toMatchObject({ code: 'vault-damaged' });
    void source.load(4);
    expect(asked).toEqual([4, 4]);
    expect(failures).toEqual([]);
    source.onMessage({ kind: 'failed', code: 'ipc-refused' });
    expect(failures).toEqual(['ipc-refused']);
  });

  it('reports worker-gone if the worker doesn’t answer', async () => {
    const load = expect(source.load(4)).rejects.toMatchObject({ code: 'worker-gone' });
    await vi.advanceTimersByTimeAsync(20_000);
    await load;
  });

  it('drops segments that differ in a newer index, and keeps the others', () => {
    for (const index of [18, 19]) {
      source.prefetch(index);
      source.onMessage({ kind: 'segment', index, json: json('[]') });
    }
    source.onMessage({ kind: 'index', ...indexOf(20, 2500) });
    expect([source.has(18), source.has(19)]).toEqual([true, false]);
  });
});
