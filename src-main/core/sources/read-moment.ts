import * as v from 'valibot';

/** Numbers up to here are seconds; as milliseconds they would be in April 1970 or earlier. */
const mostSeconds = 9_999_999_999;

/** Parses a time in ISO 8601, seconds or milliseconds (number or text). Returns ms, or undefined for anything else. */
export function readMoment(value: unknown): number | undefined {
  if (typeof value === 'string') {
    if (/^\d{1,17}(\.\d+)?$/.test(value)) return readMoment(Number(value));
    // A time without a zone would be read in this computer's zone.
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value)) return undefined;
    const ms = Date.parse(value);
    return Number.isNaN(ms) ? undefined : ms;
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0 || value > 8.64e15) return undefined;
  return Math.round(value <= mostSeconds ? value * 1000 : value);
}

/** A time in UTC without a zone, as ClickHouse and Python write it. */
const zoneless = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)$/;

/** Parses the same times, and one without a zone as UTC: for platforms that store times in UTC. */
function readUtcMoment(value: unknown): number | undefined {
  return readMoment(typeof value === 'string' ? value.replace(zoneless, '$1T$2Z') : value);
}

const momentSchema = (read: (value: unknown) => number | undefined) =>
  v.pipe(
    v.union([v.string(), v.number()]),
    v.rawTransform(({ dataset, addIssue, NEVER }): number => {
      const ms = read(dataset.value);
      if (ms !== undefined) return ms;
      addIssue({ message: 'no time' });
      return NEVER;
    }),
  );

/** The same as schemas. */
export const UtcMoment = momentSchema(readUtcMoment);
export const Moment = momentSchema(readMoment);
