import type { RemoteSession } from '../../contract/session';
import type {
  ConnectionKind,
  ConnectionPlace,
  KeyVerdict as KeyReport,
  SessionQuery,
  SourceCapabilities,
} from '../../contract/source';
import type { TimelineEntry } from '../../contract/timeline';

export type { SessionQuery };
export type { FetchPort, FetchReply, FetchRequest, PresignedFetch, RequestSigner } from './fetch-port';

/** What a key is and may do, and what only the connection has to know. */
export interface KeyVerdict extends KeyReport {
  /** The account at the platform that the key belongs to, where `deepLink` needs it: to be kept with the connection. */
  account?: string;
}

export interface SessionPage {
  /** Newest first, where the platform gives an order. What a platform doesn't tell of a session is absent or ''. */
  sessions: RemoteSession[];
  /** Opaque: asks for the next page; undefined on the last one. */
  cursor: string | undefined;
  /** The list was cut short, here or by the platform, and no cursor leads to the rest: narrow the query. */
  isTruncated: boolean;
}

/** A stretch of a recording's bytes. Main hands them on and never parses them. */
export interface RecordingPart {
  /** May be empty where the part only brings news of `resume` or `progress`. */
  bytes: Uint8Array;
  /**
   * The document ends with this part: all bytes since the last end are one or more whole JSON values, or gzip of such.
   * False where it goes on in the next part, so that a large document streams through. Documents follow each other as
   * values of one sequence; the reader treats each by itself (gzip or not) and as if a line break stood between them. A
   * document may be empty.
   */
  isDocumentEnd: boolean;
  /**
   * Opaque: opening with it goes on behind this part, or a little before it where the platform counts in pages, so that a
   * reader drops what it already has. Undefined in the middle of a document, and where only the start will do.
   */
  resume: string | undefined;
  /**
   * Opaque: opening with it goes on exactly behind these bytes, in the middle of the document. Of use only to a reader that
   * kept the document's bytes so far; given by sources of whole files that can be asked for from an offset on.
   */
  continuation?: string;
  /** In units of the platform, such as segments or files. */
  progress?: { done: number; total: number };
}

/**
 * One line of the parts of a source that isn't replayable: a timeline entry that was put into words where the platform's events
 * are known, since no page comes from which the words could be made. Each line is one of these, in JSON, in the order of time.
 */
export interface TimelineOnlyEvent extends Pick<
  TimelineEntry,
  'kind' | 'severity' | 'windowId' | 'text' | 'personal' | 'durationMs' | 'details'
> {
  /** Tells such a line from everything else that a recording may be made of. */
  casement: 'timeline';
  /** The platform's clock, ms since 1970. */
  at: number;
}

export interface OpenRecording {
  /** Can be gone through once. Leaving the loop early drops the connection. */
  parts: AsyncIterable<RecordingPart>;
  /** Known when `parts` has ended; before that, what is known so far. */
  facts: () => RecordingState;
}

export interface RecordingState {
  /** The platform left something out that belongs to the recording. */
  isPartial: boolean;
  /** The recording may change until then, in ms; undefined: it is final, or the platform doesn't tell. */
  mutableUntil: number | undefined;
}

export interface OpenOptions {
  /** Of a part that came before; of the same recording. */
  resume?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** One recording platform. Everything behind this interface is protocol: no clock, no network, no key of its own. */
export interface Source {
  capabilities: SourceCapabilities;
  /** Proves that the key works, and tells what else it can do. */
  verify: (signal?: AbortSignal) => Promise<KeyVerdict>;
  search: (query: SessionQuery, cursor?: string, signal?: AbortSignal) => Promise<SessionPage>;
  open: (remoteId: string, options?: OpenOptions) => OpenRecording;
  /** The platform's own player at that time (ms, of the recorder's clock); undefined where it has none. */
  deepLink: (remoteId: string, atMs?: number) => string | undefined;
}

/** A source with the transport under it. */
export interface OpenSource {
  source: Source;
  close(): Promise<void>;
}

/** Opens the source of one connection; the key is asked for at each request and kept nowhere else. */
export type SourceFactory = (target: {
  kind: ConnectionKind;
  origin: string;
  place: ConnectionPlace;
  /** The account at the platform, as an earlier `verify` told it. */
  account: string | undefined;
  caPem: string | undefined;
  /** Keys that the server may have, SHA-256 of the SPKI in base64; any if undefined. */
  pins: readonly string[] | undefined;
  key: () => Promise<string | undefined>;
}) => OpenSource;
