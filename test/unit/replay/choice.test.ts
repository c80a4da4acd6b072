import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SegmentSpan } from '../../../src-main/contract/replay-port';
import { nextIdleJump } from '../../../src-renderer/replay/idle';
import { PlayClock } from '../../../src-renderer/replay/play-clock';
import { findSegment } from '../../../src-main/contract/shared/segment-search';
import { clampMoment, edgeAfter, lastMoment } from '../../../src-renderer/replay/segment-choice';

const spans = (...starts: number[]): SegmentSpan[] =>
  starts.map((startMs) => ({ startMs, endMs: startMs + 5, keyframe: 0 }));

describe('findSegment', () => {
  it('returns the last segment that begins at or before a moment, or the first segment for an earlier moment', () => {
    const segments = spans(100, 200, 200, 300);
    expect([0, 99, 100, 199, 200, 299, 300, 9999].map((atMs) => findSegment(segments, atMs))).toEqual([
      0, 0, 0, 0, 2, 2, 3, 3,
    ]);
    expect(findSegment([], 5)).toBe(-1);
    expect(findSegment(segments, NaN)).toBe(0);
  });

  it('finds the same segment as a linear search', () => {
    const times = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(times, fc.integer({ min: -10, max: 1100 }), (starts, atMs) => {
        const segments = spans(...starts.sort((a, b) => a - b));
        const walked = segments.findLastIndex(({ startMs }) => startMs <= atMs);
        expect(findSegment(segments, atMs)).toBe(Math.max(0, walked));
      }),
    );
  });

  it('ends a segment where the next one begins', () => {
    expect(edgeAfter(spans(100, 200), 0)).toBe(200);
    expect(edgeAfter(spans(100, 200), 1)).toBe(Infinity);
  });
});

describe('clampMoment and lastMoment', () => {
  const index = { startedAt: 0, durationMs: 1000, segments: spans(0, 400), idle: [] };

  it('clamps moments to the session', () => {
    expect([-5, 0, 500, 1000, 2000, NaN, Infinity].map((atMs) => clampMoment(index, atMs))).toEqual([
      0, 0, 500, 1000, 1000, 0, 0,
    ]);
  });

  it('ends playback with the window, which may end before the session', () => {
    expect(lastMoment(index)).toBe(405);
  });
});

describe('idle time', () => {
  const idle: [number, number][] = [
    [1000, 1500],
    [2000, 12_000],
    [20_000, 30_000],
  ];

  it('jumps over idle periods except a little at both ends, and plays short ones', () => {
    expect(nextIdleJump(idle, 0)).toEqual({ fromMs: 2700, toMs: 11_300 });
    expect(nextIdleJump(idle, 5000)).toEqual({ fromMs: 2700, toMs: 11_300 });
  });

  it('skips to the next idle period from the landing point of a jump on', () => {
    expect(nextIdleJump(idle, 11_300)).toEqual({ fromMs: 20_700, toMs: 29_300 });
    expect(nextIdleJump(idle, 29_300)).toBeUndefined();
  });
});

describe('PlayClock', () => {
  it('runs at its speed, stops, and keeps its time when the speed changes', () => {
    let now = 50;
    const clock = new PlayClock(() => now);
    clock.set(1000);
    now += 500;
    expect(clock.atMs).toBe(1000);
    clock.run();
    now += 100;
    expect(clock.atMs).toBe(1100);
    clock.setSpeed(4);
    now += 100;
    expect(clock.atMs).toBe(1500);
    clock.stop();
    now += 100;
    expect(clock.atMs).toBe(1500);
  });
});
