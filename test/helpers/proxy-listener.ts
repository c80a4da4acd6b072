import * as net from 'node:net';

/** A proxy on loopback that records everything that it can read. */
export interface TestProxy {
  host: string;
  port: number;
  /** The hosts and ports that clients asked for. */
  readonly asked: string[];
  /** The bytes that clients sent, as text. */
  seen: () => string;
  close: () => Promise<void>;
}

export async function listenAsProxy(
  onClient: (socket: net.Socket, proxy: { asked: string[] }) => void,
): Promise<TestProxy> {
  const state = { asked: [] as string[], seen: '' };
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => (state.seen += bytes.toString('latin1')));
    onClient(socket, state);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      sockets.forEach((socket) => socket.destroy());
      server.close(() => resolve());
    });
  return { host: '127.0.0.1', port, asked: state.asked, seen: () => state.seen, close };
}

/** Connects every host name to that port of this computer. */
export function pass(socket: net.Socket, port: number, onOpen: () => void): void {
  const onward = net.connect(port, '127.0.0.1', () => {
    onOpen();
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => socket.destroy());
  socket.on('close', () => onward.destroy());
}

/** Starts an HTTP proxy that supports CONNECT. The caller closes it. `answer` is sent instead of forwarding. */
export function listenAsConnectProxy(
  to: number,
  options: { login?: string; answer?: string } = {},
): Promise<TestProxy> {
  return listenAsProxy((socket, { asked }) => {
    let head = '';
    const onData = (bytes: Buffer): void => {
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', onData);
      asked.push(/^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1] ?? head);
      if (options.answer !== undefined) return void socket.end(options.answer);
      const login = options.login && `Proxy-Authorization: Basic ${Buffer.from(options.login).toString('base64')}\r\n`;
      if (login && !head.includes(login)) {
        return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
      }
      pass(socket, to, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    };
    socket.on('data', onData);
  });
}
