import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { idleOf, indexOf } from '../../../src-main/worker/jobs/replay/replay-index';

const segment = (startMs: number, endMs: number) => ({
  windowId: 'w',
  startMs,
  endMs,
  events: 1,
  bytes: 1,
  keyframe: 2,
});
const facts = { startedAt: 1000, durationMs: 60_000 };
const idle = (atMs: number, durationMs: number): TimelineEntry => ({
  atMs,
  durationMs,
  kind: 'idle',
  windowId: 'other',
  severity: 'info',
  verb: 'idled',
  wallMs: null,
});

describe('the index of a window', () => {
  const index = indexOf(facts, [segment(11_000, 20_000), segment(20_500, 30_000), segment(50_000, 61_000)]);

  it('has times relative to the session’s start', () => {
    expect(index.segments).toEqual([
      { startMs: 10_000, endMs: 19_000, keyframe: 2 },
      { startMs: 19_500, endMs: 29_000, keyframe: 2 },
      { startMs: 49_000, endMs: 60_000, keyframe: 2 },
    ]);
  });

  it('counts time without recorded events as idle', () => {
    expect(index.idle).toEqual([
      [0, 10_000],
      [29_000, 49_000],
    ]);
  });

  it('merges it with the idle spans of the timeline, in order and without overlaps', () => {
    expect(idleOf([idle(52_000, 100_000), idle(12_000, 6000), idle(45_000, 6000)], index)).toEqual([
      [0, 10_000],
      [12_000, 18_000],
      [29_000, 51_000],
      [52_000, 60_000],
    ]);
  });
});
