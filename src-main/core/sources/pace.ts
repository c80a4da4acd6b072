/**
 * The documented limits of a platform that a client must know in advance. Its rates are learnt from replies: a server without limits is never
 * slowed down, and one with other limits than documented is obeyed.
 */
export interface Pace {
  /** The maximum number of concurrent requests. */
  concurrent?: number;
}

/** A platform's limit for the requests that follow a live session, which lasts for hours. */
export interface PollLimit {
  /** The counter of those requests, as `counterOf` names it. */
  counter: string;
  /** Returns the documented number of requests per hour; undefined if there is no limit. */
  perHour: (connection: { origin: string; isSignedIn: boolean }) => number | undefined;
}
