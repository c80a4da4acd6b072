import * as v from 'valibot';

/** What a timeline entry tells of. `note` comes from the user of Casement, all others from the recording. */
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

/** What an entry's words say, as values to filter and sort by. Absent where the recording doesn't tell it. */
const TimelineDetails = v.strictObject({
  /** Of a request: its method, in capitals. */
  method: v.optional(v.string()),
  /** Of a request: host (where it isn't the page's own) and path, with `:id` in place of what looks like an id, without a query. */
  route: v.optional(v.string()),
  /** Of a request: the status of its answer; absent where none came. */
  status: v.optional(v.number()),
  /** The address of the page on which it happened, without a query. */
  page: v.optional(v.string()),
  /** The title of the page that was opened. */
  title: v.optional(v.string()),
  /** How many clicks, changes or lost parts the entry stands for. */
  count: v.optional(v.number()),
  /** How far down, in heights of the window. */
  screens: v.optional(v.number()),
  /** Why parts of the recording are missing. */
  reason: v.optional(v.string()),
  /** Of a note: the user's tags. */
  tags: v.optional(v.array(v.string())),
});

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
  /** Duration in ms of what has one: requests, runs of clicks, idle spans, gaps, notes on a stretch. */
  durationMs: v.optional(v.number()),
  /**
   * The places in `text` that quote the recording (names of controls, messages, addresses), as offsets [start, end) in UTF-16 units,
   * in their order. Exported formats leave them out: what is exported was redacted before its words were made.
   */
  personal: v.optional(v.array(v.tuple([v.number(), v.number()]))),
  details: v.optional(TimelineDetails),
});
export type TimelineEntry = v.InferOutput<typeof TimelineEntry>;
