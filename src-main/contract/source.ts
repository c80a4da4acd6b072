import * as v from 'valibot';

const placeText = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200)));

const addressText = v.pipe(v.string(), v.trim(), v.maxLength(2000));

/** Which part of a platform a connection is for, besides its address. None of it is secret. */
export const ConnectionPlace = v.strictObject({
  project: placeText,
  projectKey: placeText,
  organization: placeText,
  website: placeText,
  bucket: placeText,
  region: placeText,
  prefix: placeText,
  layout: placeText,
  /** Of plain files: the address of a list of them, and the address of one with `{id}` in it. */
  index: v.optional(addressText),
  template: v.optional(addressText),
});
export type ConnectionPlace = v.InferOutput<typeof ConnectionPlace>;
export type PlaceField = keyof ConnectionPlace;

/** What has to be entered to connect to a platform, besides a name and a key. */
export interface PlatformForm {
  /** The platform's own addresses, the usual one first; a server of the company's own has another. */
  addresses: readonly string[];
  place: readonly { field: PlaceField; isRequired: boolean }[];
  /** There may be nothing to show a key to. */
  isKeyOptional?: true;
}

const forms = {
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
  amplitude: { addresses: ['https://amplitude.com', 'https://analytics.eu.amplitude.com'], place: [] },
  umami: { addresses: [], place: [{ field: 'website', isRequired: true }] },
  fullstory: { addresses: ['https://api.fullstory.com', 'https://api.eu1.fullstory.com'], place: [] },
  openreplay: { addresses: ['https://api.openreplay.com'], place: [{ field: 'projectKey', isRequired: true }] },
  https: {
    addresses: [],
    place: [
      { field: 'index', isRequired: false },
      { field: 'template', isRequired: false },
    ],
    isKeyOptional: true,
  },
  s3: {
    addresses: [],
    place: [
      { field: 'bucket', isRequired: false },
      { field: 'region', isRequired: false },
      { field: 'prefix', isRequired: false },
      { field: 'layout', isRequired: false },
    ],
  },
  /** Any server that speaks Casement's own protocol. */
  server: { addresses: [], place: [] },
} satisfies Record<string, PlatformForm>;

export type PlatformKind = keyof typeof forms;
export const platformKinds = Object.keys(forms) as readonly PlatformKind[];

/** The platforms that a user can connect to, in the order in which the app offers them. */
export const platformForms: Readonly<Record<PlatformKind, PlatformForm>> = forms;

/** The kinds of connections: every platform, and `demo`, the embedded demo server. */
export const ConnectionKind = v.picklist(['demo', ...platformKinds]);
export type ConnectionKind = v.InferOutput<typeof ConnectionKind>;

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

const question = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(320)));
const moment = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)));

/** All that is given must hold of a session. An empty query lists all sessions. */
export const SessionQuery = v.strictObject({
  email: question,
  /** The id that the company itself gives the user. */
  uid: question,
  /** The id that the platform gives the user or the device. */
  distinctId: question,
  /** Started at or after, in ms since 1970. */
  from: moment,
  /** Started at or before, in ms since 1970. */
  to: moment,
  /** Further questions, by the platform's own names; each source's docs page lists them. */
  filters: v.optional(v.record(v.pipe(v.string(), v.maxLength(200)), v.pipe(v.string(), v.maxLength(1000)))),
});
export type SessionQuery = v.InferOutput<typeof SessionQuery>;

/** What a search may go by, besides dates. */
export type Question = Exclude<keyof SessionQuery, 'from' | 'to'>;

/** What a platform can do at all; known before anything is asked of it. */
export const SourceCapabilities = v.strictObject({
  /** The whole page comes, and a replay can be shown. False: a timeline and a link to the platform's own player only. */
  isReplayable: v.boolean(),
  /** The questions that a search understands. */
  search: v.pipe(v.array(v.picklist(['email', 'uid', 'distinctId', 'from', 'to', 'filters'])), v.readonly()),
  /** A session that is still being recorded can be opened, and again for what came since. */
  isLive: v.boolean(),
  hasDeepLink: v.boolean(),
});
export type SourceCapabilities = v.InferOutput<typeof SourceCapabilities>;
