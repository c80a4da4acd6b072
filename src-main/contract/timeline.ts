import * as v from 'valibot';

/** The kinds of timeline entries. `note` comes from the user of Casement, all others from the recording. */
export const timelineKinds = [
  'navigation',
  'click',
  'dead-click',
  'rage-click',
  'input',
  'selection',
  'copy',
  'scroll',
  'viewport',
  'tab',
  'error',
  'console-error',
  'console-warning',
  'network-error',
  'network-slow',
  'performance',
  'breadcrumb',
  'identify',
  'custom',
  'gap',
  'lost',
  'idle',
  'note',
] as const;
export const TimelineKind = v.picklist(timelineKinds);
export type TimelineKind = v.InferOutput<typeof TimelineKind>;

export const severities = ['info', 'warning', 'error'] as const;
export const Severity = v.picklist(severities);
export type Severity = v.InferOutput<typeof Severity>;

/** The values behind an entry's text, for filtering and sorting. Fields are absent if the recording doesn't contain them. */
const TimelineDetails = v.strictObject({
  /** Of a request: its method, in uppercase. */
  method: v.optional(v.string()),
  /** Of a request: host (unless it is the page's) and path without a query. Segments that look like ids are replaced with `:id`. */
  route: v.optional(v.string()),
  /** Of a request: the status of the response; absent if there was none. */
  status: v.optional(v.number()),
  /** The URL of the page on which it happened, without a query. */
  page: v.optional(v.string()),
  /** The title of the page that was opened. */
  title: v.optional(v.string()),
  /** The number of clicks, changes or lost parts that the entry represents. */
  count: v.optional(v.number()),
  /** The scroll depth in viewport heights. */
  screens: v.optional(v.number()),
  /** The reason why parts of the recording are missing. */
  reason: v.optional(v.string()),
  /** Of a note: the user's tags. */
  tags: v.optional(v.array(v.string())),
});

/** A line of the timeline. */
export const TimelineEntry = v.strictObject({
  /** Milliseconds since the recording's first event. */
  atMs: v.number(),
  /** Wall-clock time in ms since 1970, or null if the policy keeps relative times only. */
  wallMs: v.nullable(v.number()),
  /** The user's tab, by its number in the recording. */
  windowId: v.string(),
  kind: TimelineKind,
  severity: Severity,
  /** Plain text, in one line. */
  text: v.string(),
  /** The id of the recorded node that the entry is about. */
  nodeId: v.optional(v.number()),
  /** The duration in ms of requests, click bursts, idle intervals, gaps, and notes on an interval. */
  durationMs: v.optional(v.number()),
  /**
   * The parts of `text` that quote the recording (names of controls, messages, URLs), as sorted offsets [start, end) in UTF-16 units.
   * Exports omit this field: they are redacted before the text is written.
   */
  personal: v.optional(v.array(v.tuple([v.number(), v.number()]))),
  details: v.optional(TimelineDetails),
});
export type TimelineEntry = v.InferOutput<typeof TimelineEntry>;
