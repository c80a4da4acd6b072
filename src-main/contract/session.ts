import * as v from 'valibot';
import { CustodyRecord } from './case-format';
import { ConnectionId, SessionId } from './ids';
import { ConnectionKind, ConnectionPlace, KeyVerdict, SourceCapabilities } from './source';

/** Where the OS keychain stands. Without one, keys live for this run only, by the user's choice. */
export const KeychainState = v.picklist(['ready', 'locked', 'none']);
export type KeychainState = v.InferOutput<typeof KeychainState>;

/** A source that the user connected. Holds no key: `key` only says where it is. */
export const Connection = v.strictObject({
  id: ConnectionId,
  kind: ConnectionKind,
  name: v.string(),
  origin: v.string(),
  place: ConnectionPlace,
  /** `none`: it was made without one. */
  key: v.picklist(['keychain', 'this-run', 'locked', 'missing', 'refused', 'none']),
  /** What the key was found to be when it was last tried; absent for one that was added before this was kept. */
  verdict: v.optional(KeyVerdict),
  capabilities: SourceCapabilities,
  /** When the platform last answered, ms since 1970, to the minute. */
  lastUsedAt: v.optional(v.number()),
});
export type Connection = v.InferOutput<typeof Connection>;

/** A session as the platform lists it, before it is pulled. */
export const RemoteSession = v.strictObject({
  remoteId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  user: v.string(),
  startedAt: v.number(),
  /** Absent, or '' further down, where the platform doesn't tell. */
  durationMs: v.optional(v.number()),
  eventCount: v.optional(v.number()),
  /** The first page that was seen, without its query. */
  entryPage: v.string(),
  errorCount: v.optional(v.number()),
  browser: v.string(),
});
export type RemoteSession = v.InferOutput<typeof RemoteSession>;

/** What was found of damage while reading a recording; kept, counted, never silently mended. */
export const Damage = v.strictObject({ reason: v.string(), count: v.number() });
export type Damage = v.InferOutput<typeof Damage>;

/** What is known of a recording without replaying it. */
export const RecordingFacts = v.strictObject({
  /** The shape it came in, such as `array`, `jsonl`, `packed`. */
  format: v.string(),
  windows: v.array(v.string()),
  events: v.number(),
  startedAt: v.number(),
  durationMs: v.number(),
  /** Event counts by kind, in rrweb's words. */
  counts: v.record(v.string(), v.number()),
  damage: v.array(Damage),
  width: v.number(),
  height: v.number(),
});
export type RecordingFacts = v.InferOutput<typeof RecordingFacts>;

/** Whose signature a case file carries; whether that signer is known is the reader's to say. */
const CaseSigner = v.strictObject({
  /** As `ssh-keygen -l` shows it: `SHA256:…`. */
  fingerprint: v.string(),
  /** As in `authorized_keys`: `ssh-ed25519 AAAA…`. */
  publicKey: v.string(),
});
type CaseSigner = v.InferOutput<typeof CaseSigner>;

/** What a case file holds of an audit log, and whether it is proven: a file in which it isn't is broken. */
const AuditCheck = v.strictObject({
  records: v.number(),
  /** Of the log, at its checkpoint: its records, its root (`sha256:…`), when it was signed (ISO 8601), and the key, as CaseSigner's. */
  size: v.number(),
  root: v.string(),
  at: v.string(),
  fingerprint: v.optional(v.string()),
  isProven: v.boolean(),
  /** The place in the log that the first record claims that doesn't belong there. */
  unproven: v.optional(v.number()),
});

/** The verdict on a case file, entry by entry. */
export const CaseVerification = v.strictObject({
  verdict: v.picklist(['signed', 'unsigned', 'broken']),
  signer: v.optional(CaseSigner),
  /** It came under a passphrase. */
  isEncrypted: v.optional(v.literal(true)),
  /** The manifest's hash of the case file that it was made from. */
  parentCase: v.optional(v.string()),
  audit: v.optional(AuditCheck),
  title: v.string(),
  createdAt: v.string(),
  software: v.string(),
  policy: v.string(),
  /** SHA-256 of the manifest: the one number that names this case file. */
  manifestHash: v.string(),
  entries: v.array(v.strictObject({ path: v.string(), bytes: v.number(), hash: v.string(), isMatching: v.boolean() })),
});
export type CaseVerification = v.InferOutput<typeof CaseVerification>;

/** A session in the vault. */
export const StoredSession = v.strictObject({
  id: SessionId,
  /** Grows with every change of its events: what was derived from another generation is out of date. */
  generation: v.number(),
  /** What to call it: the user's email for a pulled one, the file's name for a file, the title for a case. */
  title: v.string(),
  from: v.picklist([...ConnectionKind.options, 'file', 'case']),
  sourceName: v.string(),
  /** Of a pulled one: whence, by which its source knows it again. */
  connectionId: v.optional(ConnectionId),
  remoteId: v.optional(v.string()),
  /** Of one out of a file: by which the file, and its place in the archive that the file may be, are known again. */
  file: v.optional(v.strictObject({ sha256: v.string(), place: v.number() })),
  pulledAt: v.number(),
  /** The platform left something out when it was last pulled; pulling again may bring it. */
  isPartial: v.optional(v.literal(true)),
  /** The platform hands out what happened in words, and no page that could be replayed. */
  isTimelineOnly: v.optional(v.literal(true)),
  /** It may grow until then, ms since 1970, by the platform's clock; absent: it is final, or nobody knows. */
  mutableUntil: v.optional(v.number()),
  facts: RecordingFacts,
  noteCount: v.number(),
  errorCount: v.number(),
  verification: v.optional(CaseVerification),
  /** Of one out of a case file: what was done with it before. */
  custody: v.optional(v.array(CustodyRecord)),
});
export type StoredSession = v.InferOutput<typeof StoredSession>;
