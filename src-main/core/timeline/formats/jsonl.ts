import type { JoinedEntry } from '../../../contract/timeline';
import { entryText } from '../../../contract/words/timeline';
import { formatClock, formatRelative, type TimelineDocument } from './document';

/** Writes one JSON object per line. `datetime` is null if the document has only relative times. */
export function writeJsonLines({ entries }: TimelineDocument): string {
  return entries.map((entry) => `${JSON.stringify(toLine(entry))}\n`).join('');
}

function toLine(entry: JoinedEntry): object {
  const { atMs, wallMs, session, windowId, kind, severity, nodeId, durationMs, tags } = entry;
  return {
    datetime: wallMs === null ? null : formatClock(wallMs),
    time: formatRelative(atMs),
    at_ms: atMs,
    ...(session && { session: session.number, session_at_ms: session.atMs }),
    window: windowId,
    kind,
    severity,
    message: entryText(entry),
    ...(durationMs !== undefined && { duration_ms: durationMs }),
    ...(tags && { tags }),
    ...(nodeId !== undefined && { node_id: nodeId }),
  };
}
