import type { TimelineEntry } from '../../../contract/timeline';
import { showClock, showRelative, type TimelineDocument } from './document';

/** One JSON object a line. `datetime` is null where the document holds relative times only. */
export function writeJsonLines({ entries }: TimelineDocument): string {
  return entries.map((entry) => `${JSON.stringify(toLine(entry))}\n`).join('');
}

function toLine({ atMs, wallMs, windowId, kind, severity, text, nodeId, durationMs, details }: TimelineEntry): object {
  return {
    datetime: wallMs === null ? null : showClock(wallMs),
    time: showRelative(atMs),
    at_ms: atMs,
    window: windowId,
    kind,
    severity,
    message: text,
    ...(durationMs !== undefined && { duration_ms: durationMs }),
    ...(details?.tags && { tags: details.tags }),
    ...(nodeId !== undefined && { node_id: nodeId }),
  };
}
