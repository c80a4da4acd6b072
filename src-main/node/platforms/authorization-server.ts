import type { ConnectionKind } from '../../contract/source';
import type { OAuthServer } from '../../core/sources/oauth';
import { platforms } from '../../core/sources/platforms';
import type { FetchPort, GatewayAccess } from '../../core/sources/source';
import type { Network } from './source-factory';

/** The part of a connection that reaching its authorization server needs. */
export interface AuthorizationTarget {
  kind: ConnectionKind;
  origin: string;
  caPem: string | undefined;
  pins: readonly string[] | undefined;
  gateway: GatewayAccess | undefined;
}

/** A platform's authorization server and the transport to it, which sends no key. */
export interface OpenAuthorizationServer {
  server: OAuthServer;
  fetch: FetchPort;
  close: () => Promise<void>;
}

/**
 * Opens the authorization server of a connection; undefined if its platform has no sign-in. The connection's gateway and pins apply only if
 * the server has the connection's own origin.
 */
export function openAuthorizationServer(
  { openTransport }: Pick<Network, 'openTransport'>,
  { kind, origin, caPem, pins, gateway }: AuthorizationTarget,
): OpenAuthorizationServer | undefined {
  const server = platforms[kind].oauth;
  if (!server) return undefined;
  const at = server.originOf(origin);
  const isOwn = at === origin;
  const transport = openTransport({
    origin: at,
    caPem,
    pins: isOwn ? pins : undefined,
    gateway: isOwn ? gateway : undefined,
    sign: () => Promise.resolve({}),
    methods: ['POST'],
    credential: () => Promise.resolve(JSON.stringify(['sign-in', at])),
    pace: {},
  });
  return { server, ...transport };
}
