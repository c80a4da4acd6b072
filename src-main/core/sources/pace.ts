/** So many requests in any stretch of that length. */
export interface Rate {
  requests: number;
  perMs: number;
}

/** What a platform documents of its limits. */
export interface Pace {
  rates?: readonly Rate[];
  /** Requests under way at one time. */
  concurrent?: number;
}
