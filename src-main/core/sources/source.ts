import type { Completeness } from '../../contract/completeness';
import type { RemoteSession } from '../../contract/session';
import type {
  ConnectionKind,
  ConnectionPlace,
  KeyVerdict as KeyReport,
  Reading,
  SessionQuery,
  SourceCapabilities,
} from '../../contract/source';
import type { TimelineEntry } from '../../contract/timeline';
import type { GatewayAccess } from './fetch-port';
import type { OAuthGrant } from './oauth-grant';

export type { Reading, SessionQuery };
export type { FetchPort, FetchReply, FetchRequest, GatewayAccess, PresignedFetch, RequestSigner } from './fetch-port';

/** The result of checking a key: a report for the user, and data that only the connection needs. */
export interface KeyVerdict extends KeyReport {
  /** The platform account of the key, if `deepLink` needs it. Stored with the connection. */
  account?: string;
}

export interface SessionPage {
  /** Newest first if the platform sorts them. Values that a platform doesn't provide are absent or ''. */
  sessions: RemoteSession[];
  /** Opaque token for the next page; undefined on the last one. */
  cursor: string | undefined;
  /** The list was truncated, here or by the platform, and no cursor returns the rest. The user can narrow the query. */
  isTruncated: boolean;
  /** The number of sessions of this page that can't be downloaded: their ids are invalid. */
  unusable?: number;
}

/** A part of a recording's bytes. The main process passes them on and never parses them. */
export interface RecordingPart {
  /** May be empty if the part only updates `resume` or `progress`. */
  bytes: Uint8Array;
  /**
   * True if the document ends with this part: all bytes since the previous end are one or more complete JSON values, possibly gzipped.
   * False if the document continues in the next part, so that large documents are streamed. The documents form one sequence of values.
   * The reader decompresses each one separately and treats the boundary between two as a line break. A document may be empty.
   */
  isDocumentEnd: boolean;
  /**
   * Opaque token to resume after this part. If the platform counts in pages, it resumes a little earlier, and the reader drops events
   * that it already has. Undefined within a document, and if the platform can't resume here.
   */
  resume: string | undefined;
  /**
   * Opaque token to resume exactly after these bytes, within the document. The reader must have kept the document's bytes so far. Only
   * sources of complete files with range requests provide it.
   */
  continuation?: string;
  /** In units of the platform, such as segments or files. */
  progress?: { done: number; total: number };
}

/**
 * One line of a recording from a source without replay. The source writes the timeline entries itself, because it gets no pages to
 * derive them from. A recording is a sequence of these in JSON, one per line, ordered by time.
 */
export interface TimelineOnlyEvent extends Pick<
  TimelineEntry,
  'kind' | 'severity' | 'windowId' | 'verb' | 'durationMs' | 'facts' | 'quotes'
> {
  /** Distinguishes these lines from all other recording formats. */
  casement: 'timeline';
  /** The platform's clock, ms since 1970. */
  at: number;
}

export interface OpenRecording {
  /** Can be iterated once. Leaving the loop early closes the connection. */
  parts: AsyncIterable<RecordingPart>;
  /** Complete once `parts` has ended; until then, the state so far. */
  facts: () => RecordingState;
}

/**
 * Every source counts the parts that its platform announces and those that arrive, so that no loss is silent: a session with fewer
 * received than expected parts is shown as not complete.
 */
export interface RecordingState {
  /**
   * The counts of the complete recording. After a resume they include the parts before it, so a resume token contains what its source
   * needs to count on. Empty if the platform announces nothing.
   */
  completeness: readonly Completeness[];
  /** The time until which the recording may change, ms; undefined if it is final or the platform doesn't say. */
  mutableUntil: number | undefined;
}

export interface OpenOptions {
  /** From an earlier part of the same recording. */
  resume?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** A link to a session or a user, as the platform's own pages have them. */
export interface PlatformLink {
  /** The addresses that a connection for this link may have, the most likely one first. */
  origins: readonly [string, ...string[]];
  /** The settings that such a connection has, as far as the link shows them. */
  place: ConnectionPlace;
  reading: Reading;
}

/** One recording platform. Implementations contain only the protocol: no clock, no network, no key. */
export interface Source {
  capabilities: SourceCapabilities;
  /** `eventCount` in the lists is the number of recorded events, so that an import can be compared with it. */
  listsEvents?: true;
  /** A document of a recording may repeat lines of an earlier one. */
  repeatsLines?: true;
  /** Checks that the key works, and reports its other permissions. */
  verify: (signal?: AbortSignal) => Promise<KeyVerdict>;
  search: (query: SessionQuery, cursor?: string, signal?: AbortSignal) => Promise<SessionPage>;
  open: (remoteId: string, options?: OpenOptions) => OpenRecording;
  /** Returns a link to the platform's own player at a time (ms, by the recorder's clock); undefined if there is none. */
  deepLink: (remoteId: string, atMs?: number) => string | undefined;
  /**
   * Returns what a text means to this platform, the most likely reading first. Empty if the text has none of the platform's own forms:
   * `readText` then judges it by its general form. Links that `Platform.readLink` reads are not passed.
   */
  recognize?: (text: string) => readonly Reading[];
  /**
   * Returns whether a link belongs to this connection, for a platform that knows more than `isLinkOf` compares: the address and the settings
   * that the user entered.
   */
  isOwnLink?: (link: PlatformLink) => boolean;
}

/** A source and its transport. */
export interface OpenSource {
  source: Source;
  /**
   * Returns the key to keep in place of the entered text, which may be a user name and a password. Absent if the platform has keys. Throws as
   * `verify`.
   */
  logIn?: () => Promise<string>;
  /** Returns the requests per hour that may be sent to follow live sessions; undefined if there is no known limit. */
  pollsPerHour?: () => number | undefined;
  close(): Promise<void>;
}

/** Opens the source of one connection. Requests the key each time that it is needed and never stores it. */
export type SourceFactory = (target: {
  kind: ConnectionKind;
  origin: string;
  place: ConnectionPlace;
  /** The account at the platform, as an earlier `verify` reported it. */
  account: string | undefined;
  caPem: string | undefined;
  /** The keys that the server may have, as SHA-256 of the SPKI in base64; any if undefined. */
  pins: readonly string[] | undefined;
  key: () => Promise<string | undefined>;
  /** The grant of the sign-in, if `key` returns its access token. */
  grant?: OAuthGrant | undefined;
  /** Access to a gateway in front of the server. */
  gateway?: GatewayAccess | undefined;
}) => OpenSource;
