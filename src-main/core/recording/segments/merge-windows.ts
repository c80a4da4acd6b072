import type { RecordedEvent, SessionEvent } from '../../../contract/recorded-event';
import { groupByWindow, readSegmentText, type Segment } from './segment';

/**
 * Yields the recorded events of segments in order of time, without keyframes. Ties are broken by window order. One segment of each
 * window is in memory.
 */
export async function* mergeWindows<S extends Segment>(
  segments: readonly S[],
  read: (segment: S) => Promise<Uint8Array>,
): AsyncGenerator<SessionEvent> {
  const windows = [];
  for (const [windowId, own] of groupByWindow(segments)) {
    const events = readWindow(own, read);
    windows.push({ windowId, events, next: await events.next() });
  }
  for (;;) {
    let first: (typeof windows)[number] | undefined;
    for (const window of windows) {
      if (window.next.done) continue;
      if (!first || first.next.done || window.next.value.timestamp < first.next.value.timestamp) first = window;
    }
    if (!first || first.next.done) return;
    yield { windowId: first.windowId, event: first.next.value };
    first.next = await first.events.next();
  }
}

async function* readWindow<S extends Segment>(
  segments: readonly S[],
  read: (segment: S) => Promise<Uint8Array>,
): AsyncGenerator<RecordedEvent> {
  for (const segment of segments) yield* readSegmentText(await read(segment)).slice(segment.keyframe);
}
