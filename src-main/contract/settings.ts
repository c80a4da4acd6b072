import * as v from 'valibot';

/** What the user may set. Kept in the clear: nothing here is secret or says whose sessions were watched. */
export const Settings = v.strictObject({
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Nothing is asked of any network while this is on. */
  isOffline: v.optional(v.boolean(), false),
});
export type Settings = v.InferOutput<typeof Settings>;
