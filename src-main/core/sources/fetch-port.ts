import type { CertificateFile, ExtraHeader } from '../../contract/gateway';

/** A source's request. The transport adds the origin and the authorization; a source never sees either. */
export interface FetchRequest {
  method: 'GET' | 'POST';
  /** Path and query, relative to the connection's origin; starts with one slash. */
  path: string;
  /** Header names in lower case. Headers that the transport sets (authorization, host, lengths, encodings) are refused. */
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** The `accept` header; `application/json` by default. */
  accept?: string;
  signal?: AbortSignal | undefined;
}

/**
 * A reply whose head has arrived. The caller must call exactly one of `json`, `bytes` and `discard`: until then, the reply holds a
 * connection.
 */
export interface FetchReply {
  status: number;
  /** Names in lower case. The values of a repeated header are joined with commas. */
  headers: Readonly<Record<string, string>>;
  /** Reads the complete body as JSON. `limitBytes` applies to the decompressed body. Throws as `read-json` unless it is JSON in UTF-8. */
  json: (limitBytes: number) => Promise<unknown>;
  /** Yields the decompressed body. Leaving the loop early closes the connection. */
  bytes: () => AsyncIterable<Uint8Array>;
  discard: () => void;
}

/**
 * Sends a request. Throws a `CasementError` if no reply arrives: network, TLS, limits, `cancelled`. A status of 400 or above is a reply,
 * which the source handles.
 */
export type FetchPort = (request: FetchRequest) => Promise<FetchReply>;

/** The parts of a request that its signature covers. */
interface RequestToSign {
  method: 'GET' | 'POST';
  /** The complete address of the request. */
  url: string;
}

/** Returns the headers that authenticate one attempt of a request. Throws key-*. */
export type RequestSigner = (request: RequestToSign) => Promise<Readonly<Record<string, string>>>;

/** The secrets that a gateway in front of a server requires. They are for this server's origin only, never for presigned addresses. */
export interface GatewayAccess {
  /** Called for each attempt, so that no secret stays in memory. Throws keychain-*, gateway-missing. */
  readHeaders: () => Promise<readonly ExtraHeader[]>;
  /** Called once per transport, for its first connection. Throws keychain-*, gateway-missing. */
  readCertificate: () => Promise<CertificateFile | undefined>;
}

/**
 * GETs a presigned address of a platform with a separate client: no authorization, no cookies, no redirects, and only hosts on the
 * connection's list. The query of the address is a temporary key, so it is never logged.
 */
export type PresignedFetch = (url: string, signal?: AbortSignal) => Promise<FetchReply>;
