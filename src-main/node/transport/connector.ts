import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { CasementError, hasCode } from '../../contract/errors';
import { untilStopped } from './exchange';
import { timeoutError } from './failure';
import { readRoutes, type ProxyCredentials, type ResolveProxy } from './proxy-route';
import { isPinned, trustOptions } from './trust';
import { openTunnel } from './tunnel';

export interface ConnectorOptions {
  /** The only CA, or CAs, that this connection trusts. The system's if left out. */
  caPem?: string | undefined;
  /** Besides a trusted certificate the server must have one of these keys, as `checkPins` gives them; any if left out. */
  pins?: readonly string[] | undefined;
  /** The system's ways to an address; straight if left out. */
  resolveProxy?: ResolveProxy | undefined;
  proxyCredentials?: ProxyCredentials | undefined;
}

/** Opens a connection for one request; `signal` ends what is under way with its reason. */
export type Connect = (options: buildConnector.Options, callback: buildConnector.Callback, signal: AbortSignal) => void;

/**
 * The way from an address to a TLS connection that may be written to: perhaps through a proxy, always with TLS from here to the server
 * itself, and with its certificate and key checked before it is handed out. Throws `connection-ca`.
 */
export function openConnector(origin: string, connectMs: number, options: ConnectorOptions): Connect {
  const { pins, resolveProxy, proxyCredentials } = options;
  const secure = buildConnector({ ...trustOptions(options.caPem), timeout: connectMs, maxCachedSessions: 0 });
  const { hostname, port } = new URL(origin);
  const place = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 443) };

  /** Undefined for a straight way. Where the proxy isn't there the next way is tried; one that refuses has decided. */
  async function findWay(signal: AbortSignal): Promise<Socket | undefined> {
    const routes = resolveProxy ? readRoutes(await untilStopped(resolveProxy(origin), signal)) : [];
    let failure: CasementError | undefined;
    for (const route of routes) {
      if (route.kind === 'direct') return undefined;
      try {
        return await openTunnel(route, { ...place, credentials: proxyCredentials, signal });
      } catch (error) {
        if (!hasCode(error, 'proxy-unreachable', 'proxy-kind')) throw error;
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    return undefined;
  }

  return (target, callback, signal) => {
    const checked: buildConnector.Callback = (...result) => {
      const [error, socket] = result;
      if (error || !pins || (socket instanceof TLSSocket && isPinned(socket, pins))) return callback(...result);
      socket.destroy();
      callback(new CasementError('tls-pin'), null);
    };
    within(connectMs, signal, findWay).then(
      (httpSocket) => secure({ ...target, ...(httpSocket && { httpSocket }) }, checked),
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
