import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import { credentialsFrom, proxyFromEnvironment } from '../../../src-main/node/transport/environment-proxy';
import { createPresignedClient } from '../../../src-main/node/transport/presigned';
import { readRoutes } from '../../../src-main/node/transport/proxy-route';
import { startConnectProxy, startSocksProxy } from '../../helpers/proxy-servers';
import {
  drain,
  get,
  keyCanary,
  openTransport,
  refuseCanary,
  sendJson,
  testAuthority,
} from '../../helpers/test-transport';
import { startHttpsServer, testCa, testLeaf } from '../../helpers/tls-server';

/** A name that can't be resolved. Only the proxy knows its server. */
const host = 'recordings.invalid';
const origin = `https://${host}`;
const identity = testLeaf(testAuthority, [host]);

async function serve(leaf = identity) {
  const server = await startHttpsServer(leaf, sendJson);
  onTestFinished(() => server.close());
  return { ...server, port: Number(new URL(server.origin).port) };
}

const through = (list: string, options: Partial<Parameters<typeof openTransport>[0]> = {}) =>
  openTransport({ origin, caPem: testAuthority.certPem, resolveProxy: () => Promise.resolve(list), ...options });

/** Returns a port without a listener. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('through the system’s proxy', () => {
  it('the server is reached, and the proxy sees only host and port', async () => {
    const server = await serve();
    const proxy = await startConnectProxy(server.port);
    const { fetch } = through(`PROXY ${proxy.host}:${proxy.port}`);
    expect(await (await fetch(get('/v1/secret-path'))).json(100)).toEqual({ a: 1 });
    expect(proxy.asked).toEqual([`${host}:443`]);
    expect(server.requests[0]?.headers.authorization).toContain(keyCanary);
    expect(proxy.seen()).not.toContain(keyCanary);
    expect(proxy.seen()).not.toContain('secret-path');
    expect(proxy.seen()).not.toMatch(/authorization/i);
  });

  it('control: the server can’t be reached without the proxy', async () => {
    await serve();
    expect(await through('DIRECT').failure()).toEqual({ code: 'remote-no-host' });
  });

  it('a SOCKS5 proxy works too, and resolves the name', async () => {
    const server = await serve();
    const proxy = await startSocksProxy(server.port);
    const { fetch } = through(`SOCKS5 ${proxy.host}:${proxy.port}`);
    expect(await (await fetch(get('/'))).json(100)).toEqual({ a: 1 });
    expect(proxy.asked).toEqual([`${host}:443`]);
    expect(proxy.seen()).not.toContain(keyCanary);
  });

  it('the server’s own certificate is checked: an impostor is refused and gets no key', async () => {
    const impostor = await serve(testLeaf(testCa('The proxy’s CA'), [host]));
    const proxy = await startConnectProxy(impostor.port);
    const transport = through(`PROXY ${proxy.host}:${proxy.port}`);
    expect(await transport.failure()).toEqual({ code: 'tls-untrusted' });
    expect(impostor.requests).toEqual([]);
  });

  it('presigned URLs use the proxy too', async () => {
    const server = await serve();
    const proxy = await startConnectProxy(server.port);
    const client = createPresignedClient({
      caPem: testAuthority.certPem,
      isOffline: () => false,
      resolveProxy: () => Promise.resolve(`PROXY ${proxy.host}:${proxy.port}`),
    });
    onTestFinished(() => client.close());
    await drain(await client.fetch(`${origin}/file?signature=x`));
    expect(proxy.asked).toEqual([`${host}:443`]);
  });

  it('falls back to the next route, to a direct one only if listed', async () => {
    const server = await serve();
    const proxy = await startConnectProxy(server.port);
    const unreachable = `PROXY 127.0.0.1:${await closedPort()}`;
    const { fetch } = through(`${unreachable}; PROXY ${proxy.host}:${proxy.port}`);
    expect(await (await fetch(get('/'))).json(100)).toEqual({ a: 1 });
    const local = await startHttpsServer(testLeaf(testAuthority), sendJson);
    onTestFinished(() => local.close());
    const direct = through(`${unreachable}; DIRECT`, { origin: local.origin });
    expect(await (await direct.fetch(get('/'))).json(100)).toEqual({ a: 1 });
    expect(await through(unreachable, { origin: local.origin }).failure()).toEqual({ code: 'proxy-unreachable' });
  });

  it.each([
    ['HTTP/1.1 407 No\r\n\r\n', 'proxy-auth'],
    ['HTTP/1.1 403 Forbidden\r\n\r\n', 'proxy-refused'],
    ['HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}', 'proxy-refused'],
    ['SSH-2.0-OpenSSH\r\n\r\n', 'proxy-unreachable'],
    ['', 'proxy-unreachable'],
    ['x'.repeat(100_000), 'proxy-unreachable'],
  ])('a proxy that replies “%.20s” fails (case %#)', async (answer, code) => {
    const proxy = await startConnectProxy(1, { answer });
    expect(await through(`PROXY ${proxy.host}:${proxy.port}`).failure()).toMatchObject({ code });
  });

  it('a silent proxy ends at the time limit, or at once when cancelled', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const list = `PROXY 127.0.0.1:${(silent.address() as { port: number }).port}`;
    expect(await through(list, { limits: { connectMs: 200 } }).failure()).toMatchObject({ code: 'remote-timeout' });
    const stop = new AbortController();
    const stopping = through(list, {
      resolveProxy: () => {
        setImmediate(() => stop.abort());
        return Promise.resolve(list);
      },
    });
    expect(await stopping.failure('/', drain, stop.signal)).toEqual({ code: 'cancelled' });
  });

  it('an unknown proxy type is an error, not a direct connection', async () => {
    for (const list of ['SOCKS 127.0.0.1:1080', 'QUIC 127.0.0.1:1', 'PROXY', 'PROXY a:b']) {
      expect(await through(list).failure()).toEqual({ code: 'proxy-kind' });
    }
  });
});

describe('a proxy’s name and password', () => {
  const proxySecret = keyCanary;

  it('are sent to the proxy only', async () => {
    const server = await serve();
    const http = await startConnectProxy(server.port, { login: `jane:${proxySecret}` });
    const socks = await startSocksProxy(server.port, { user: 'jane', password: proxySecret });
    for (const [kind, { port }] of [['PROXY', http] as const, ['SOCKS5', socks] as const]) {
      const transport = through(`${kind} 127.0.0.1:${port}`, {
        sign: authorize('Bearer other'),
        proxyCredentials: credentialsFrom({ HTTPS_PROXY: `http://jane:${proxySecret}@127.0.0.1:${port}` }),
      });
      expect(await (await transport.fetch(get('/'))).json(100)).toEqual({ a: 1 });
      refuseCanary(transport.log);
    }
    expect(JSON.stringify(server.requests)).not.toContain(proxySecret);
  });

  it('are reported when wrong or missing, without their values', async () => {
    const http = await startConnectProxy(1, { login: 'jane:right' });
    const socks = await startSocksProxy(1, { user: 'jane', password: 'right' });
    for (const [kind, { port }] of [['PROXY', http] as const, ['SOCKS5', socks] as const]) {
      const list = `${kind} 127.0.0.1:${port}`;
      const details = { proxy: `127.0.0.1:${port}` };
      expect(await through(list).failure()).toEqual({ code: 'proxy-auth', details });
      const proxyCredentials = () => ({ user: 'jane', password: keyCanary });
      expect(await through(list, { proxyCredentials }).failure()).toEqual({ code: 'proxy-login', details });
    }
  });

  it('are not asked for by a proxy that accepts no password', async () => {
    const answer = 'HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n';
    const proxy = await startConnectProxy(1, { answer });
    expect(await through(`PROXY 127.0.0.1:${proxy.port}`).failure()).toMatchObject({ code: 'proxy-method' });
    const both = await startConnectProxy(1, { answer: answer.replace('NTLM', 'NTLM, Basic realm="x"') });
    expect(await through(`PROXY 127.0.0.1:${both.port}`).failure()).toMatchObject({ code: 'proxy-auth' });
  });

  it('are used for their own proxy only', () => {
    const find = credentialsFrom({ https_proxy: 'http://jane:p%40ss@proxy.example:3128' });
    expect(find('proxy.example', 3128)).toEqual({ user: 'jane', password: 'p@ss' });
    expect(find('proxy.example', 80)).toBeUndefined();
    expect(find('other.example', 3128)).toBeUndefined();
    expect(credentialsFrom({})('proxy.example', 3128)).toBeUndefined();
    expect(credentialsFrom({ all_proxy: 'socks5://jane:x@[::1]' })('::1', 1080)).toEqual({
      user: 'jane',
      password: 'x',
    });
    expect(credentialsFrom({ HTTPS_PROXY: 'jane:x@proxy.example:3128' })('proxy.example', 3128)?.user).toBe('jane');
  });
});

describe('the proxy of the environment', () => {
  it.each<[Record<string, string>, string]>([
    [{}, 'DIRECT'],
    [{ HTTPS_PROXY: '' }, 'DIRECT'],
    [{ HTTPS_PROXY: 'http://proxy.example:3128/' }, 'PROXY proxy.example:3128'],
    [{ https_proxy: 'proxy.example:3128', HTTPS_PROXY: 'http://other.example' }, 'PROXY proxy.example:3128'],
    [{ HTTPS_PROXY: 'https://jane:pass@proxy.example' }, 'HTTPS proxy.example'],
    [{ ALL_PROXY: 'socks5h://[::1]:1081' }, 'SOCKS5 [::1]:1081'],
    [{ HTTP_PROXY: 'http://proxy.example' }, 'DIRECT'],
    [{ HTTPS_PROXY: 'socks4://proxy.example' }, 'UNKNOWN'],
    [{ HTTPS_PROXY: 'http://a b' }, 'UNKNOWN'],
  ])('of %j is %s', async (env, list) => {
    expect(await proxyFromEnvironment(env)('https://us.posthog.com')).toBe(list);
  });

  it.each<[string, string, boolean]>([
    ['*', 'https://us.posthog.com', true],
    ['posthog.com', 'https://us.posthog.com', true],
    ['.posthog.com', 'https://us.posthog.com', true],
    ['*.posthog.com', 'https://us.posthog.com', true],
    ['POSTHOG.com, other.example', 'https://us.posthog.com', true],
    ['hog.com', 'https://us.posthog.com', false],
    ['us.posthog.com:443', 'https://us.posthog.com', true],
    ['us.posthog.com:8443', 'https://us.posthog.com', false],
    ['10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['::1', 'https://[::1]:8000', true],
    ['[::1]:8000', 'https://[::1]:8000', true],
    ['fd00::/8', 'https://[fd00::5]', true],
    ['', 'https://us.posthog.com', false],
  ])('is left out by NO_PROXY=%s for %s: %s', async (list, url, isExcluded) => {
    const resolve = proxyFromEnvironment({ HTTPS_PROXY: 'http://proxy.example', NO_PROXY: list });
    expect(await resolve(url)).toBe(isExcluded ? 'DIRECT' : 'PROXY proxy.example');
  });
});

describe('the system’s proxy list', () => {
  it.each([
    ['', [{ kind: 'direct' }]],
    ['DIRECT', [{ kind: 'direct' }]],
    [' proxy a.example:3128 ;DIRECT', [{ kind: 'http', host: 'a.example', port: 3128 }, { kind: 'direct' }]],
    ['HTTPS a.example', [{ kind: 'https', host: 'a.example', port: 443 }]],
    ['SOCKS5 [::1]:1080', [{ kind: 'socks5', host: '::1', port: 1080 }]],
    ['SOCKS a:1', [{ kind: 'unknown', host: 'a', port: 1 }]],
    ['nonsense', [{ kind: 'unknown', host: '', port: 0 }]],
  ])('“%s”', (list, routes) => {
    expect(readRoutes(list)).toEqual(routes);
  });
});
