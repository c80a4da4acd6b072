import * as v from 'valibot';

/** Up to here a time is taken for seconds: as milliseconds it would be April 1970. */
const mostSeconds = 9_999_999_999;

/** A time as platforms write it (ISO 8601, seconds or milliseconds, as a number or its text), in ms; undefined for all else. */
export function readMoment(value: unknown): number | undefined {
  if (typeof value === 'string') {
    if (/^\d{1,17}(\.\d+)?$/.test(value)) return readMoment(Number(value));
    // Without a zone it would be read in this computer's own.
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value)) return undefined;
    const ms = Date.parse(value);
    return Number.isNaN(ms) ? undefined : ms;
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0 || value > 8.64e15) return undefined;
  return Math.round(value <= mostSeconds ? value * 1000 : value);
}

/** The same within the shape of a reply. */
export const Moment = v.pipe(
  v.union([v.string(), v.number()]),
  v.rawTransform(({ dataset, addIssue, NEVER }): number => {
    const ms = readMoment(dataset.value);
    if (ms !== undefined) return ms;
    addIssue({ message: 'no time' });
    return NEVER;
  }),
);
