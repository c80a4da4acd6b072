import * as net from 'node:net';
import * as tls from 'node:tls';
import { CasementError } from '../../contract/errors';
import { untilStopped } from './exchange';
import type { ProxyCredentials, ProxyLogin, ProxyRoute } from './proxy-route';
import { trustOptions } from './trust';

/** A proxy's reply is a few lines; a longer one is refused, bytes. */
const maxReplyBytes = 16 * 1024;

interface TunnelOptions {
  host: string;
  port: number;
  credentials: ProxyCredentials | undefined;
  /** Bounds the complete handshake; its reason is the error to throw. */
  signal: AbortSignal;
}

/**
 * Opens a TCP connection to a server through a proxy. The caller then starts TLS, so the proxy learns only host and port.
 * Throws proxy-unreachable, proxy-auth, proxy-login, proxy-method, proxy-refused, proxy-kind, keychain-*, or the signal's reason.
 */
export async function openTunnel(proxy: ProxyRoute, options: TunnelOptions): Promise<net.Socket> {
  if (proxy.kind === 'unknown') throw new CasementError('proxy-kind');
  const socket = connectTo(proxy);
  const onAbort = (): void => void socket.destroy(options.signal.reason as Error);
  options.signal.addEventListener('abort', onAbort, { once: true });
  try {
    options.signal.throwIfAborted();
    await connected(socket, proxy.kind === 'https' ? 'secureConnect' : 'connect');
    const credentials = await untilStopped(
      Promise.resolve(options.credentials?.(proxy.host, proxy.port)),
      options.signal,
    );
    if (proxy.kind === 'socks5') await requestSocks5(socket, proxy, options, credentials);
    else await requestConnect(socket, proxy, options, credentials);
    return socket;
  } catch (error) {
    socket.destroy();
    options.signal.throwIfAborted();
    // The system's error text contains addresses.
    throw error instanceof CasementError ? error : new CasementError('proxy-unreachable');
  } finally {
    options.signal.removeEventListener('abort', onAbort);
  }
}

/** A proxy's certificate is checked against the system's CAs: the connection's own CA is for the server. */
function connectTo({ kind, host, port }: ProxyRoute): net.Socket {
  if (kind !== 'https') return net.connect({ host, port });
  return tls.connect({ host, port, ...trustOptions(undefined), ...(net.isIP(host) === 0 && { servername: host }) });
}

function connected(socket: net.Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.once('error', reject);
    socket.once('close', () => reject(new CasementError('proxy-unreachable')));
  });
}

type Credentials = ProxyLogin | undefined;

async function requestConnect(
  socket: net.Socket,
  proxy: ProxyRoute,
  { host, port }: TunnelOptions,
  credentials: Credentials,
): Promise<void> {
  const authority = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
  const secret = credentials && Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
  const lines = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    ...(secret === undefined ? [] : [`Proxy-Authorization: Basic ${secret}`]),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const reply = (await readReply(socket, (bytes) => bytes.includes('\r\n\r\n'))).toString('latin1');
  const status = Number(/^HTTP\/1\.[01] (\d{3})\b/.exec(reply)?.[1] ?? NaN);
  if (status === 407) {
    // A password doesn't help with a proxy that accepts only NTLM or Kerberos.
    const offered = reply.match(/^proxy-authenticate:.*$/gim) ?? [];
    if (offered.length > 0 && !offered.some((line) => /\bbasic\b/i.test(line))) throw methodError(proxy);
    throw loginError(proxy, credentials);
  }
  if (Number.isNaN(status)) throw new CasementError('proxy-unreachable');
  if (status < 200 || status > 299) throw new CasementError('proxy-refused');
  // The server sends nothing before we do, so further bytes are the proxy's and must not be read as the server's.
  if (!reply.endsWith('\r\n\r\n')) throw new CasementError('proxy-refused');
}

/** Names the proxy, so that the window can ask for its login. */
const nameOf = ({ host, port }: ProxyRoute): { proxy: string } => ({
  proxy: `${net.isIPv6(host) ? `[${host}]` : host}:${port}`,
});

/** The proxy accepts none of the ways to sign in that Casement supports. */
const methodError = (proxy: ProxyRoute): CasementError => new CasementError('proxy-method', nameOf(proxy));

/** `proxy-auth` if there is no login yet, `proxy-login` if the proxy rejected it. */
const loginError = (proxy: ProxyRoute, credentials: Credentials): CasementError =>
  new CasementError(credentials ? 'proxy-login' : 'proxy-auth', nameOf(proxy));

/** RFC 1928 and 1929. The proxy resolves the host name, so that no local DNS query reveals it. */
async function requestSocks5(
  socket: net.Socket,
  proxy: ProxyRoute,
  { host, port }: TunnelOptions,
  credentials: Credentials,
): Promise<void> {
  socket.write(Buffer.from(credentials ? [5, 2, 0, 2] : [5, 1, 0]));
  const [version, method] = await readReply(socket, (bytes) => bytes.length >= 2);
  if (version !== 5) throw new CasementError('proxy-unreachable');
  if (method === 2 && credentials) {
    socket.write(Buffer.concat([Buffer.of(1), lengthPrefixed(credentials.user), lengthPrefixed(credentials.password)]));
    const [, refused] = await readReply(socket, (bytes) => bytes.length >= 2);
    if (refused !== 0) throw loginError(proxy, credentials);
  } else if (method !== 0) throw credentials ? methodError(proxy) : loginError(proxy, credentials);
  socket.write(Buffer.concat([Buffer.of(5, 1, 0, 3), lengthPrefixed(host), Buffer.of(port >> 8, port & 0xff)]));
  const reply = await readReply(socket, (bytes) => bytes.length >= 5 && bytes.length >= lengthOfSocksReply(bytes));
  if (reply[0] !== 5 || reply[1] !== 0 || reply.length !== lengthOfSocksReply(reply)) {
    throw new CasementError('proxy-refused');
  }
}

/** Returns the text with a length byte in front. Throws `proxy-refused` if it has more than 255 bytes. */
function lengthPrefixed(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) throw new CasementError('proxy-refused');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function lengthOfSocksReply(bytes: Buffer): number {
  const address = bytes[3] === 1 ? 4 : bytes[3] === 4 ? 16 : 1 + (bytes[4] ?? 0);
  return 4 + address + 2;
}

/** Reads until the reply is complete. Throws `proxy-unreachable` if the proxy closes the connection or sends too much. */
function readReply(socket: net.Socket, isComplete: (bytes: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.of();
    const settle = (end: () => void): void => {
      socket.off('data', onData).off('close', onClose).off('error', onClose).pause();
      end();
    };
    const onClose = (): void => settle(() => reject(new CasementError('proxy-unreachable')));
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (isComplete(bytes)) settle(() => resolve(bytes));
      else if (bytes.length > maxReplyBytes) onClose();
    };
    socket.on('data', onData).once('close', onClose).once('error', onClose).resume();
  });
}
