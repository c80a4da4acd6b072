import { EventType, IncrementalSource } from '@rrweb/types';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { firstPageMs, prepareScene } from '../../../src-renderer/replay/scene-events';

const fallback = { width: 640, height: 480 };
const meta = (timestamp: number, width = 800, href = 'https://a.example/'): RecordedEvent => ({
  type: EventType.Meta,
  data: { href, width, height: 600 },
  timestamp,
});
const snapshot = (timestamp: number, name = 'page'): RecordedEvent => ({
  type: EventType.FullSnapshot,
  data: {
    node: {
      type: 0,
      id: 1,
      childNodes: [
        { type: 2, id: 2, tagName: 'div', attributes: { id: name, rr_scrollTop: 30 }, childNodes: [] },
        { type: 2, id: 3, tagName: 'div', attributes: {}, childNodes: [] },
      ],
    },
    initialOffset: { left: 0, top: 120 },
  },
  timestamp,
});
const incremental = (timestamp: number, data: object): RecordedEvent => ({
  type: EventType.IncrementalSnapshot,
  data,
  timestamp,
});
const text = (timestamp: number): RecordedEvent =>
  incremental(timestamp, { source: IncrementalSource.Mutation, adds: [], removes: [], texts: [], attributes: [] });
const moves = (timestamp: number, ...offsets: number[]): RecordedEvent =>
  incremental(timestamp, {
    source: IncrementalSource.MouseMove,
    positions: offsets.map((timeOffset) => ({ x: timestamp + timeOffset, y: 0, id: 2, timeOffset })),
  });
const scroll = (timestamp: number, id: number, y: number): RecordedEvent =>
  incremental(timestamp, { source: IncrementalSource.Scroll, id, x: 0, y });
const resize = (timestamp: number, width: number): RecordedEvent =>
  incremental(timestamp, { source: IncrementalSource.ViewportResize, width, height: 600 });

/** Returns kind and time of the Replayer's events, without the last one, which only keeps its clock running. */
function summarize(events: readonly RecordedEvent[] = []): string[] {
  return events.slice(0, -1).map(({ type, data, timestamp }) => {
    const { source } = data as { source?: number };
    return `${source === undefined ? EventType[type] : IncrementalSource[source]} ${timestamp}`;
  });
}

describe('prepareScene', () => {
  it('begins with one Meta and the last full snapshot before the moment', () => {
    const recorded = [meta(0), snapshot(10), text(20), meta(100, 900), snapshot(110), text(120), text(130)];
    expect(summarize(prepareScene(recorded, 125, fallback)?.events)).toEqual([
      'Meta 110',
      'FullSnapshot 110',
      'Mutation 120',
      'Mutation 130',
    ]);
    expect(prepareScene(recorded, 125, fallback)?.size.width).toBe(900);
    expect(summarize(prepareScene(recorded, 15, fallback)?.events).slice(0, 2)).toEqual(['Meta 10', 'FullSnapshot 10']);
  });

  it('never seeks to the full snapshot or before it', () => {
    const recorded = [meta(0), snapshot(10), text(20)];
    for (const atMs of [-50, 0, 10]) expect(prepareScene(recorded, atMs, fallback)?.fromMs).toBe(10.5);
    expect(prepareScene(recorded, 12, fallback)?.fromMs).toBe(12);
    expect(prepareScene(recorded, 0, fallback)?.pageMs).toBe(10);
  });

  it('returns undefined without a full snapshot', () => {
    expect(prepareScene([meta(0), text(5)], 5, fallback)).toBeUndefined();
    expect(prepareScene([], 5, fallback)).toBeUndefined();
  });

  it('splits batches of pointer moves, and keeps only the last past move', () => {
    const scene = prepareScene(
      [meta(0), snapshot(10), moves(500, -400, -200, 0), moves(900, -300, -100)],
      550,
      fallback,
    );
    expect(summarize(scene?.events)).toEqual([
      'Meta 10',
      'FullSnapshot 10',
      'MouseMove 500',
      'MouseMove 600',
      'MouseMove 800',
    ]);
    for (const { data } of scene?.events ?? []) {
      const { positions } = (data ?? {}) as { positions?: { timeOffset: number }[] };
      if (positions) expect(positions.map(({ timeOffset }) => timeOffset)).toEqual([0]);
    }
  });

  it('gives moves before the page the time of the page', () => {
    const scene = prepareScene([meta(0), snapshot(400), moves(500, -450)], 600, fallback);
    expect(summarize(scene?.events)).toContain('MouseMove 400');
  });

  it('turns a later Meta into a resize', () => {
    const scene = prepareScene([meta(0), snapshot(10), text(20), meta(30, 500)], 25, fallback);
    expect(summarize(scene?.events)).toEqual(['Meta 10', 'FullSnapshot 10', 'Mutation 20', 'ViewportResize 30']);
  });

  it('begins with the size at the moment', () => {
    const recorded = [meta(0), snapshot(10), resize(20, 700), resize(40, 300)];
    expect(prepareScene(recorded, 30, fallback)?.size.width).toBe(700);
    expect(prepareScene(recorded, 30, fallback)?.events[0]?.data).toMatchObject({ width: 700 });
    expect(prepareScene([snapshot(10), text(20)], 30, fallback)?.size).toEqual(fallback);
    const hostile = [meta(0), snapshot(10), resize(20, NaN), resize(21, -5), resize(22, 1e12)];
    expect(prepareScene(hostile, 30, fallback)?.size.width).toBe(800);
  });

  it('returns scroll offsets and removes them from the snapshot', () => {
    const scene = prepareScene(
      [meta(0), snapshot(10), scroll(20, 3, 5), scroll(30, 3, 55), scroll(50, 1, 9)],
      40,
      fallback,
    );
    expect(Object.fromEntries(scene?.scrolls ?? [])).toEqual({
      1: { x: 0, y: 120 },
      2: { x: 0, y: 30 },
      3: { x: 0, y: 55 },
    });
    expect(summarize(scene?.events)).toEqual(['Meta 10', 'FullSnapshot 10', 'Scroll 50']);
    expect(JSON.stringify(scene?.events)).not.toContain('rr_scroll');
  });

  it('drops events without effect on the page, and returns drawings separately', () => {
    const custom = { type: EventType.Custom, data: {}, timestamp: 15 };
    const drawing = incremental(18, { source: IncrementalSource.CanvasMutation, id: 3, type: 0, commands: [] });
    const scene = prepareScene([meta(0), snapshot(10), custom, drawing, text(20)], 30, fallback);
    expect(summarize(scene?.events)).toEqual(['Meta 10', 'FullSnapshot 10', 'Mutation 20']);
    expect(scene?.drawings).toEqual([drawing]);
  });

  it('keeps the Replayer from ending within a segment', () => {
    const events = prepareScene([meta(0), snapshot(10), text(20)], 15, fallback)?.events ?? [];
    expect(events.at(-1)?.timestamp).toBeGreaterThan(1e9);
  });

  it('accepts damaged data', () => {
    const broken = [null, 'x', { source: 1 }, { source: 1, positions: [null, {}] }, { source: 3 }, { source: 4 }];
    const recorded = [meta(0), snapshot(10), ...broken.map((data) => incremental(20, data as object))];
    expect(() => prepareScene(recorded, 30, fallback)).not.toThrow();
  });
});

describe('firstPageMs', () => {
  it('skips the browser’s empty page', () => {
    expect(firstPageMs([meta(0, 800, 'about:blank'), snapshot(5), meta(50), snapshot(60)])).toBe(60);
    expect(firstPageMs([meta(0), snapshot(5)])).toBe(5);
    expect(firstPageMs([meta(0, 800, 'about:blank'), snapshot(5)])).toBeUndefined();
  });
});
