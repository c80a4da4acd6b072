import { describe, expect, it } from 'vitest';
import type { RecordedEvent, SessionEvent } from '../../../src-main/contract/recorded-event';
import { damageWords } from '../../../src-main/contract/words/recording';
import { hasPage, normaliseRecording } from '../../../src-main/core/recording/normalise/normalise';
import { readHarbor } from './harbor';

const start = 1_700_000_000_000;
const meta = (at = 0): RecordedEvent => ({
  type: 4,
  data: { href: 'https://a.test/', width: 800, height: 600 },
  timestamp: start + at,
});
const full = (at = 0): RecordedEvent => ({
  type: 2,
  data: {
    node: { type: 0, id: 1, childNodes: [{ type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [] }] },
    initialOffset: { top: 0, left: 0 },
  },
  timestamp: start + at,
});
const custom = (tag: string, at = 0): RecordedEvent => ({ type: 5, data: { tag, payload: {} }, timestamp: start + at });
const inWindow = (windowId: string, ...events: RecordedEvent[]): SessionEvent[] =>
  events.map((event) => ({ windowId, event }));
const normalise = (...events: RecordedEvent[]) =>
  normaliseRecording({ format: 'array', events: inWindow('1', ...events) });
const types = ({ events }: { events: SessionEvent[] }): number[] => events.map(({ event }) => event.type);

describe('normaliseRecording', () => {
  it('returns an intact recording unchanged', () => {
    const events = inWindow('1', ...readHarbor());
    const result = normaliseRecording({ format: 'array', events });
    expect(result.events).toEqual(events);
    expect(result.facts).toMatchObject({
      format: 'array',
      windows: ['1'],
      events: 1393,
      damage: [],
      durationMs: 33203,
      width: 1280,
      height: 800,
    });
    expect(result.facts.counts).toMatchObject({ Meta: 2, FullSnapshot: 2, Mutation: 701, Input: 120 });
  });

  it('sorts by time and keeps the order within one millisecond', () => {
    const result = normalise(custom('c', 9), meta(), full(), custom('a', 5), custom('b', 5));
    expect(result.events.map(({ event }) => (event.data as { tag?: string }).tag)).toEqual([
      undefined,
      undefined,
      'a',
      'b',
      'c',
    ]);
  });

  it('drops repeated events, but keeps repeated state changes', () => {
    const style = {
      type: 3,
      data: { source: 0, texts: [], adds: [], removes: [], attributes: [{ id: 2, attributes: { style: 'a' } }] },
      timestamp: start + 1,
    };
    const result = normalise(meta(), full(), custom('a', 1), custom('a', 1), custom('b', 1), custom('a', 2), style, {
      ...style,
    });
    expect(types(result)).toEqual([4, 2, 5, 5, 3, 3, 5]);
    expect(result.facts.damage).toEqual([{ reason: damageWords.repeated, count: 1 }]);
  });

  it('puts a Meta before a full snapshot that has none', () => {
    const resize = { type: 3, data: { source: 4, width: 500, height: 400 }, timestamp: start + 1 };
    const result = normalise(meta(), full(), resize, full(2));
    expect(types(result)).toEqual([4, 2, 3, 4, 2]);
    expect(result.events[3]?.event.data).toEqual({ href: 'https://a.test/', width: 500, height: 400 });
    expect(result.facts.damage).toEqual([{ reason: damageWords.missingMeta, count: 1 }]);
    expect(types(normalise(full(), meta(5)))).toEqual([4, 2, 4]);
    expect(normalise(full()).events[0]?.event.data).toEqual({ href: 'about:blank', width: 1280, height: 720 });
  });

  it('numbers windows by their first appearance, and keeps numbers', () => {
    const events = [
      ...inWindow('uuid-b', meta(), full()),
      ...inWindow('uuid-a', meta(1), full(1)),
      ...inWindow('uuid-b', custom('x', 2)),
    ];
    const { facts, events: numbered } = normaliseRecording({ format: 'x', events });
    expect(facts.windows).toEqual(['1', '2']);
    expect(numbered.map(({ windowId }) => windowId)).toEqual(['1', '1', '2', '2', '1']);
    const kept = normaliseRecording({
      format: 'x',
      events: [...inWindow('2', meta(), full()), ...inWindow('1', meta(1), full(1))],
    });
    expect(kept.facts.windows).toEqual(['2', '1']);
  });

  it('counts a window without a full snapshot', () => {
    const events = [...inWindow('a', meta(), full()), ...inWindow('b', custom('x'))];
    expect(normaliseRecording({ format: 'x', events }).facts.damage).toEqual([
      { reason: damageWords.blindWindow, count: 1 },
    ]);
  });

  it('converts seconds among milliseconds, and drops absurd times', () => {
    const seconds = { ...custom('s'), timestamp: start / 1000 + 1 };
    const zero = { ...custom('z'), timestamp: 0 };
    const result = normalise(meta(), full(), custom('a', 10), seconds, zero);
    expect(result.events.at(-1)?.event.timestamp).toBe(start + 1000);
    expect(result.facts.damage).toEqual([{ reason: damageWords.farTime, count: 1 }]);
    expect(result.facts.durationMs).toBe(1000);
  });

  it('accepts a recording that starts at time zero', () => {
    const result = normalise({ ...meta(), timestamp: 0 }, { ...full(), timestamp: 20 });
    expect(result.facts).toMatchObject({ startedAt: 0, durationMs: 20 });
  });

  const broken: [string, RecordedEvent, string][] = [
    ['no time', { ...custom('x'), timestamp: null as unknown as number }, damageWords.badTime],
    ['a time that is no number', { ...custom('x'), timestamp: Number.NaN }, damageWords.badTime],
    ['a negative time', { ...custom('x'), timestamp: -1 }, damageWords.badTime],
    ['an unknown type', { ...custom('x'), type: 42 }, damageWords.unknownKind],
    ['an unknown source', { type: 3, data: { source: 99 }, timestamp: start }, damageWords.unknownKind],
    [
      'a source from the prototype',
      { type: 3, data: { source: 'constructor' }, timestamp: start },
      damageWords.unknownKind,
    ],
    ['a snapshot without a node', { type: 2, data: {}, timestamp: start }, damageWords.badShape],
    [
      'a snapshot with a broken node deep inside',
      {
        type: 2,
        data: {
          node: {
            type: 0,
            id: 1,
            childNodes: [{ type: 2, id: 2, tagName: 'p', attributes: {}, childNodes: [{ type: 3 }] }],
          },
        },
        timestamp: start,
      },
      damageWords.badShape,
    ],
    ['no data', { type: 3, data: null, timestamp: start }, damageWords.badShape],
    [
      'a mutation with adds as text',
      { type: 3, data: { source: 0, adds: 'x', removes: [], texts: [], attributes: [] }, timestamp: start },
      damageWords.badShape,
    ],
    ['moves without a place', { type: 3, data: { source: 1, positions: [] }, timestamp: start }, damageWords.badShape],
    ['an input without text', { type: 3, data: { source: 5, id: 4 }, timestamp: start }, damageWords.badShape],
    ['a Meta without a size', { type: 4, data: { href: '' }, timestamp: start }, damageWords.badShape],
  ];
  it.each(broken)('drops and counts an event with %s', (_, event, reason) => {
    const result = normalise(meta(), full(), event);
    expect(types(result)).toEqual([4, 2]);
    expect(result.facts.damage).toEqual([{ reason, count: 1 }]);
  });

  it('refuses a recording without events, and reads one without a page', () => {
    expect(hasPage(normalise(meta(), custom('x')).facts)).toBe(false);
    expect(hasPage(normalise(meta(), full()).facts)).toBe(true);
    expect(() => normalise()).toThrow('recording-empty');
  });

  it('doesn’t change its input', () => {
    const events = inWindow('uuid', custom('b', 5), full(), custom('a', 5));
    const copy = structuredClone(events);
    normaliseRecording({ format: 'x', events });
    expect(events).toEqual(copy);
  });
});
