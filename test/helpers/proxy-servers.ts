import { onTestFinished } from 'vitest';
import { listenAsConnectProxy, listenAsProxy, pass, type TestProxy } from './proxy-listener';

export type { TestProxy };

/** Starts an HTTP proxy that supports CONNECT, and closes it after the test. `answer` is sent instead of forwarding. */
export async function startConnectProxy(...options: Parameters<typeof listenAsConnectProxy>): Promise<TestProxy> {
  return closeAfterTest(await listenAsConnectProxy(...options));
}

/** Starts a SOCKS5 proxy (RFC 1928), optionally with a login (RFC 1929). */
export async function startSocksProxy(to: number, login?: { user: string; password: string }): Promise<TestProxy> {
  const proxy = await listenAsProxy((socket, { asked }) => {
    const steps = [
      (): void => void socket.write(Buffer.of(5, login ? 2 : 0)),
      ...(login
        ? [
            (bytes: Buffer): void => {
              const wanted = `\x01${String.fromCharCode(login.user.length)}${login.user}${String.fromCharCode(login.password.length)}${login.password}`;
              socket.write(Buffer.of(1, bytes.toString('latin1') === wanted ? 0 : 1));
            },
          ]
        : []),
      (bytes: Buffer): void => {
        const length = bytes[4] ?? 0;
        asked.push(`${bytes.subarray(5, 5 + length).toString()}:${bytes.readUInt16BE(5 + length)}`);
        socket.removeAllListeners('data');
        pass(socket, to, () => socket.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0)));
      },
    ];
    socket.on('data', (bytes: Buffer) => steps.shift()?.(bytes));
  });
  return closeAfterTest(proxy);
}

function closeAfterTest(proxy: TestProxy): TestProxy {
  onTestFinished(() => proxy.close());
  return proxy;
}
