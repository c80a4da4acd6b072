import type { Draft } from '../timeline/draft';
import { readQuotes } from '../timeline/quote';
import type { RecordingPart, TimelineOnlyEvent } from './source';

/** Lines per part: small enough to send one while the next is created. */
const linesInPart = 2000;

/** Returns a timeline entry as a line of a source without replay. */
export function toTimelineEvent(draft: Draft, windowId: string): TimelineOnlyEvent {
  const { at, kind, severity, durationMs, details } = draft;
  const { text, ranges } = readQuotes(draft.text);
  return {
    casement: 'timeline',
    at,
    windowId,
    kind,
    severity,
    text,
    ...(ranges.length > 0 && { personal: ranges }),
    ...(durationMs !== undefined && { durationMs }),
    ...(details !== undefined && { details }),
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
