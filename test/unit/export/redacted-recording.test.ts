import { expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { RecordingWriter } from '../../../src-main/core/export/redacted-recording';
import { createMemoryStore } from '../../../src-main/core/recording/normalise/normalise';
import { readSegmentText } from '../../../src-main/core/recording/segments/segment';
import { element, incremental, snapshot, startedAt } from '../redaction/small-page';

const meta: RecordedEvent = {
  type: 4,
  data: { href: 'https://shop.test/', width: 800, height: 600 },
  timestamp: startedAt,
};
const page = snapshot([element(5, 'input')]);
const click = (at: number): RecordedEvent => incremental(2, { type: 2, id: 5 }, at);

it.each<[string, RecordedEvent[], boolean]>([
  ['a full snapshot', [page, click(900)], true],
  ['a Meta event and a full snapshot', [meta, page, click(900)], true],
  ['a Meta event alone', [meta, click(900), page], false],
  ['an event of a page that was not recorded', [click(0), page], false],
])('says if a replay can begin with a segment: %s', async (_, events, expected) => {
  const writer = new RecordingWriter(createMemoryStore());
  for (const event of events) writer.add({ windowId: '1', event });
  const { segments } = await writer.finish();
  expect(segments.map(({ startsWithPage }) => startsWithPage)).toEqual([expected]);
});

it('lets a replay begin with every later segment of a window with a page', async () => {
  const writer = new RecordingWriter(createMemoryStore());
  writer.add({ windowId: '1', event: page });
  for (let index = 0; index < 4000; index++) writer.add({ windowId: '1', event: click(1000 + index) });
  const recording = await writer.finish();
  expect(recording.segments.length).toBeGreaterThan(1);
  for (const segment of recording.segments) {
    const [first, second] = readSegmentText(await recording.read(segment));
    expect(segment.startsWithPage).toBe(first?.type === 2 || (first?.type === 4 && second?.type === 2));
    expect(segment.startsWithPage).toBe(true);
  }
});
