import type { SessionEvent } from '../../contract/recorded-event';
import type { TimelineEntry } from '../../contract/timeline';
import { defaultThresholds, type Draft, type TimelineThresholds } from './draft';
import { ScopeSearch } from './names/tree-scope';
import { findActivity, IdleTrack, isMaskedInput } from './signals/idle';
import { WindowTrack } from './window-track';

export interface TimelineOptions {
  /** With `relative`, no entry holds the wall clock. */
  times: 'relative' | 'absolute';
  /** Wall clock of the session's start in ms, where it isn't the first event's. */
  startedAt?: number;
  thresholds?: Partial<TimelineThresholds>;
}

export interface TimelineBuilder {
  /** Takes the events of a normalised recording in their order, redacted or not. */
  add(event: SessionEvent): void;
  /** All entries in the order of time. Call it once, after the last event. */
  finish(): TimelineEntry[];
}

/** Tells what happened in a session, in one pass over its events. It keeps the page of each window, not the events. */
export function createTimelineBuilder({ times, startedAt, thresholds: changes }: TimelineOptions): TimelineBuilder {
  const thresholds = { ...defaultThresholds, ...changes };
  const search = new ScopeSearch();
  const windows = new Map<string, WindowTrack>();
  const drafts: (Draft & { windowId: string })[] = [];
  let start = startedAt;
  let activeWindow = '';
  let end = 0;
  const idle = new IdleTrack((draft) => drafts.push({ ...draft, windowId: activeWindow }), thresholds.idleMs);

  const openWindow = (windowId: string): WindowTrack => {
    const opened = new WindowTrack((draft) => drafts.push({ ...draft, windowId }), search, thresholds);
    windows.set(windowId, opened);
    return opened;
  };

  return {
    add({ windowId, event }) {
      if (start === undefined) start = event.timestamp;
      if (windows.size === 0) {
        activeWindow = windowId;
        idle.noteActivity(event.timestamp);
      }
      end = Math.max(end, event.timestamp);
      const window = windows.get(windowId) ?? openWindow(windowId);
      const isUsersInput = window.add(event);
      const activeAt = isUsersInput ? event.timestamp : findActivity(event);
      if (activeAt === undefined) return;
      idle.noteActivity(activeAt, isUsersInput && isMaskedInput(event));
      activeWindow = windowId;
    },
    finish() {
      for (const window of windows.values()) window.finish();
      if (windows.size > 0) idle.noteActivity(end);
      const origin = start ?? 0;
      return drafts.sort(inOrder).map(({ at, windowId, kind, severity, text, nodeId, durationMs }) => ({
        atMs: Math.max(0, Math.round(at - origin)),
        wallMs: times === 'absolute' ? Math.round(at) : null,
        windowId,
        kind,
        severity,
        text,
        ...(nodeId !== undefined && { nodeId }),
        ...(durationMs !== undefined && { durationMs: Math.round(durationMs) }),
      }));
    },
  };
}

/** An idle span begins with the last act before it, so it comes after the entry of that act. */
function inOrder(a: Draft, b: Draft): number {
  return a.at - b.at || Number(a.kind === 'idle') - Number(b.kind === 'idle');
}

/** The timeline of a session whose events are all at hand. */
export function buildTimeline(events: Iterable<SessionEvent>, options: TimelineOptions): TimelineEntry[] {
  const builder = createTimelineBuilder(options);
  for (const event of events) builder.add(event);
  return builder.finish();
}
