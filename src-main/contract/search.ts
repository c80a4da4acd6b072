import * as v from 'valibot';
import { SessionId } from './ids';
import { StoredSession } from './session';
import { Severity, timelineKinds } from './timeline';

/** The kinds of search matches: a timeline entry, text on the page, or the session's title and source. */
export const searchKinds = [...timelineKinds, 'text', 'session'] as const;
export const SearchKind = v.picklist(searchKinds);
export type SearchKind = v.InferOutput<typeof SearchKind>;

const words = v.pipe(v.string(), v.maxLength(320));
const time = v.pipe(v.number(), v.finite());
const duration = v.pipe(v.number(), v.finite(), v.minValue(0));

/** Restricts the sessions that are searched. Absent filters exclude nothing. */
export const SearchFilters = v.strictObject({
  /** A part of the user's name or email address, as the platform or the recording reports it. */
  user: v.optional(words),
  /** The name of the source or file. */
  source: v.optional(words),
  /** The inclusive range of recording times, ms since 1970. Sessions with a hidden date never match. */
  fromMs: v.optional(time),
  toMs: v.optional(time),
  /** Searches only matches of these kinds. Without a text, keeps the sessions that have an entry of one of them. */
  kinds: v.optional(v.pipe(v.array(SearchKind), v.maxLength(searchKinds.length))),
  hasError: v.optional(v.boolean()),
  hasRage: v.optional(v.boolean()),
  /** A part of the URL of a visited page. */
  url: v.optional(words),
  minDurationMs: v.optional(duration),
  maxDurationMs: v.optional(duration),
});
export type SearchFilters = v.InferOutput<typeof SearchFilters>;

export const SearchQuery = v.strictObject({
  /** Words, “phrases”, -excluded words, and prefixes with a star. The last word is always a prefix. */
  text: v.pipe(v.string(), v.maxLength(1000)),
  filters: SearchFilters,
  /** Searches only this session. */
  sessionId: v.optional(SessionId),
  /** Continues the result that returned it. */
  cursor: v.optional(v.pipe(v.string(), v.maxLength(40))),
});
export type SearchQuery = v.InferOutput<typeof SearchQuery>;

/** The most matches that are counted in a session; there may be more. */
export const mostMoments = 100;

/** A match of a search. */
export const SearchMoment = v.strictObject({
  /** ms since the session's start. For text on the page, the moment at which it became visible. */
  atMs: v.number(),
  /** For text on the page, the end of its first visible interval. */
  untilMs: v.optional(v.number()),
  windowId: v.string(),
  kind: SearchKind,
  severity: Severity,
  /** An excerpt of the text, in one line. */
  snippet: v.string(),
  /** The highlights in the snippet: sorted, disjoint offsets [start, end) in UTF-16 units. */
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
  /** A single match contains all words. Otherwise they are spread over several. */
  isTogether: v.boolean(),
  /** The first matches, sorted by time. `momentCount` is the number of all matches. */
  moments: v.array(SearchMoment),
  momentCount: v.number(),
});
export type SearchHit = v.InferOutput<typeof SearchHit>;

export const SearchResult = v.strictObject({
  hits: v.array(SearchHit),
  /** The number of all matching sessions, not only those on this page. */
  sessionCount: v.number(),
  /** `sessionCount` is an upper bound: an exact count would require reading every candidate. */
  isUpperBound: v.boolean(),
  cursor: v.optional(v.string()),
  tookMs: v.number(),
  /** All stored sessions were searched. Otherwise some aren't indexed yet. */
  isComplete: v.boolean(),
});
export type SearchResult = v.InferOutput<typeof SearchResult>;
