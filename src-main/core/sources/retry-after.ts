/** A server that asks for more than a day means something else. */
const longestSeconds = 86_400;

/**
 * `Retry-After` in whole seconds, rounded up: either a count of seconds or an HTTP date (RFC 9110, 10.2.3).
 * A date needs `nowMs`; undefined when there is no header or it can't be understood.
 */
export function retryAfterSeconds(header: string | undefined, nowMs?: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text), longestSeconds);
  // Date.parse takes much that is no HTTP date; the three forms all start with the weekday.
  if (nowMs === undefined || !/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) return undefined;
  return Math.min(Math.max(0, Math.ceil((atMs - nowMs) / 1000)), longestSeconds);
}

/** Where platforms say how many requests are left until then. */
const leftHeaders = ['x-sentry-rate-limit-remaining', 'x-ratelimit-remaining', 'ratelimit-remaining'];

/** Where platforms say at which second (since 1970) their budget is full again. */
const resetHeaders = ['x-sentry-rate-limit-reset', 'x-ratelimit-reset', 'ratelimit-reset'];

/** A reset is a moment, not a length of time, from here on; below it is a count of seconds. */
const firstMoment = 1_000_000_000;

/**
 * How many whole seconds a reply asks to wait: by its `Retry-After`, else by the platform's own reset header, which needs `nowMs`
 * where it names a moment. Undefined where neither says.
 */
export function waitSeconds(headers: Readonly<Record<string, string>>, nowMs?: number): number | undefined {
  return retryAfterSeconds(headers['retry-after'], nowMs) ?? resetSeconds(headers, nowMs);
}

function resetSeconds(headers: Readonly<Record<string, string>>, nowMs: number | undefined): number | undefined {
  for (const name of resetHeaders) {
    const text = headers[name]?.trim() ?? '';
    if (!/^\d{1,12}(\.\d+)?$/.test(text)) continue;
    const reset = Number(text);
    if (reset < firstMoment) return Math.min(Math.ceil(reset), longestSeconds);
    if (nowMs !== undefined) return Math.min(Math.max(0, Math.ceil(reset - nowMs / 1000)), longestSeconds);
  }
  return undefined;
}

/** What a reply tells of its platform's limits, whatever its status. */
export interface RateLimitInfo {
  /** Requests left, and in how many ms there will be more. */
  left?: { requests: number; resetMs: number };
  /** Requests that may be under way at one time. */
  concurrent?: number;
}

/** A platform whose window is longer says so with a 429; a reset beyond is a mistake or a wrong clock, ms. */
const longestWindowMs = 15 * 60_000;

/** `nowMs` is the server's own time where it tells: only then is a moment free of the difference between two clocks. */
export function readLimits(headers: Readonly<Record<string, string>>, nowMs: number): RateLimitInfo {
  const left = leftHeaders.map((name) => readCount(headers[name])).find((count) => count !== undefined);
  const resetMs = (resetSeconds(headers, nowMs) ?? Infinity) * 1000;
  const concurrent = readCount(headers['x-sentry-rate-limit-concurrentlimit']);
  return {
    ...(left !== undefined && resetMs <= longestWindowMs && { left: { requests: left, resetMs } }),
    ...(concurrent !== undefined && concurrent > 0 && { concurrent }),
  };
}

function readCount(text = ''): number | undefined {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
}
