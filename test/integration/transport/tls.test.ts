import * as tls from 'node:tls';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CertifiedKey } from '../../../src-main/node/demo-server/certificate';
import { createDemoCa } from '../../../src-main/node/demo-server/demo-ca';
import { openTransport } from '../../helpers/test-transport';
import { reply, startRawServer, testCa, testLeaf, validFor, type TestServer } from '../../helpers/tls-server';

async function serve(leaf: CertifiedKey, options: tls.TlsOptions = {}): Promise<TestServer> {
  const server = await startRawServer(leaf, (socket) => socket.end(reply('{"fine":true}')), options);
  onTestFinished(() => server.close());
  return server;
}

afterEach(() => vi.unstubAllEnvs());

describe('trust', () => {
  const ca = testCa();

  test('control: the right CA, the right host, a valid certificate', async () => {
    const server = await serve(testLeaf(ca));
    const { fetch } = openTransport({ origin: server.origin, caPem: ca.certPem });
    expect(await (await fetch({ method: 'GET', path: '/' })).json(100)).toEqual({ fine: true });
    expect(server.received).toContain('authorization');
  });

  const cases: [name: string, leaf: () => CertifiedKey, caPem: string | undefined, code: string][] = [
    ['self-signed', () => testLeaf(undefined), undefined, 'tls-untrusted'],
    ['self-signed, with a private CA configured', () => testLeaf(undefined), ca.certPem, 'tls-untrusted'],
    ['unknown CA', () => testLeaf(testCa()), ca.certPem, 'tls-untrusted'],
    ['private CA, not configured for this connection', () => testLeaf(ca), undefined, 'tls-untrusted'],
    ['issued by a certificate that is not a CA', () => testLeaf(testLeaf(ca)), ca.certPem, 'tls-untrusted'],
    ['expired', () => testLeaf(ca, undefined, validFor(-10, -1)), ca.certPem, 'tls-expired'],
    ['not yet valid', () => testLeaf(ca, undefined, validFor(1, 10)), ca.certPem, 'tls-expired'],
    ['another host', () => testLeaf(ca, ['example.com', '127.0.0.2']), ca.certPem, 'tls-wrong-host'],
  ];
  test.each(cases)('%s: refused before anything is sent', async (_, makeLeaf, caPem, code) => {
    const server = await serve(makeLeaf());
    const transport = openTransport({ origin: server.origin, caPem });
    expect(await transport.failure()).toEqual({ code });
    expect(server.received).toBe('');
    expect(transport.waits).toEqual([]);
  });

  test('with a private CA, certificates of the system’s CAs are refused', async () => {
    const systemCa = testCa('System CA');
    const server = await serve(testLeaf(systemCa));
    const trustsBoth = openTransport({ origin: server.origin, caPem: ca.certPem + systemCa.certPem });
    await expect(trustsBoth.fetch({ method: 'GET', path: '/' }).then((r) => r.json(100))).resolves.toEqual({
      fine: true,
    });
    const trustsOwn = openTransport({ origin: server.origin, caPem: ca.certPem });
    expect(await trustsOwn.failure()).toEqual({ code: 'tls-untrusted' });
  });

  test('environment variables can’t disable the check; control: they do for a plain connection', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const server = await serve(testLeaf(undefined));
    expect(await openTransport({ origin: server.origin }).failure()).toEqual({ code: 'tls-untrusted' });
    expect(server.received).toBe('');
    await new Promise<void>((resolve, reject) => {
      const socket = tls.connect({ port: Number(new URL(server.origin).port) }, () =>
        resolve(socket.end() && undefined),
      );
      socket.on('error', reject);
    });
  });

  test('certificates of the demo CA are valid for loopback names only', async () => {
    const demoCa = createDemoCa();
    const server = await serve(testLeaf(demoCa, ['example.com', '127.0.0.1']));
    const transport = openTransport({ origin: server.origin, caPem: demoCa.certPem });
    expect(await transport.failure()).toEqual({ code: 'tls-untrusted' });
    expect(server.received).toBe('');
  });

  test('every connection is checked, and no session is resumed; control: the server would resume it', async () => {
    const server = await serve(testLeaf(ca), { maxVersion: 'TLSv1.2' });
    const { fetch } = openTransport({ origin: server.origin, caPem: ca.certPem });
    for (let round = 0; round < 3; round++) await (await fetch({ method: 'GET', path: '/' })).json(100);
    expect(server).toMatchObject({ handshakes: 3, resumptions: 0 });

    const connect = (session: Buffer | undefined): Promise<Buffer | undefined> =>
      new Promise((resolve, reject) => {
        const port = Number(new URL(server.origin).port);
        const socket = tls.connect({ port, ca: ca.certPem, ...(session && { session }) }, () => {
          socket.on('close', () => resolve(socket.getSession() ?? session)).end('GET / HTTP/1.1\r\n\r\n');
          socket.resume();
          session ??= socket.getSession();
        });
        socket.on('error', reject);
      });
    await connect(await connect(undefined));
    expect(server.resumptions).toBe(1);
  });
});

describe('TLS versions', () => {
  const ca = testCa();
  const old: tls.SecureContextOptions = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };

  test('TLS 1.1 is refused; control: a client that allows it connects', async () => {
    const server = await serve(testLeaf(ca), old);
    const transport = openTransport({ origin: server.origin, caPem: ca.certPem });
    expect(await transport.failure()).toEqual({ code: 'tls-old' });
    expect(server.handshakes).toBe(0);

    const protocol = await new Promise<string | null>((resolve, reject) => {
      const socket = tls.connect({ port: Number(new URL(server.origin).port), ca: ca.certPem, ...old }, () => {
        resolve(socket.getProtocol());
        socket.end();
      });
      socket.on('error', reject);
    });
    expect(protocol).toBe('TLSv1.1');
  });

  test('TLS 1.2 is accepted', async () => {
    const server = await serve(testLeaf(ca), { maxVersion: 'TLSv1.2' });
    const { fetch } = openTransport({ origin: server.origin, caPem: ca.certPem });
    expect((await fetch({ method: 'GET', path: '/' })).status).toBe(200);
  });
});
