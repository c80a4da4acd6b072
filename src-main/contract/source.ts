import * as v from 'valibot';
import { ConnectionId } from './ids';

const placeText = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200)));

const addressText = v.pipe(v.string(), v.trim(), v.maxLength(2000));

/** The part of a platform that a connection is for, in addition to its address. It contains no secrets. */
export const ConnectionPlace = v.strictObject({
  project: placeText,
  projectKey: placeText,
  organization: placeText,
  website: placeText,
  /** Google's names have up to 222 characters. */
  bucket: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(222))),
  region: placeText,
  prefix: placeText,
  layout: placeText,
  /** For plain files: the URL of their index, and the URL template of a file, with `{id}`. */
  index: v.optional(addressText),
  template: v.optional(addressText),
});
export type ConnectionPlace = v.InferOutput<typeof ConnectionPlace>;
export type PlaceField = keyof ConnectionPlace;

/** The fields needed to connect to a platform, besides a name and a key. */
export interface PlatformForm {
  /** The addresses of the platform's cloud, the most common one first. A self-hosted server has another. */
  addresses: readonly string[];
  place: readonly { field: PlaceField; isRequired: boolean }[];
  /** The server may not require a key. */
  isKeyOptional?: true;
  /** The platform has a sign-in in the browser. If `clientId` is optional, Casement can register itself as a client. */
  signIn?: {
    clientId: 'optional' | 'required';
    /** Returns the platform's page where the user revokes sign-ins. */
    page?: (origin: string) => string;
  };
  /** Returns the address of the page where the platform's keys are revoked; undefined if it has none that is known. */
  keyPage?: (origin: string, place: ConnectionPlace) => string | undefined;
}

export const isSentryCloud = (origin: string): boolean => /^https:\/\/([a-z0-9-]+\.)?sentry\.io$/.test(origin);

const forms = {
  posthog: {
    addresses: ['https://us.posthog.com', 'https://eu.posthog.com'],
    place: [{ field: 'project', isRequired: false }],
    // The section “Personal API keys” of the settings, as of PostHog 2025 (frontend/src/scenes/settings/SettingsMap.tsx).
    keyPage: (origin) => `${origin}/settings/user-api-keys`,
    signIn: { clientId: 'optional' },
  },
  sentry: {
    addresses: ['https://us.sentry.io', 'https://de.sentry.io', 'https://sentry.io'],
    place: [
      { field: 'organization', isRequired: true },
      { field: 'project', isRequired: false },
    ],
    keyPage: (origin) => `${isSentryCloud(origin) ? 'https://sentry.io' : origin}/settings/account/api/auth-tokens/`,
    signIn: {
      clientId: 'required',
      page: (origin) => `${isSentryCloud(origin) ? 'https://sentry.io' : origin}/settings/account/authorizations/`,
    },
  },
  amplitude: { addresses: ['https://amplitude.com', 'https://analytics.eu.amplitude.com'], place: [] },
  umami: { addresses: [], place: [{ field: 'website', isRequired: true }] },
  rybbit: { addresses: ['https://app.rybbit.io'], place: [{ field: 'website', isRequired: true }] },
  datadog: {
    addresses: [
      'https://api.datadoghq.com',
      'https://api.datadoghq.eu',
      'https://api.us3.datadoghq.com',
      'https://api.us5.datadoghq.com',
      'https://api.ap1.datadoghq.com',
      'https://api.ap2.datadoghq.com',
      'https://api.uk1.datadoghq.com',
      'https://api.ddog-gov.com',
    ],
    place: [],
    // Sites of one label have their pages at `app.` (docs.datadoghq.com/getting_started/site).
    keyPage: (origin) => {
      const site = /^https:\/\/api\.([a-z0-9.-]+)$/.exec(origin)?.[1];
      if (site === undefined) return undefined;
      return `https://${site.split('.').length > 2 ? site : `app.${site}`}/organization-settings/application-keys`;
    },
  },
  rollbar: { addresses: ['https://api.rollbar.com'], place: [] },
  mixpanel: {
    addresses: ['https://mixpanel.com', 'https://eu.mixpanel.com', 'https://in.mixpanel.com'],
    place: [{ field: 'project', isRequired: true }],
  },
  fullstory: { addresses: ['https://api.fullstory.com', 'https://api.eu1.fullstory.com'], place: [] },
  openreplay: {
    addresses: ['https://api.openreplay.com'],
    place: [{ field: 'projectKey', isRequired: true }],
    // openreplay/openreplay dbb68105, frontend/app/routes.ts: the key is among the settings of the account.
    keyPage: (origin) => `${origin.replace('//api.openreplay.com', '//app.openreplay.com')}/client/account`,
  },
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
    keyPage: (origin) => {
      if (/\.amazonaws\.com(\.cn)?$/.test(origin)) return 'https://console.aws.amazon.com/iam/';
      return origin.endsWith('storage.googleapis.com')
        ? 'https://console.cloud.google.com/storage/settings'
        : undefined;
    },
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

/** The owner and permissions of a key. All sentences come from `contract/words/sources`. */
export const KeyVerdict = v.strictObject({
  /** The key's owner, as the platform names it; '' if it doesn't. */
  holder: v.string(),
  /** The key's scopes in the platform's terms: `reported` by the platform, `inferred` from the kind of key, or `probed` with a request. */
  scopes: v.array(v.strictObject({ name: v.string(), evidence: v.picklist(['reported', 'inferred', 'probed']) })),
  /** Scopes that Casement doesn't need, each with what it allows and which scope to request instead. */
  overPrivileged: v.array(v.strictObject({ scope: v.string(), why: v.string() })),
  /** Further advice about this platform's keys. */
  notice: v.optional(v.string()),
  /** When the key was created, last used by anyone, and last replaced by a new secret, ms since 1970; absent if the platform doesn't say. */
  createdAt: v.optional(v.number()),
  lastUsedAt: v.optional(v.number()),
  rotatedAt: v.optional(v.number()),
});
export type KeyVerdict = v.InferOutput<typeof KeyVerdict>;

const question = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(320)));
const moment = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)));
const length = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)));

/** A session must match all given fields. An empty query lists all sessions. */
export const SessionQuery = v.strictObject({
  email: question,
  /** The user's id in the company's own system. */
  uid: question,
  /** The platform's id of the user or device. */
  distinctId: question,
  /** The platform's id of one session, as in the link to its player. */
  sessionId: question,
  /** Started at or after, in ms since 1970. */
  from: moment,
  /** Started at or before, in ms since 1970. */
  to: moment,
  minDurationMs: length,
  maxDurationMs: length,
  /** Only sessions with at least one error. */
  hasErrors: v.optional(v.literal(true)),
  /** The URL of a visited page, or a part of it. */
  page: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(2000))),
  /** The user's company or group. The docs page of each source describes the value. */
  group: question,
  /** Further filters by the platform's own names. The docs page of each source lists them. */
  filters: v.optional(v.record(v.pipe(v.string(), v.maxLength(200)), v.pipe(v.string(), v.maxLength(1000)))),
});
export type SessionQuery = v.InferOutput<typeof SessionQuery>;

export const searchFields = [
  'email',
  'uid',
  'distinctId',
  'sessionId',
  'from',
  'to',
  'minDurationMs',
  'maxDurationMs',
  'hasErrors',
  'page',
  'group',
  'filters',
] as const satisfies readonly (keyof SessionQuery)[];
export type SearchField = (typeof searchFields)[number];

/** The fields that the text of the search field can stand for. */
export const Question = v.picklist(['sessionId', 'email', 'uid', 'distinctId', 'page', 'filters']);
export type Question = v.InferOutput<typeof Question>;

/** One way to read a text that the user typed or pasted. The text of `filters` is `name=value`. */
export const Reading = v.strictObject({ by: Question, text: v.string() });
export type Reading = v.InferOutput<typeof Reading>;

/** The sources that a text can be searched in, the most likely reading first. */
export const RecognizedText = v.strictObject({
  readings: v.array(v.strictObject({ id: ConnectionId, ...Reading.entries })),
  /** The text is a link to a platform, and no source is connected for it: the platform, and the settings that the link shows. */
  unconnected: v.optional(v.strictObject({ kind: ConnectionKind, origin: v.string(), place: ConnectionPlace })),
  /** The text is a link to one session. */
  isSessionLink: v.boolean(),
});
export type RecognizedText = v.InferOutput<typeof RecognizedText>;

/** The capabilities of a platform, known without a request. */
export const SourceCapabilities = v.strictObject({
  /** The platform provides page content that can be replayed. Otherwise only a timeline and a link to the platform's own player. */
  isReplayable: v.boolean(),
  /** The fields that a search supports. */
  search: v.pipe(v.array(v.picklist(searchFields)), v.readonly()),
  /** A session can be pulled while it is still being recorded, and pulled again for updates. */
  isLive: v.boolean(),
  hasDeepLink: v.boolean(),
});
export type SourceCapabilities = v.InferOutput<typeof SourceCapabilities>;
