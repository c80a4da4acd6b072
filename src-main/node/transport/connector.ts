import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { CasementError, hasCode } from '../../contract/errors';
import type { CertificateFile } from '../../contract/gateway';
import type { GatewayAccess } from '../../core/sources/fetch-port';
import { untilStopped } from './exchange';
import { timeoutError } from './failure';
import { readRoutes, type ProxyCredentials, type ResolveProxy } from './proxy-route';
import { isPinned, trustOptions } from './trust';
import { openTunnel } from './tunnel';

export interface ConnectorOptions {
  /** The only CAs that this connection trusts, as PEM; the system's by default. */
  caPem?: string | undefined;
  /** The server must also have one of these keys, as returned by `checkPins`; any key by default. */
  pins?: readonly string[] | undefined;
  /** Returns the system's proxies for an address; connects directly if absent. */
  resolveProxy?: ResolveProxy | undefined;
  proxyCredentials?: ProxyCredentials | undefined;
  /** Access to a gateway in front of the server. */
  gateway?: GatewayAccess | undefined;
}

/** Opens the connection of one request. An abort of `signal` fails it with the signal's reason. */
export type Connect = (options: buildConnector.Options, callback: buildConnector.Callback, signal: AbortSignal) => void;

/**
 * Returns a function that opens TLS connections to `origin`, through a proxy if the system says so. TLS always runs end to
 * end, and the certificate and the pins are checked before the socket is returned. Throws `connection-ca`.
 */
export function openConnector(origin: string, connectMs: number, connector: ConnectorOptions): Connect {
  const { caPem, pins, resolveProxy, proxyCredentials, gateway } = connector;
  // Checks the CA before the first request.
  trustOptions(caPem);
  const build = async (certificate?: CertificateFile): Promise<buildConnector.connector> => {
    const undici = await import('undici');
    return undici.buildConnector({ ...trustOptions(caPem, certificate), timeout: connectMs, maxCachedSessions: 0 });
  };
  let built: Promise<buildConnector.connector> | undefined;
  /** The certificate is read late: the keychain may still be locked when the transport is opened. */
  const secureConnector = async (): Promise<buildConnector.connector> => {
    if (built) return built;
    const certificate = await gateway?.readCertificate();
    built ??= build(certificate);
    return built;
  };
  const { hostname, port } = new URL(origin);
  const target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 443) };

  /** Returns undefined for a direct connection. Tries the next route if a proxy is unreachable, but not if it refuses. */
  async function openProxySocket(signal: AbortSignal): Promise<Socket | undefined> {
    const routes = resolveProxy ? readRoutes(await untilStopped(resolveProxy(origin), signal)) : [];
    let failure: CasementError | undefined;
    for (const route of routes) {
      if (route.kind === 'direct') return undefined;
      try {
        return await openTunnel(route, { ...target, credentials: proxyCredentials, signal });
      } catch (error) {
        if (!hasCode(error, 'proxy-unreachable', 'proxy-kind')) throw error;
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    return undefined;
  }

  return (options, callback, signal) => {
    const checked: buildConnector.Callback = (...result) => {
      const [error, socket] = result;
      if (error || !pins || (socket instanceof TLSSocket && isPinned(socket, pins))) return callback(...result);
      socket.destroy();
      callback(new CasementError('tls-pin'), null);
    };
    const prepare = async (): Promise<[buildConnector.connector, Socket | undefined]> => [
      await untilStopped(secureConnector(), signal),
      await within(connectMs, signal, openProxySocket),
    ];
    prepare().then(
      ([secure, httpSocket]) => secure({ ...options, ...(httpSocket && { httpSocket }) }, checked),
      (error: unknown) => callback(error as Error, null),
    );
  };
}

async function within<T>(ms: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(timeoutError(ms)), ms);
  try {
    return await work(AbortSignal.any([signal, limit.signal]));
  } finally {
    clearTimeout(timer);
  }
}
