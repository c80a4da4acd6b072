import { EventType, IncrementalSource } from '@rrweb/types';
import { expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { foldPast } from '../../../src-renderer/replay/fold-past';

const page: RecordedEvent[] = [
  { type: EventType.Meta, data: { href: 'https://a.example/', width: 800, height: 600 }, timestamp: 0 },
  {
    type: EventType.FullSnapshot,
    data: {
      node: { type: 0, id: 1, childNodes: [{ type: 2, id: 2, tagName: 'p', attributes: {}, childNodes: [] }] },
      initialOffset: { left: 0, top: 0 },
    },
    timestamp: 1,
  },
];
const incremental = (timestamp: number, data: object): RecordedEvent => ({
  type: EventType.IncrementalSnapshot,
  data,
  timestamp,
});
const titled = (timestamp: number, title: string): RecordedEvent =>
  incremental(timestamp, {
    source: IncrementalSource.Mutation,
    adds: [],
    removes: [],
    texts: [],
    attributes: [{ id: 2, attributes: { title } }],
  });
const titles = Array.from({ length: 300 }, (_, index) => titled(10 + index, `title ${index}`));
const kinds = (events: RecordedEvent[]): number[] => events.map(({ type }) => type);

it('replaces earlier events by one page and keeps later ones', () => {
  const folded = foldPast([...page, ...titles], 259);
  expect(kinds(folded.slice(0, 2))).toEqual([EventType.Meta, EventType.FullSnapshot]);
  expect(folded.slice(2)).toEqual(titles.slice(250));
  expect(JSON.stringify(folded[1]?.data)).toContain('"title":"title 249"');
  expect(folded.slice(0, 2).map(({ timestamp }) => timestamp)).toEqual([259, 259]);
});

it('returns the events unchanged if few came before, if there is no page and if a canvas was drawn on', () => {
  const drawing = incremental(5, { source: IncrementalSource.CanvasMutation, id: 2, type: 0, commands: [] });
  for (const events of [[...page, ...titles.slice(0, 50)], titles, [...page, drawing, ...titles]]) {
    expect(foldPast(events, 1000)).toBe(events);
  }
});
