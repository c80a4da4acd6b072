/** Formats times. Locale and time zone come from the caller or the computer, never from the recording. */

const locale = 'en-GB';

/** `Sun, 23 Nov 2025`, in the computer's zone unless one is given. */
export function formatDay(atMs: number, timeZone?: string): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone } as const;
  return new Intl.DateTimeFormat(locale, parts).format(atMs);
}

/** `23 Nov 2025, 18:46`, in the computer's zone unless one is given. */
export function formatDate(atMs: number, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(atMs);
}

/** `18:46:12`, for lists of times of the same day. */
export function formatTimeOfDay(atMs: number, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
  }).format(atMs);
}

/** The short name of the time zone at that time: `UTC`, `GMT+2`. */
export function zoneName(atMs: number, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'short', timeZone }).formatToParts(atMs);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

const relativeUnits: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 3_600_000],
  ['month', 30 * 24 * 3_600_000],
  ['week', 7 * 24 * 3_600_000],
  ['day', 24 * 3_600_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** `3 hours ago`, `yesterday`, `just now`. */
export function formatRelative(atMs: number, nowMs: number): string {
  const distanceMs = atMs - nowMs;
  for (const [unit, unitMs] of relativeUnits) {
    if (Math.abs(distanceMs) >= unitMs) {
      return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(distanceMs / unitMs), unit);
    }
  }
  return 'just now';
}
