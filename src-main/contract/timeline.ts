import * as v from 'valibot';

/** What a timeline entry tells of. `note` comes from the user of Casement, all others from the recording. */
export const timelineKinds = [
  'navigation',
  'click',
  'rage-click',
  'input',
  'console-error',
  'console-warning',
  'network-error',
  'viewport',
  'custom',
  'idle',
  'note',
] as const;
export const TimelineKind = v.picklist(timelineKinds);
export type TimelineKind = v.InferOutput<typeof TimelineKind>;

export const severities = ['info', 'warning', 'error'] as const;
export const Severity = v.picklist(severities);
export type Severity = v.InferOutput<typeof Severity>;

/** One line of what happened. */
export const TimelineEntry = v.strictObject({
  /** Milliseconds since the recording's first event. */
  atMs: v.number(),
  /** Wall-clock time in ms since 1970, or null where the policy gives relative times only. */
  wallMs: v.nullable(v.number()),
  /** The tab or window of the user, as the recording numbers them. */
  windowId: v.string(),
  kind: TimelineKind,
  severity: Severity,
  /** Plain words, one line. */
  text: v.string(),
  /** The recorded node's id, where the entry is about one. */
  nodeId: v.optional(v.number()),
  /** Duration in ms of what has one: requests, idle spans. */
  durationMs: v.optional(v.number()),
});
export type TimelineEntry = v.InferOutput<typeof TimelineEntry>;

export const Note = v.strictObject({
  id: v.string(),
  atMs: v.pipe(v.number(), v.minValue(0)),
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4000)),
});
export type Note = v.InferOutput<typeof Note>;

/** The formats that a timeline can be saved in. */
export const timelineFormats = ['md', 'html', 'csv', 'jsonl'] as const;
export const TimelineFormat = v.picklist(timelineFormats);
export type TimelineFormat = v.InferOutput<typeof TimelineFormat>;

/** What an export can be: a timeline, or the whole session as a case file. */
export const ExportFormat = v.union([TimelineFormat, v.literal('case')]);
export type ExportFormat = v.InferOutput<typeof ExportFormat>;
