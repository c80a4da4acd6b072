/** The maximum number of requests in any interval of `perMs`. */
export interface Rate {
  requests: number;
  perMs: number;
}

/** The documented limits of a platform. */
export interface Pace {
  rates?: readonly Rate[];
  /** The maximum number of concurrent requests. */
  concurrent?: number;
}
