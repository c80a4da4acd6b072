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

/** The statements of entries. The catalogue has a sentence for each. */
export const timelineVerbs = [
  'opened',
  'reloaded',
  'clicked',
  'changed',
  'selected',
  'copied',
  'scrolled',
  'resized',
  'switched-tab',
  'left-tab',
  'returned-to-tab',
  'threw',
  'logged',
  'requested',
  'went-offline',
  'came-online',
  'measured',
  'blocked',
  'used-memory',
  'failed-hydration',
  'left-breadcrumb',
  'sent-feedback',
  'identified',
  'sent-event',
  'marked',
  'recorded-nothing',
  'lost',
  'misfit',
  'throttled',
  'idled',
  'noted',
  'stated',
] as const;
export const TimelineVerb = v.picklist(timelineVerbs);
export type TimelineVerb = v.InferOutput<typeof TimelineVerb>;

/** Kinds of controls that a user clicks or changes. */
export const controls = [
  'button',
  'link',
  'field',
  'checkbox',
  'radio',
  'switch',
  'list',
  'option',
  'tab',
  'menu-item',
  'slider',
  'file',
  'column',
  'image',
  'other',
] as const;
export const Control = v.picklist(controls);
export type Control = v.InferOutput<typeof Control>;

/** Facts of an entry. They contain no text of the recording, so they pass redaction. Absent if the recording doesn't contain them. */
export const TimelineFacts = v.strictObject({
  /** The kind of control that was clicked or changed. */
  control: v.optional(Control),
  /** Of a request: its method, in uppercase. */
  method: v.optional(v.string()),
  /** Of a request: the status of the response. */
  status: v.optional(v.number()),
  /** Of a request: true if it is known that there was no response. */
  isUnanswered: v.optional(v.literal(true)),
  /** The number of clicks, changes or lost parts that the entry represents. */
  count: v.optional(v.number()),
  /** The scroll depth in viewport heights. */
  screens: v.optional(v.number()),
  /** Of scrolling: true if an element was scrolled, not the page. */
  isSection: v.optional(v.literal(true)),
  /** The size of the viewport in CSS pixels. */
  width: v.optional(v.number()),
  height: v.optional(v.number()),
  /** The number of the tab that the user switched to. */
  tab: v.optional(v.number()),
  /** A measured value, in seconds or without a unit. */
  value: v.optional(v.number()),
  unit: v.optional(v.picklist(['s', ''])),
  /** The share of the memory limit, in percent. */
  percent: v.optional(v.number()),
});
export type TimelineFacts = v.InferOutput<typeof TimelineFacts>;

/** The texts of the recording that an entry quotes, by their source. Each is one line of plain text and not empty. */
export const TimelineQuotes = v.strictObject({
  /** The accessible name or the text of the element that the entry is about. */
  name: v.optional(v.string()),
  /** The heading of the card that contains the element, one of several similar parts of the page. */
  card: v.optional(v.string()),
  /** The tag of an element without a name. */
  tag: v.optional(v.string()),
  /** The URL of the page that was opened or on which it happened, without a query. */
  page: v.optional(v.string()),
  /** The title of the page that was opened. */
  title: v.optional(v.string()),
  /** Of a request: host (unless it is the page's) and path without a query. Segments that look like ids are replaced with `:id`. */
  route: v.optional(v.string()),
  /** The first line of an error's, a log's or a breadcrumb's message. */
  message: v.optional(v.string()),
  /** The category of a breadcrumb, the tag of a custom event, or the metric that was measured. */
  label: v.optional(v.string()),
  /** The selected text, the text of a marker, or that of a note. */
  text: v.optional(v.string()),
  /** The name of the identified user. */
  user: v.optional(v.string()),
  /** The reason why parts of the recording are missing. */
  reason: v.optional(v.string()),
});
export type TimelineQuotes = v.InferOutput<typeof TimelineQuotes>;

/**
 * A line of the timeline. It contains facts and quotes instead of a sentence: the catalogue makes the sentence when the entry is shown or
 * exported, so that redaction maps each quote at its source, and a timeline can be written in another language.
 */
export const TimelineEntry = v.strictObject({
  /** Milliseconds since the recording's first event. */
  atMs: v.number(),
  /** Wall-clock time in ms since 1970, or null if the policy keeps relative times only. */
  wallMs: v.nullable(v.number()),
  /** The user's tab, by its number in the recording. */
  windowId: v.string(),
  kind: TimelineKind,
  severity: Severity,
  verb: TimelineVerb,
  /** The id of the recorded node that the entry is about. */
  nodeId: v.optional(v.number()),
  /** The duration in ms of requests, click bursts, idle intervals, gaps, and notes on an interval. */
  durationMs: v.optional(v.number()),
  facts: v.optional(TimelineFacts),
  quotes: v.optional(TimelineQuotes),
  /** Of a note: the user's tags. */
  tags: v.optional(v.array(v.string())),
});
export type TimelineEntry = v.InferOutput<typeof TimelineEntry>;

/**
 * The zero of a session's times in a merged timeline: the first moment of the case; that of an earlier case, whose time is
 * unknown; or the session's own start.
 */
export const timeOrigins = ['case', 'earlier-case', 'session'] as const;

/** The session of an entry, in a timeline of several sessions. */
const EntrySession = v.strictObject({
  /** Its number, from 1. */
  number: v.number(),
  /** The time of the entry in milliseconds since the start of the session. */
  atMs: v.number(),
  /** The zero of the entry's own `atMs`. */
  origin: v.picklist(timeOrigins),
});

/** A line of a timeline of several sessions. Without `session`, the timeline has only one. */
export const JoinedEntry = v.strictObject({ ...TimelineEntry.entries, session: v.optional(EntrySession) });
export type JoinedEntry = v.InferOutput<typeof JoinedEntry>;
