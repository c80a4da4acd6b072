import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CertifiedKey } from '../../../src-main/node/demo-server/certificate';
import { checkPins } from '../../../src-main/node/transport/trust';
import { umamiOf, umamiToken } from '../../helpers/platform-samples';
import { openApp } from '../../helpers/services';
import { get, openTransport, testAuthority, testIdentity } from '../../helpers/test-transport';
import { reply, startRawServer, testCa, testLeaf } from '../../helpers/tls-server';

const ca = testCa();
const leaf = testLeaf(ca);

const digestOf = ({ certPem }: CertifiedKey): Buffer =>
  createHash('sha256')
    .update(new X509Certificate(certPem).publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
const pinOf = (key: CertifiedKey): string => digestOf(key).toString('base64');

async function serve(identity = leaf) {
  const server = await startRawServer(identity, (socket) => socket.end(reply('{"fine":true}')));
  onTestFinished(() => server.close());
  return server;
}

describe('a pin', () => {
  it('accepts the server with that key, also as one of several pins', async () => {
    const server = await serve();
    for (const pins of [[pinOf(leaf)], [pinOf(testLeaf(ca)), pinOf(leaf)]]) {
      const { fetch } = openTransport({ origin: server.origin, caPem: ca.certPem, pins });
      expect(await (await fetch(get('/'))).json(100)).toEqual({ fine: true });
    }
  });

  it('refuses a trusted certificate with another key before anything is sent; control: it is accepted without a pin', async () => {
    const server = await serve(testLeaf(ca));
    const transport = openTransport({ origin: server.origin, caPem: ca.certPem, pins: [pinOf(leaf)] });
    expect(await transport.failure()).toEqual({ code: 'tls-pin' });
    expect(transport.waits).toEqual([]);
    expect(server.received).toBe('');
    const { fetch } = openTransport({ origin: server.origin, caPem: ca.certPem });
    expect(await (await fetch(get('/'))).json(100)).toEqual({ fine: true });
  });

  it('doesn’t replace the certificate check: unknown CAs and wrong hosts are refused', async () => {
    const self = testLeaf(undefined);
    const unknown = await serve(self);
    const pins = [pinOf(self)];
    expect(await openTransport({ origin: unknown.origin, caPem: ca.certPem, pins }).failure()).toEqual({
      code: 'tls-untrusted',
    });
    const other = testLeaf(ca, ['example.com']);
    const elsewhere = await serve(other);
    expect(
      await openTransport({ origin: elsewhere.origin, caPem: ca.certPem, pins: [pinOf(other)] }).failure(),
    ).toEqual({ code: 'tls-wrong-host' });
  });

  it('doesn’t match the key of a CA in the chain', async () => {
    const server = await serve({ ...leaf, certPem: leaf.certPem + ca.certPem });
    const transport = openTransport({ origin: server.origin, caPem: ca.certPem, pins: [pinOf(ca)] });
    expect(await transport.failure()).toEqual({ code: 'tls-pin' });
  });
});

describe('pins that the user enters', () => {
  const digest = digestOf(leaf);
  const pin = digest.toString('base64');
  const hex = digest.toString('hex');

  it('may be base64 or hex, one or several pins', () => {
    const colons = hex.toUpperCase().replace(/..(?=.)/g, '$&:');
    for (const text of [pin, `sha256/${pin}`, ` SHA256//${pin}\n`, hex, colons, `${pin}, sha256/${pin}`]) {
      expect(checkPins(text)).toEqual([pin]);
    }
    expect(checkPins(`${pin}\n${pinOf(ca)}`)).toEqual([pin, pinOf(ca)]);
  });

  it.each(['', '  ', 'sha256/', pin.slice(1), `md5/${pin}`, hex.slice(2), `${pin} x`, `${pin} `.repeat(11)])(
    'are refused if invalid: “%s”',
    (text) => {
      expect(() => checkPins(text)).toThrow('connection-pin');
    },
  );
});

describe('a connection with a pin', () => {
  it('is added only if the server has that key, and checks it for every request', async () => {
    const { listener } = umamiOf();
    const { connections, keychain, store, origin } = await openApp(listener);
    const add = (pins: string): Promise<unknown> =>
      connections.add({
        kind: 'umami',
        name: 'Shop',
        origin,
        place: { website: 'b59e9c65-ae32-47f1-8400-119fcf4861c4' },
        key: umamiToken,
        caPem: testAuthority.certPem,
        pins,
        allowKeyForThisRun: false,
      });
    await expect(add(pinOf(leaf))).rejects.toMatchObject({ code: 'tls-pin' });
    expect(keychain.entries.size).toBe(0);
    await add(pinOf(testIdentity));
    const [stored] = await store.read();
    if (!stored) throw new Error('not stored');
    expect(stored.pins).toEqual([pinOf(testIdentity)]);
    // Changing the stored pin has the same effect as changing the server's key.
    await store.write([{ ...stored, pins: [pinOf(leaf)] }]);
    await connections.close();
    await expect(connections.search(stored.id, {}, undefined)).rejects.toMatchObject({ code: 'tls-pin' });
  });
});
