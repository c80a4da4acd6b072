import * as v from 'valibot';
import { CustodyRecord } from './case-format';
import { CasePosition } from './case-position';
import { GatewaySummary } from './gateway';
import { Completeness } from './completeness';
import { ConnectionId, SessionId } from './ids';
import { ConnectionKind, ConnectionPlace, KeyVerdict, SourceCapabilities } from './source';

/** The state of the OS keychain. Without one, keys are kept only until Casement quits, if the user agrees. */
export const KeychainState = v.picklist(['ready', 'locked', 'none']);
export type KeychainState = v.InferOutput<typeof KeychainState>;

/** A source that the user has connected. It contains no key: `key` only states where the key is stored. */
export const Connection = v.strictObject({
  id: ConnectionId,
  kind: ConnectionKind,
  name: v.string(),
  origin: v.string(),
  place: ConnectionPlace,
  /** `none`: the connection was created without a key. */
  key: v.picklist(['keychain', 'this-run', 'locked', 'missing', 'refused', 'none']),
  /** The user signed in with the browser instead of entering a key. `key` is then about the tokens; `refused` asks for a new sign-in. */
  isSignIn: v.optional(v.literal(true)),
  gateway: v.optional(GatewaySummary),
  /** The result of the last check of the key; absent for connections that older versions stored. */
  verdict: v.optional(KeyVerdict),
  capabilities: SourceCapabilities,
  /** The time of the platform's last response, ms since 1970, to the minute. */
  lastUsedAt: v.optional(v.number()),
});
export type Connection = v.InferOutput<typeof Connection>;

/** A session as the platform lists it, before it is pulled. */
export const RemoteSession = v.strictObject({
  remoteId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  user: v.string(),
  startedAt: v.number(),
  /** The fields below are absent or '' if the platform doesn't report them. */
  durationMs: v.optional(v.number()),
  eventCount: v.optional(v.number()),
  /** The URL of the first page, without its query. */
  entryPage: v.string(),
  errorCount: v.optional(v.number()),
  browser: v.string(),
  /** The session is still being recorded. */
  isLive: v.optional(v.boolean()),
  /** Recorded in a native mobile app. */
  isMobile: v.optional(v.boolean()),
  /** The platform's measure of how active the user was, from 0 to 1. */
  activity: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  /** When the platform deletes the recording, ms since 1970. */
  expiresAt: v.optional(v.number()),
});
export type RemoteSession = v.InferOutput<typeof RemoteSession>;

/** Damage found while reading a recording. It is counted and reported, never silently repaired. */
export const Damage = v.strictObject({ reason: v.string(), count: v.number() });
export type Damage = v.InferOutput<typeof Damage>;

/** Distinct files of one kind that a page refers to. `names` lists the first ones: addresses without query, or font families. */
export const MissingFiles = v.strictObject({ count: v.number(), names: v.array(v.string()) });
export type MissingFiles = v.InferOutput<typeof MissingFiles>;

export const missingKinds = ['images', 'fonts', 'sheets', 'frames', 'media'] as const;
export type MissingKind = (typeof missingKinds)[number];

/** Files that a page refers to and that aren't in the recording, so the replay can't show them. */
export const MissingOnPage = v.strictObject({
  windowId: v.string(),
  /** The page's address. */
  page: v.string(),
  images: v.optional(MissingFiles),
  fonts: v.optional(MissingFiles),
  sheets: v.optional(MissingFiles),
  frames: v.optional(MissingFiles),
  media: v.optional(MissingFiles),
});
export type MissingOnPage = v.InferOutput<typeof MissingOnPage>;

/** The facts about a recording that are known without replaying it. */
export const RecordingFacts = v.strictObject({
  /** The original format, such as `array`, `jsonl` or `packed`. */
  format: v.string(),
  windows: v.array(v.string()),
  events: v.number(),
  startedAt: v.number(),
  durationMs: v.number(),
  /** The number of events by kind, in rrweb's terms. */
  counts: v.record(v.string(), v.number()),
  damage: v.array(Damage),
  width: v.number(),
  height: v.number(),
  /** Absent for sessions that older versions imported: nothing is known about them. */
  missing: v.optional(v.array(MissingOnPage)),
});
export type RecordingFacts = v.InferOutput<typeof RecordingFacts>;

/** The key that signed a case file. The reader decides whether they know the signer. */
const CaseSigner = v.strictObject({
  /** As `ssh-keygen -l` shows it: `SHA256:…`. */
  fingerprint: v.string(),
  /** As in `authorized_keys`: `ssh-ed25519 AAAA…`. */
  publicKey: v.string(),
});
type CaseSigner = v.InferOutput<typeof CaseSigner>;

/** The audit log excerpt of a case file and the result of its check. A case file with an unproven excerpt is broken. */
const AuditCheck = v.strictObject({
  records: v.number(),
  /** The log's checkpoint: its number of records, root (`sha256:…`), signing time (ISO 8601), and key, as in `CaseSigner`. */
  size: v.number(),
  root: v.string(),
  at: v.string(),
  fingerprint: v.optional(v.string()),
  isProven: v.boolean(),
  /** The claimed log index of the first record that isn't proven. */
  unproven: v.optional(v.number()),
});

/**
 * The comparison of an exported timeline with its redacted recording: the entries of kinds that redaction never hides, and those of them that the
 * recording doesn't show.
 */
export const TimelineCheck = v.strictObject({ compared: v.number(), differing: v.number() });
export type TimelineCheck = v.InferOutput<typeof TimelineCheck>;

/** The verdict on a case file, entry by entry. */
export const CaseVerification = v.strictObject({
  verdict: v.picklist(['signed', 'unsigned', 'broken']),
  signer: v.optional(CaseSigner),
  /** The file was encrypted with a passphrase. */
  isEncrypted: v.optional(v.literal(true)),
  /** The manifest hash of the case file that this one was created from. */
  parentCase: v.optional(v.string()),
  audit: v.optional(AuditCheck),
  title: v.string(),
  createdAt: v.string(),
  software: v.string(),
  policy: v.string(),
  /** SHA-256 of the manifest. It identifies the case file. */
  manifestHash: v.string(),
  entries: v.array(v.strictObject({ path: v.string(), bytes: v.number(), hash: v.string(), isMatching: v.boolean() })),
});
export type CaseVerification = v.InferOutput<typeof CaseVerification>;

/** A session in the vault. */
export const StoredSession = v.strictObject({
  id: SessionId,
  /** Increases with every change of the events. Data derived from another generation is out of date. */
  generation: v.number(),
  /** The user's email for a pulled session, the file name for a file, the title for a case. */
  title: v.string(),
  from: v.picklist([...ConnectionKind.options, 'file', 'case']),
  sourceName: v.string(),
  /** For a pulled session: the connection, and the session's id at the platform. */
  connectionId: v.optional(ConnectionId),
  remoteId: v.optional(v.string()),
  /** For a session from a file: the file's hash, and the recording's index if the file is an archive. */
  file: v.optional(v.strictObject({ sha256: v.string(), place: v.number() })),
  pulledAt: v.number(),
  /** A part of the recording did not arrive at the last pull. Pulling again may complete it. */
  isPartial: v.optional(v.literal(true)),
  /** The counts by which parts are missing; absent if they were not counted. */
  missingParts: v.optional(v.array(Completeness)),
  /** There is a timeline but no page that could be replayed: the platform provides none, or none was recorded. */
  isTimelineOnly: v.optional(v.literal(true)),
  /** The timeline comes from a case file, as its exporter judged it. It is never judged again on the redacted recording. */
  hasExportedTimeline: v.optional(v.literal(true)),
  timelineCheck: v.optional(TimelineCheck),
  /** The session may grow until this time, ms since 1970 by the platform's clock. Absent if it is final or the platform doesn't report it. */
  mutableUntil: v.optional(v.number()),
  facts: RecordingFacts,
  noteCount: v.number(),
  errorCount: v.number(),
  verification: v.optional(CaseVerification),
  /** For a session from a case file with hidden clocks. */
  position: v.optional(CasePosition),
  /** For a session from a case file: its earlier chain of custody. */
  custody: v.optional(v.array(CustodyRecord)),
});
export type StoredSession = v.InferOutput<typeof StoredSession>;
