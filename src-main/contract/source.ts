import * as v from 'valibot';

/** What a connection speaks to. `demo` is Casement's own server on this computer, `server` any other that speaks its protocol. */
export const ConnectionKind = v.picklist(['demo', 'server', 'posthog', 'sentry', 'umami', 's3']);
export type ConnectionKind = v.InferOutput<typeof ConnectionKind>;

const placeText = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200)));

/** Which part of a platform a connection is for, besides its address. None of it is secret. */
export const ConnectionPlace = v.strictObject({
  project: placeText,
  organization: placeText,
  website: placeText,
  bucket: placeText,
  region: placeText,
  prefix: placeText,
  layout: placeText,
});
export type ConnectionPlace = v.InferOutput<typeof ConnectionPlace>;
export type PlaceField = keyof ConnectionPlace;

/** What has to be entered to connect to a platform, besides a name and a key. */
export interface PlatformForm {
  /** The platform's own addresses, the usual one first; a server of the company's own has another. */
  addresses: readonly string[];
  place: readonly { field: PlaceField; isRequired: boolean }[];
}

export type PlatformKind = Exclude<ConnectionKind, 'demo'>;

/** The platforms that a user can connect to, in the order in which they are offered. */
export const platformForms: Readonly<Record<PlatformKind, PlatformForm>> = {
  posthog: {
    addresses: ['https://us.posthog.com', 'https://eu.posthog.com'],
    place: [{ field: 'project', isRequired: false }],
  },
  sentry: {
    addresses: ['https://us.sentry.io', 'https://de.sentry.io'],
    place: [
      { field: 'organization', isRequired: true },
      { field: 'project', isRequired: false },
    ],
  },
  umami: { addresses: [], place: [{ field: 'website', isRequired: true }] },
  s3: {
    addresses: [],
    place: [
      { field: 'bucket', isRequired: false },
      { field: 'region', isRequired: false },
      { field: 'prefix', isRequired: false },
      { field: 'layout', isRequired: false },
    ],
  },
  server: { addresses: [], place: [] },
};

/** What a key is and may do. All sentences are plain words of `contract/words/sources`. */
export const KeyVerdict = v.strictObject({
  /** Whose key it is, as the platform calls it; '' where it doesn't tell. */
  holder: v.string(),
  /** In the platform's own words. `reported` by the platform, `inferred` from what kind of key it is, `probed` by trying. */
  scopes: v.array(v.strictObject({ name: v.string(), evidence: v.picklist(['reported', 'inferred', 'probed']) })),
  /** Rights that Casement has no use for, each with what they allow and what to ask for instead. */
  overPrivileged: v.array(v.strictObject({ scope: v.string(), why: v.string() })),
  /** What else the user has to know of this platform's keys. */
  notice: v.optional(v.string()),
});
export type KeyVerdict = v.InferOutput<typeof KeyVerdict>;
