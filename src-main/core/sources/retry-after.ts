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
