import * as v from 'valibot';
import { SessionId } from './ids';
import { StoredSession } from './session';
import { Severity, timelineKinds } from './timeline';

/** What a place in which words are found can be: an entry of the timeline, text that stood on the page, or what the session is called. */
export const searchKinds = [...timelineKinds, 'text', 'session'] as const;
export const SearchKind = v.picklist(searchKinds);
export type SearchKind = v.InferOutput<typeof SearchKind>;

const words = v.pipe(v.string(), v.maxLength(320));
const time = v.pipe(v.number(), v.finite());
const duration = v.pipe(v.number(), v.finite(), v.minValue(0));

/** Which sessions come into question at all. What is absent excludes nothing. */
export const SearchFilters = v.strictObject({
  /** A part of the user's name or address, as the platform or the recording tells it. */
  user: v.optional(words),
  /** The name of the source or of the file. */
  source: v.optional(words),
  /** Recorded from … until, ms since 1970, both included. A session whose date is hidden is in no span. */
  fromMs: v.optional(time),
  toMs: v.optional(time),
  /** Words count only in places of these kinds; without words, sessions that have one. */
  kinds: v.optional(v.pipe(v.array(SearchKind), v.maxLength(searchKinds.length))),
  hasError: v.optional(v.boolean()),
  hasRage: v.optional(v.boolean()),
  /** A part of the address of a page that was opened. */
  url: v.optional(words),
  minDurationMs: v.optional(duration),
  maxDurationMs: v.optional(duration),
});
export type SearchFilters = v.InferOutput<typeof SearchFilters>;

export const SearchQuery = v.strictObject({
  /** Words, “phrases”, -words that may not be there, and beginnings of words with a star. The last word counts as a beginning. */
  text: v.pipe(v.string(), v.maxLength(1000)),
  filters: SearchFilters,
  /** Only this session; words are found in it alone. */
  sessionId: v.optional(SessionId),
  /** Goes on where the result that brought it ended. */
  cursor: v.optional(v.pipe(v.string(), v.maxLength(40))),
});
export type SearchQuery = v.InferOutput<typeof SearchQuery>;

/** Places of one session that are counted; there may be more. */
export const mostMoments = 100;

/** A place where words were found. */
export const SearchMoment = v.strictObject({
  /** ms from the session's start. Text on the page has the first moment at which it could be read. */
  atMs: v.number(),
  /** … and how long, for the first time. */
  untilMs: v.optional(v.number()),
  windowId: v.string(),
  kind: SearchKind,
  severity: Severity,
  /** A part of the place's text, one line. */
  snippet: v.string(),
  /** What was found in the snippet: offsets [start, end) in UTF-16 units, in their order and apart. */
  marks: v.array(v.tuple([v.number(), v.number()])),
});
export type SearchMoment = v.InferOutput<typeof SearchMoment>;

export const SearchHit = v.strictObject({
  sessionId: SessionId,
  title: v.string(),
  from: StoredSession.entries.from,
  sourceName: v.string(),
  startedAt: v.number(),
  durationMs: v.number(),
  errorCount: v.number(),
  /** All words stand in one place; otherwise each stands in another. */
  isTogether: v.boolean(),
  /** The first places in the order of time, and how many there are. */
  moments: v.array(SearchMoment),
  momentCount: v.number(),
});
export type SearchHit = v.InferOutput<typeof SearchHit>;

export const SearchResult = v.strictObject({
  hits: v.array(SearchHit),
  /** Of all sessions that match, not of this page alone. */
  sessionCount: v.number(),
  /** Fewer sessions may match than are counted: telling exactly would mean to look into each. */
  isUpperBound: v.boolean(),
  cursor: v.optional(v.string()),
  tookMs: v.number(),
  /** Every stored session was searched; otherwise some still have to be read into the index. */
  isComplete: v.boolean(),
});
export type SearchResult = v.InferOutput<typeof SearchResult>;
