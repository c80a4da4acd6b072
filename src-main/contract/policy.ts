import * as v from 'valibot';

/**
 * A redaction policy: data, versioned. Everything that it doesn't allow is masked or dropped;
 * a policy can only widen the allow-lists that it names.
 */
export const Policy = v.strictObject({
  policyVersion: v.literal(1),
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,40}$/)),
  description: v.optional(v.pipe(v.string(), v.maxLength(400)), ''),
  /** `interface`: the shipped vocabulary of plain interface words stays readable. `none`: no word does. */
  words: v.picklist(['interface', 'none']),
  /** Words that stay readable besides; single words of letters. */
  allowWords: v.optional(v.array(v.pipe(v.string(), v.regex(/^\p{L}{1,40}$/u))), []),
  /** `relative` drops the wall clock: only the distance from the start stays. */
  times: v.picklist(['relative', 'absolute']),
});
export type Policy = v.InferOutput<typeof Policy>;

/** What an export hid: counts only, no value and no digest of one. */
export const RedactionReport = v.strictObject({
  policy: v.string(),
  policyVersion: v.number(),
  eventsIn: v.number(),
  eventsOut: v.number(),
  /** By channel (text, input, attribute, url, console, network, style, image, …): how many leaves were masked. */
  masked: v.record(v.string(), v.number()),
  /** By channel: how many things were dropped whole. */
  dropped: v.record(v.string(), v.number()),
});
export type RedactionReport = v.InferOutput<typeof RedactionReport>;
