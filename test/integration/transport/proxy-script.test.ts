import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isProxyScriptAddress } from '../../../src-main/contract/settings';
import type { TransportLogEntry } from '../../../src-main/node/transport/attempt';
import { openProxyScript } from '../../../src-main/node/transport/proxy-script';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** Opens a resolver whose evaluation returns the script's text. */
function open(address: string, change: Partial<Parameters<typeof openProxyScript>[0]> = {}) {
  const log: TransportLogEntry[] = [];
  const resolve = openProxyScript({
    address: () => address,
    resolveSystem: () => Promise.resolve('PROXY system:1'),
    evaluate: (script) => Promise.resolve(script),
    log: (entry) => log.push(entry),
    now: Date.now,
    ...change,
  });
  return { resolve, log };
}

const url = 'https://posthog.example';

describe('a proxy script', () => {
  it('names the proxies, and is downloaded once', async () => {
    let hits = 0;
    const origin = await serve((_, response) => void response.end(`PROXY script:${++hits}`));
    const { resolve, log } = open(`${origin}/proxy.pac?key=secret`);
    expect([await resolve(url), await resolve(url)]).toEqual(['PROXY script:1', 'PROXY script:1']);
    expect(log).toMatchObject([{ method: 'GET', path: '/proxy.pac', status: 200, bytes: 14 }]);
    expect(JSON.stringify(log)).not.toContain('secret');
  });

  it('control: without one, the system’s proxies are used', async () => {
    expect(await open('').resolve(url)).toBe('PROXY system:1');
  });

  it.each([
    [
      'is missing',
      (_: unknown, response: Parameters<RequestListener>[1]) => void response.writeHead(404).end('DIRECT'),
    ],
    [
      'redirects',
      (_: unknown, response: Parameters<RequestListener>[1]) =>
        void response.writeHead(302, { location: '/x' }).end('DIRECT'),
    ],
    [
      'is too large',
      (_: unknown, response: Parameters<RequestListener>[1]) => void response.end(Buffer.alloc(1_000_001)),
    ],
    ['fails', (_: unknown, response: Parameters<RequestListener>[1]) => void response.end(' ')],
    [
      'is cut',
      (_: unknown, response: Parameters<RequestListener>[1]) => {
        response.writeHead(200, { 'content-length': 100 }).write('DIRECT');
        response.destroy();
      },
    ],
  ])('that %s leads to no direct connection', async (_, listener: RequestListener) => {
    await expect(open(await serve(listener)).resolve(url)).rejects.toMatchObject({ code: 'proxy-script' });
  });

  it('stays in use while its server is down', async () => {
    let isDown = false;
    let nowMs = 0;
    const origin = await serve((_, response) => void response.writeHead(isDown ? 503 : 200).end('PROXY script:1'));
    const { resolve } = open(origin, { now: () => nowMs });
    await resolve(url);
    isDown = true;
    nowMs += 2 * 3_600_000;
    expect(await resolve(url)).toBe('PROXY script:1');
    await expect(open(origin).resolve(url)).rejects.toMatchObject({ code: 'proxy-script' });
  });
});

describe('the address of a proxy script', () => {
  it.each(['', 'http://wpad/proxy.pac', 'https://proxy.example/p?x=1'])('may be “%s”', (text) => {
    expect(isProxyScriptAddress(text)).toBe(true);
  });
  it.each(['proxy.pac', 'file:///etc/p.pac', 'data:,x', 'http:///x', 'https://user:pass@proxy.example/'])(
    'can’t be “%s”',
    (text) => {
      expect(isProxyScriptAddress(text)).toBe(false);
    },
  );
});
