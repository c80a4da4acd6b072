import type { ConnectionPlace } from '../../contract/source';
import { authorize } from './authorize';
import type { OAuthServer } from './oauth';
import type { OAuthGrant } from './oauth-grant';
import type { Pace, PollLimit } from './pace';
import type { FetchPort, PlatformLink, PresignedFetch, RequestSigner, Source } from './source';

/** The protocol of one kind of platform. Each folder of `core/sources` exports one; `platforms.ts` lists them. */
export interface Platform {
  /** Returns the signer that authenticates each request. Throws `key-refused` if the text can't be a key of this platform. */
  sign: (key: string, place: ConnectionPlace, nowMs: () => number) => RequestSigner;
  /** Throws `connection-place` or `connection-ingest` if the connection's settings are invalid. */
  create: (fetch: FetchPort, target: PlatformTarget) => Source;
  /**
   * For platforms without keys: returns the key to keep for what the user entered, such as a user name and a password. `fetch` sends no key, and
   * may POST.
   */
  logIn?: (fetch: FetchPort, entered: string) => Promise<string>;
  /** Allowed HTTP methods; only `GET` by default. */
  methods?: readonly ('GET' | 'POST')[];
  /**
   * Returns what a link to the platform's own pages leads to; undefined for any other link. Self-hosted servers may have any host, so the path
   * must be distinctive then. Needs no connection: the user may add one for the link.
   */
  readLink?: (url: URL) => PlatformLink | undefined;
  /**
   * Returns further addresses of the same server, if the platform documents several. They are tried in this order when an address has no host;
   * each gets the key, so they must all be the platform's.
   */
  otherOrigins?: (origin: string) => readonly string[];
  /** The documented rate limits. Limits that replies report are obeyed as well. */
  pace?: Pace;
  /**
   * Returns the name of the platform's counter for a request, if it counts several kinds apart: a limit of one doesn't stop the others. Every key
   * has its own counters.
   */
  counterOf?: (path: string) => string;
  pollLimit?: PollLimit;
  /** Sign-in in the browser instead of a key; its tokens are sent like keys. */
  oauth?: OAuthServer;
  /** The 5xx statuses that are documented as temporary; 503 by default. */
  passing?: readonly number[];
  /** The source judges redirects, which say more than that: it never follows them. Otherwise they are errors of the transport. */
  readsRedirects?: true;
}

interface PlatformTarget {
  origin: string;
  place: ConnectionPlace;
  /** The account at the platform, as an earlier `verify` reported it. */
  account: string | undefined;
  /** The grant of the sign-in; undefined for a key. */
  grant: OAuthGrant | undefined;
  fetchPresigned: PresignedFetch;
  /** Hosts that presigned addresses may have; the platform's own if undefined. */
  fileHosts: readonly string[] | undefined;
}

/** For platforms that expect the key in the `authorization` header. */
export const authorizationHeader =
  (authorizationOf: (key: string) => string): Platform['sign'] =>
  (key) =>
    authorize(authorizationOf(key));
