import type { TimelineEntry } from '../../contract/timeline';

/** An entry of version 1, which contained its sentence in English. */
interface EntryV1 extends Omit<TimelineEntry, 'verb' | 'facts' | 'quotes' | 'tags'> {
  text: string;
  details?: { count?: number; reason?: string; page?: string; title?: string };
}

/**
 * Converts a stored entry of any version to the current form. Timelines of recorded events are rebuilt instead; this keeps those of
 * platforms without recordings, and the entries about damaged parts, for which there are no events.
 */
export function upgradeEntry(entry: TimelineEntry | EntryV1): TimelineEntry {
  if (!('text' in entry)) return entry;
  const { atMs, wallMs, windowId, kind, severity, nodeId, durationMs, text, details = {} } = entry;
  const rest = {
    atMs,
    wallMs,
    windowId,
    kind,
    severity,
    ...(nodeId !== undefined && { nodeId }),
    ...(durationMs !== undefined && { durationMs }),
  };
  const { count, reason, page, title } = details;
  if (kind === 'lost' && reason !== undefined) {
    return { ...rest, verb: 'lost', ...(count !== undefined && { facts: { count } }), quotes: { reason } };
  }
  return {
    ...rest,
    verb: 'stated',
    quotes: { text, ...(page !== undefined && { page }), ...(title !== undefined && { title }) },
  };
}
