import { CasementError } from '../../contract/errors';
import type { Pace } from '../../core/sources/pace';
import { fetchFromFirstReachable } from '../../core/sources/first-reachable';
import { platforms } from '../../core/sources/platforms';
import type { FetchPort, GatewayAccess, PresignedFetch, RequestSigner, SourceFactory } from '../../core/sources/source';

/** The network access that sources need. */
export interface Network {
  openTransport: (options: {
    origin: string;
    caPem: string | undefined;
    pins: readonly string[] | undefined;
    gateway: GatewayAccess | undefined;
    sign: RequestSigner;
    methods?: readonly ('GET' | 'POST')[];
    passing?: readonly number[];
    readsRedirects?: true;
    /** Identifies the requests that share a rate limit. It contains the key, so it must not be stored. Throws key-*. */
    credential: () => Promise<string>;
    pace: Pace;
    counterOf?: ((path: string) => string) | undefined;
  }) => {
    fetch: FetchPort;
    close: () => Promise<void>;
    requestsPerHour?: (counter: string) => number | undefined;
  };
  /** For addresses that a platform signed; sends no key. */
  openPresigned: (options: { caPem: string | undefined }) => { fetch: PresignedFetch; close: () => Promise<void> };
  /** In tests, the hosts that presigned addresses may have; the platform's own if undefined. */
  fileHosts?: readonly string[];
}

/** Returns a factory that opens sources of every kind, each over its own transport. */
export function createSourceFactory({ openTransport, openPresigned, fileHosts }: Network): SourceFactory {
  return ({ kind, origin, place, account, caPem, pins, key, grant, gateway }) => {
    const platform = platforms[kind];
    const readKey = async (): Promise<string> => {
      const secret = await key();
      if (secret === undefined) throw new CasementError('key-missing');
      return secret;
    };
    const { methods, passing, readsRedirects, logIn, pace = {}, counterOf, pollLimit } = platform;
    const openAt = (address: string): ReturnType<typeof openTransport> =>
      openTransport({
        origin: address,
        caPem,
        pins,
        gateway: address === origin ? gateway : undefined,
        sign: async (request) => platform.sign(await readKey(), place, Date.now)(request),
        credential: async () => JSON.stringify([kind, origin, await readKey()]),
        pace,
        counterOf,
        ...(methods && { methods }),
        ...(passing && { passing }),
        ...(readsRedirects && { readsRedirects }),
      });
    const transport = openAt(origin);
    const others = (platform.otherOrigins?.(origin) ?? []).map(openAt);
    const fetch = fetchFromFirstReachable([transport.fetch, ...others.map((other) => other.fetch)]);
    const presigned = openPresigned({ caPem });
    const target = { origin, place, account, grant, fetchPresigned: presigned.fetch, fileHosts };
    const logInOnce = async (exchange: NonNullable<typeof logIn>): Promise<string> => {
      const entered = await readKey();
      const credential = async (): Promise<string> => JSON.stringify([kind, origin, 'log in']);
      const sign: RequestSigner = () => Promise.resolve({});
      const server = openTransport({ origin, caPem, pins, gateway, sign, credential, pace, methods: ['POST'] });
      return exchange(server.fetch, entered).finally(() => server.close());
    };
    return {
      source: platform.create(fetch, target),
      ...(logIn && { logIn: () => logInOnce(logIn) }),
      pollsPerHour: () => {
        if (!pollLimit) return undefined;
        return (
          transport.requestsPerHour?.(pollLimit.counter) ??
          pollLimit.perHour({ origin, isSignedIn: grant !== undefined })
        );
      },
      close: async () => void (await Promise.all([transport, ...others, presigned].map((opened) => opened.close()))),
    };
  };
}
