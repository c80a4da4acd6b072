/** Longer waits are capped: a server that asks for more than a day is misconfigured. */
const maxSeconds = 86_400;

/**
 * Parses `Retry-After`, a number of seconds or an HTTP date (RFC 9110, 10.2.3), and returns whole seconds, rounded up. A
 * date needs `nowMs`. Returns undefined if the header is missing or invalid.
 */
export function retryAfterSeconds(header: string | undefined, nowMs?: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text), maxSeconds);
  // Date.parse accepts more than HTTP dates; all three forms of those start with the weekday.
  if (nowMs === undefined || !/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) return undefined;
  return Math.min(Math.max(0, Math.ceil((atMs - nowMs) / 1000)), maxSeconds);
}

/** Headers with the number of requests left until the reset. */
const quotaHeaders = ['x-sentry-rate-limit-remaining', 'x-ratelimit-remaining', 'ratelimit-remaining'];

/** Headers with the time of the reset, in seconds since 1970, or the seconds until then. */
const resetHeaders = ['x-sentry-rate-limit-reset', 'x-ratelimit-reset', 'ratelimit-reset'];

/** A reset from this value on is a Unix time; a smaller one is a number of seconds. */
const firstUnixTime = 1_000_000_000;

/**
 * Returns the wait in whole seconds that a reply asks for: its `Retry-After`, or else the platform's reset header. A Unix
 * time needs `nowMs`. Returns undefined if there is neither.
 */
export function waitSeconds(headers: Readonly<Record<string, string>>, nowMs?: number): number | undefined {
  return retryAfterSeconds(headers['retry-after'], nowMs) ?? resetSeconds(headers, nowMs);
}

function resetSeconds(headers: Readonly<Record<string, string>>, nowMs: number | undefined): number | undefined {
  for (const name of resetHeaders) {
    const text = headers[name]?.trim() ?? '';
    if (!/^\d{1,12}(\.\d+)?$/.test(text)) continue;
    const reset = Number(text);
    if (reset < firstUnixTime) return Math.min(Math.ceil(reset), maxSeconds);
    if (nowMs !== undefined) return Math.min(Math.max(0, Math.ceil(reset - nowMs / 1000)), maxSeconds);
  }
  return undefined;
}

/** The limits that a reply reports, whatever its status. */
export interface RateLimitInfo {
  /** The requests left until the reset, and the time until then. */
  quota?: { requests: number; resetMs: number };
  /** The most concurrent requests. */
  concurrent?: number;
}

/** A later reset is ignored as a mistake or a wrong clock: platforms with longer windows use a 429 instead. ms. */
const maxResetMs = 15 * 60_000;

/** `nowMs` should be the server's time: otherwise a difference between the clocks changes the result. */
export function readLimits(headers: Readonly<Record<string, string>>, nowMs: number): RateLimitInfo {
  const requests = quotaHeaders.map((name) => readCount(headers[name])).find((count) => count !== undefined);
  const resetMs = (resetSeconds(headers, nowMs) ?? Infinity) * 1000;
  const concurrent = readCount(headers['x-sentry-rate-limit-concurrentlimit']);
  return {
    ...(requests !== undefined && resetMs <= maxResetMs && { quota: { requests, resetMs } }),
    ...(concurrent !== undefined && concurrent > 0 && { concurrent }),
  };
}

function readCount(text = ''): number | undefined {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
}
