import type { TimelineEntry } from '../../../contract/timeline';
import { formatClock, formatRelative, type TimelineDocument } from './document';

/** Writes one JSON object per line. `datetime` is null if the document has only relative times. */
export function writeJsonLines({ entries }: TimelineDocument): string {
  return entries.map((entry) => `${JSON.stringify(toLine(entry))}\n`).join('');
}

function toLine({ atMs, wallMs, windowId, kind, severity, text, nodeId, durationMs, details }: TimelineEntry): object {
  return {
    datetime: wallMs === null ? null : formatClock(wallMs),
    time: formatRelative(atMs),
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
