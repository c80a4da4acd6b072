/** What a source asks of its connection. The transport adds the origin and the authorization: a source never sees either. */
export interface FetchRequest {
  method: 'GET' | 'POST';
  /** Path and query, relative to the connection's origin; starts with one slash. */
  path: string;
  /** Header names in lower case. Those that the transport owns (authorization, host, lengths, encodings) are refused. */
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** What the `accept` header says; `application/json` if it is left out. */
  accept?: string;
  signal?: AbortSignal | undefined;
}

/**
 * A reply whose head has come. Whoever gets one calls exactly one of `json`, `bytes` and `discard`:
 * until then it holds a connection.
 */
export interface FetchReply {
  status: number;
  /** Names in lower case; of a repeated header, the values joined by a comma. */
  headers: Readonly<Record<string, string>>;
  /** The whole body as JSON; `limitBytes` counts after inflating. Errors: those of `read-json` for anything else than JSON in UTF-8. */
  json: (limitBytes: number) => Promise<unknown>;
  /** The body after any content-encoding. Leaving the loop early drops the connection. */
  bytes: () => AsyncIterable<Uint8Array>;
  discard: () => void;
}

/**
 * Throws a `CasementError` for everything that stands between the question and a reply: network, TLS, limits, `cancelled`.
 * A status of 400 and above is a reply, and the source's to judge.
 */
export type FetchPort = (request: FetchRequest) => Promise<FetchReply>;

/** What is signed of a request. */
interface RequestToSign {
  method: 'GET' | 'POST';
  /** The whole address, as it is asked for. */
  url: string;
}

/** The headers that show the connection's key to the server, for one attempt. Errors: key-*. */
export type RequestSigner = (request: RequestToSign) => Promise<Readonly<Record<string, string>>>;

/**
 * GETs an address that a platform signed for us, on a client of its own: no authorization, no cookie, no redirect; hosts
 * off the connection's list are refused. The query of the address is a key for as long as it lives: it is never logged.
 */
export type PresignedFetch = (url: string, signal?: AbortSignal) => Promise<FetchReply>;
