import * as net from 'node:net';
import * as tls from 'node:tls';
import { CasementError } from '../../contract/errors';
import type { ProxyCredentials, ProxyRoute } from './proxy-route';
import { trustOptions } from './trust';

/** A proxy's answer is a few lines; what is longer is none. */
const longestAnswer = 16 * 1024;

interface TunnelOptions {
  host: string;
  port: number;
  credentials: ProxyCredentials | undefined;
  /** Aborts with the error that it ends with; bounds the whole. */
  signal: AbortSignal;
}

/**
 * A connection to a server through a proxy, before TLS: the proxy learns host and port, and then passes on what it can't read.
 * Errors: proxy-unreachable, proxy-auth, proxy-refused, proxy-kind; the signal's reason.
 */
export async function openTunnel(proxy: ProxyRoute, options: TunnelOptions): Promise<net.Socket> {
  if (proxy.kind === 'unknown') throw new CasementError('proxy-kind');
  const socket = connectTo(proxy);
  const onAbort = (): void => void socket.destroy(options.signal.reason as Error);
  options.signal.addEventListener('abort', onAbort, { once: true });
  try {
    options.signal.throwIfAborted();
    await connected(socket, proxy.kind === 'https' ? 'secureConnect' : 'connect');
    const credentials = options.credentials?.(proxy.host, proxy.port);
    if (proxy.kind === 'socks5') await askSocks(socket, options, credentials);
    else await askConnect(socket, options, credentials);
    return socket;
  } catch (error) {
    socket.destroy();
    options.signal.throwIfAborted();
    // The system's own words name addresses; which of its failures it was helps nobody.
    throw error instanceof CasementError ? error : new CasementError('proxy-unreachable');
  } finally {
    options.signal.removeEventListener('abort', onAbort);
  }
}

/** A proxy is trusted by the system's certificates: the connection's own CA is for the server behind it. */
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

type Credentials = ReturnType<ProxyCredentials>;

async function askConnect(socket: net.Socket, { host, port }: TunnelOptions, credentials: Credentials): Promise<void> {
  const place = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
  const secret = credentials && Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
  const lines = [
    `CONNECT ${place} HTTP/1.1`,
    `Host: ${place}`,
    ...(secret === undefined ? [] : [`Proxy-Authorization: Basic ${secret}`]),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const answer = (await readAnswer(socket, (bytes) => bytes.includes('\r\n\r\n'))).toString('latin1');
  const status = Number(/^HTTP\/1\.[01] (\d{3})\b/.exec(answer)?.[1] ?? NaN);
  if (status === 407) throw new CasementError('proxy-auth');
  if (Number.isNaN(status)) throw new CasementError('proxy-unreachable');
  if (status < 200 || status > 299) throw new CasementError('proxy-refused');
  // The server says nothing before we do: what came already is the proxy's, and isn't to be taken for the server's.
  if (!answer.endsWith('\r\n\r\n')) throw new CasementError('proxy-refused');
}

/** RFC 1928 and 1929. The proxy looks the name up, so that nobody else hears of it. */
async function askSocks(socket: net.Socket, { host, port }: TunnelOptions, credentials: Credentials): Promise<void> {
  socket.write(Buffer.from(credentials ? [5, 2, 0, 2] : [5, 1, 0]));
  const [version, method] = await readAnswer(socket, (bytes) => bytes.length >= 2);
  if (version !== 5) throw new CasementError('proxy-unreachable');
  if (method === 2 && credentials) {
    socket.write(Buffer.concat([Buffer.of(1), sized(credentials.user), sized(credentials.password)]));
    const [, refused] = await readAnswer(socket, (bytes) => bytes.length >= 2);
    if (refused !== 0) throw new CasementError('proxy-auth');
  } else if (method !== 0) throw new CasementError('proxy-auth');
  socket.write(Buffer.concat([Buffer.of(5, 1, 0, 3), sized(host), Buffer.of(port >> 8, port & 0xff)]));
  const answer = await readAnswer(socket, (bytes) => bytes.length >= 5 && bytes.length >= lengthOfSocksReply(bytes));
  if (answer[0] !== 5 || answer[1] !== 0 || answer.length !== lengthOfSocksReply(answer)) {
    throw new CasementError('proxy-refused');
  }
}

/** A text with its length before it. Errors: proxy-refused for one that no byte can tell the length of. */
function sized(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) throw new CasementError('proxy-refused');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function lengthOfSocksReply(bytes: Buffer): number {
  const address = bytes[3] === 1 ? 4 : bytes[3] === 4 ? 16 : 1 + (bytes[4] ?? 0);
  return 4 + address + 2;
}

/** What the proxy says, until it is all. Errors: proxy-unreachable when it hangs up, or goes on and on. */
function readAnswer(socket: net.Socket, isWhole: (bytes: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.of();
    const settle = (end: () => void): void => {
      socket.off('data', onData).off('close', onClose).off('error', onClose).pause();
      end();
    };
    const onClose = (): void => settle(() => reject(new CasementError('proxy-unreachable')));
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (isWhole(bytes)) settle(() => resolve(bytes));
      else if (bytes.length > longestAnswer) onClose();
    };
    socket.on('data', onData).once('close', onClose).once('error', onClose).resume();
  });
}
