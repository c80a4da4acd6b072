import type { Draft } from '../timeline/draft';
import type { RecordingPart, TimelineOnlyEvent } from './source';

/** Lines per part: small enough to send one while the next is created. */
const linesInPart = 2000;

/** Returns a timeline entry as a line of a source without replay. */
export function toTimelineEvent(draft: Draft, windowId: string): TimelineOnlyEvent {
  const { at, kind, severity, verb, durationMs, facts, quotes } = draft;
  return {
    casement: 'timeline',
    at,
    windowId,
    kind,
    severity,
    verb,
    ...(durationMs !== undefined && { durationMs }),
    ...(facts && { facts }),
    ...(quotes && { quotes }),
  };
}

/** Returns entries as parts of a recording, in JSON lines, so that each part holds complete values. */
export function* toTimelineParts(events: readonly TimelineOnlyEvent[]): Generator<RecordingPart> {
  const encoder = new TextEncoder();
  for (let start = 0; start < events.length; start += linesInPart) {
    const lines = events.slice(start, start + linesInPart);
    yield {
      bytes: encoder.encode(lines.map((event) => `${JSON.stringify(event)}\n`).join('')),
      isDocumentEnd: true,
      resume: undefined,
      progress: { done: start + lines.length, total: events.length },
    };
  }
}
