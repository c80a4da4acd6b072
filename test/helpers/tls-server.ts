import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createNetServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { issueCa, issueServer, type CertifiedKey } from '../../src-main/node/demo-server/certificate';

const dayMs = 86_400_000;

/** Returns the validity of a certificate, given in days from now. */
export const validFor = (fromDays: number, toDays: number): { notBeforeMs: number; notAfterMs: number } => ({
  notBeforeMs: Date.now() + fromDays * dayMs,
  notAfterMs: Date.now() + toDays * dayMs,
});

export const testCa = (name = 'Test CA'): CertifiedKey => issueCa(name, [], validFor(-1, 10));

export const testLeaf = (
  ca: CertifiedKey | undefined,
  hosts = ['localhost', '127.0.0.1'],
  validity = validFor(-1, 10),
): CertifiedKey => issueServer(ca, 'Test server', hosts, validity);

export interface TestServer {
  origin: string;
  /** Number of completed TLS handshakes. */
  readonly handshakes: number;
  /** Number of handshakes that resumed an earlier TLS session, without a certificate. */
  readonly resumptions: number;
  /** Everything that clients sent after their handshakes, as text. */
  readonly received: string;
  close: () => Promise<void>;
}

/**
 * `reset` drops the connection with a TCP reset, as a crashed server does. If the client hasn't read everything yet, its system may report
 * a normal end instead.
 */
type SocketHandler = (socket: tls.TLSSocket, reset: () => void) => void;

/**
 * Starts a TLS server without HTTP: once the head of a request has arrived, `onRequest` writes arbitrary bytes. Node's HTTP server can't be
 * made to reply as hostile servers do.
 */
export async function startRawServer(
  leaf: CertifiedKey,
  onRequest: SocketHandler,
  options: tls.TlsOptions = {},
): Promise<TestServer> {
  const { server, state, dropAll } = makeRawServer(leaf, onRequest, options);
  return {
    origin: await listen(server, '127.0.0.1'),
    get handshakes() {
      return state.handshakes;
    },
    get resumptions() {
      return state.resumptions;
    },
    get received() {
      return state.received;
    },
    close: () =>
      new Promise((resolve) => {
        dropAll();
        server.close(() => resolve());
      }),
  };
}

function makeRawServer(leaf: CertifiedKey, onRequest: SocketHandler, options: tls.TlsOptions) {
  const state = { handshakes: 0, resumptions: 0, received: '' };
  const sockets = new Set<tls.TLSSocket>();
  const raw = new Map<number | undefined, Socket>();
  const server = tls.createServer({ cert: leaf.certPem, key: leaf.keyPem, ...options }, (socket) => {
    state.handshakes++;
    if (socket.isSessionReused()) state.resumptions++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    let head = '';
    socket.on('data', (chunk: Buffer) => {
      const isNew = !head.includes('\r\n\r\n');
      head += chunk.toString('latin1');
      state.received += chunk.toString('latin1');
      if (isNew && head.includes('\r\n\r\n')) onRequest(socket, () => raw.get(socket.remotePort)?.resetAndDestroy());
    });
  });
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket: Socket) => raw.set(socket.remotePort, socket));
  const dropAll = (): void => sockets.forEach((socket) => socket.destroy());
  return { server, state, dropAll };
}

async function listen(server: NetServer, host: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `https://${host}:${(server.address() as AddressInfo).port}`;
}

/** Deviations of a server: another certificate, other TLS options, or other replies. */
export interface ServerBehavior {
  leaf?: CertifiedKey;
  tls?: tls.TlsOptions;
  onRequest?: SocketHandler;
}

/** Starts a well-behaved server that can be switched to bad behavior and back, from the next connection on, at the same address. */
export async function startSwitchableServer(
  leaf: CertifiedKey,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ origin: string; switchTo: (behavior: ServerBehavior | undefined) => void; close: () => Promise<void> }> {
  const good = createServer({ cert: leaf.certPem, key: leaf.keyPem }, handler);
  const drops: (() => void)[] = [() => good.closeAllConnections()];
  let current: NetServer = good;
  const front = createNetServer((socket) => {
    socket.on('error', () => undefined);
    current.emit('connection', socket);
  });
  return {
    origin: await listen(front, 'localhost'),
    switchTo(behavior) {
      current = good;
      if (!behavior) return;
      const bad = makeRawServer(
        behavior.leaf ?? leaf,
        behavior.onRequest ?? ((socket) => socket.destroy()),
        behavior.tls ?? {},
      );
      drops.push(bad.dropAll);
      current = bad.server;
    },
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve());
        drops.forEach((drop) => drop());
      }),
  };
}

export interface HttpsServer {
  origin: string;
  requests: { method: string; url: string; headers: IncomingMessage['headers'] }[];
  close: () => Promise<void>;
}

/** Starts a well-behaved HTTPS server. */
export async function startHttpsServer(
  leaf: CertifiedKey,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  options: tls.TlsOptions = {},
): Promise<HttpsServer> {
  const requests: HttpsServer['requests'] = [];
  const server: Server = createServer({ cert: leaf.certPem, key: leaf.keyPem, ...options }, (request, response) => {
    requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    handler(request, response);
  });
  server.on('tlsClientError', () => undefined);
  return {
    origin: await listen(server, '127.0.0.1'),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Returns the head and body of an HTTP reply, with the correct length unless a header overrides it. */
export function reply(body: string | Buffer, headers: Record<string, string> = {}, status = '200 OK'): Buffer {
  const bytes = Buffer.from(body);
  const all = { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
}
