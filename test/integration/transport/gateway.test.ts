import { inspect } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { GatewayInput } from '../../../src-main/contract/gateway';
import { checkClientCertificate } from '../../../src-main/node/transport/client-certificate';
import { createPresignedClient } from '../../../src-main/node/transport/presigned';
import { ProxyLogins } from '../../../src-main/services/proxy-logins';
import { Keys } from '../../../src-main/services/keys';
import { makeClientIdentity, type ClientIdentity } from '../../helpers/client-certificate';
import { fakeKeychain } from '../../helpers/in-process';
import { amplitudeOf, amplitudePair, umamiOf, umamiToken } from '../../helpers/platform-samples';
import { startConnectProxy } from '../../helpers/proxy-servers';
import { makeHome, openAppAt, openServices } from '../../helpers/services';
import {
  get,
  keyCanary,
  openTransport,
  refuseCanary,
  sendJson,
  testAuthority,
  testIdentity,
} from '../../helpers/test-transport';
import { startHttpsServer, testLeaf } from '../../helpers/tls-server';

let identity: ClientIdentity;
beforeAll(() => {
  identity = makeClientIdentity();
});

const website = 'b59e9c65-ae32-47f1-8400-119fcf4861c4';
const headers = [
  { name: 'cf-access-client-id', value: `${keyCanary}.access` },
  { name: 'cf-access-client-secret', value: keyCanary },
];

const access = (input: Partial<GatewayInput>) => ({
  readHeaders: async () => input.headers ?? [],
  readCertificate: async () => input.certificate,
});

/** Starts a server that demands a client certificate. */
async function startDemanding(version: 'TLSv1.2' | 'TLSv1.3', handler = sendJson, trusted = identity.certPem) {
  const server = await startHttpsServer(testIdentity, handler, {
    requestCert: true,
    rejectUnauthorized: true,
    ca: [trusted],
    minVersion: version,
    maxVersion: version,
  });
  onTestFinished(() => server.close());
  return server;
}

describe('a client certificate', () => {
  it.each(['pem', 'encryptedPem', 'pkcs12'] as const)('as %s opens a server that demands one', async (form) => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const server = await startDemanding(version);
      const gateway = access({ certificate: checkClientCertificate(identity[form]) });
      const { fetch } = openTransport({ origin: server.origin, caPem: testAuthority.certPem, gateway });
      expect(await (await fetch(get('/'))).json(100)).toEqual({ a: 1 });
    }
  });

  it('control: without one, the server’s demand is reported', async () => {
    const server = await startDemanding('TLSv1.3');
    const transport = openTransport({ origin: server.origin, caPem: testAuthority.certPem });
    expect((await transport.failure()).code).toMatch(/^tls-certificate-missing$|^remote-gone$/);
    const old = await startDemanding('TLSv1.2');
    expect((await openTransport({ origin: old.origin, caPem: testAuthority.certPem }).failure()).code).toMatch(
      /^tls-failed$|^remote-gone$/,
    );
  });

  it('that the server doesn’t trust is reported', async () => {
    const other = makeClientIdentity();
    const server = await startDemanding('TLSv1.3', sendJson, other.certPem);
    const gateway = access({ certificate: identity.pem });
    const transport = openTransport({ origin: server.origin, caPem: testAuthority.certPem, gateway });
    expect((await transport.failure()).code).toMatch(/^tls-certificate-refused$|^remote-gone$/);
  });

  it('is not shown to presigned hosts; control: the connection’s own host receives it', async () => {
    const seen: boolean[] = [];
    const server = await startHttpsServer(
      testIdentity,
      (request, response) => {
        const socket = request.socket as unknown as { getPeerCertificate: () => object };
        seen.push(Object.keys(socket.getPeerCertificate()).length > 0);
        sendJson(request, response);
      },
      { requestCert: true, rejectUnauthorized: false },
    );
    onTestFinished(() => server.close());
    const gateway = access({ certificate: identity.pem, headers });
    const own = openTransport({ origin: server.origin, caPem: testAuthority.certPem, gateway });
    await (await own.fetch(get('/'))).json(100);
    // Even if the options of a connection are passed on by mistake.
    const options = { caPem: testAuthority.certPem, isOffline: () => false, gateway };
    const presigned = createPresignedClient(options);
    onTestFinished(() => presigned.close());
    await (await presigned.fetch(`${server.origin}/file`)).json(100);
    expect(seen).toEqual([true, false]);
    expect(server.requests.map((request) => request.headers['cf-access-client-secret'])).toEqual([
      keyCanary,
      undefined,
    ]);
  });

  it.each([
    ['a wrong passphrase', () => ({ ...identity.pkcs12, passphrase: 'wrong' })],
    ['no passphrase', () => ({ ...identity.encryptedPem, passphrase: '' })],
    ['no key', () => ({ base64: Buffer.from(identity.certPem).toString('base64'), passphrase: '' })],
    ['another file', () => ({ base64: Buffer.from('no certificate').toString('base64'), passphrase: '' })],
  ])('is refused with %s, and the error doesn’t contain it', (_, file) => {
    const check = () => checkClientCertificate(file());
    expect(check).toThrow('connection-certificate');
    try {
      check();
    } catch (error) {
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(file().base64.slice(0, 40));
    }
  });
});

describe('an extra header', () => {
  const gate = (): { listener: Parameters<typeof startHttpsServer>[1]; calls: () => number } => {
    const { listener } = umamiOf();
    let calls = 0;
    return {
      calls: () => calls,
      listener: (request, response) => {
        const isAllowed = headers.every(({ name, value }) => request.headers[name] === value);
        if (!isAllowed) return void response.writeHead(403, { 'content-type': 'text/html' }).end('<html>');
        calls++;
        listener(request, response);
      },
    };
  };

  async function openGated() {
    const { listener, calls } = gate();
    const server = await startHttpsServer(testIdentity, listener);
    onTestFinished(() => server.close());
    const log: unknown[] = [];
    const home = await makeHome();
    const app = await openAppAt(server.origin, { home, log: (entry) => log.push(entry) });
    return { ...app, calls, log, home, origin: server.origin };
  }

  it('is sent with each request, and kept in the keychain only', async () => {
    const { add, connections, keychain, store, log, calls } = await openGated();
    const connection = await add({ kind: 'umami', place: { website }, key: umamiToken, gateway: { headers } });
    expect(connection.gateway).toEqual({ headers: headers.map(({ name }) => name), hasCertificate: false });
    expect((await connections.search(connection.id, {}, undefined)).sessions).toHaveLength(1);
    expect(calls()).toBeGreaterThan(1);
    refuseCanary(await store.read());
    refuseCanary(connection);
    refuseCanary(log);
    expect([...keychain.entries.values()].join()).toContain(keyCanary);
    await connections.remove(connection.id);
    expect(keychain.entries.size).toBe(0);
  });

  it('control: without it, the gateway refuses the source', async () => {
    const { add } = await openGated();
    await expect(add({ kind: 'umami', place: { website }, key: umamiToken })).rejects.toThrow();
  });

  it('can be set, replaced and removed later, once the server accepts it', async () => {
    const { add, connections, calls, keychain } = await openGated();
    const { id } = await add({ kind: 'umami', place: { website }, key: umamiToken, gateway: { headers } });
    const set = (gateway: GatewayInput) => connections.setGateway({ id, gateway, allowKeyForThisRun: false });
    await expect(set({ headers: [{ name: 'x-other', value: 'y' }] })).rejects.toThrow();
    const before = calls();
    await connections.search(id, {}, undefined);
    expect(calls()).toBe(before + 1);
    const certificate = identity.pkcs12;
    expect((await set({ headers, certificate })).gateway).toMatchObject({ hasCertificate: true });
    // No entry is longer than the smallest limit of the systems' keychains.
    expect(Math.max(...[...keychain.entries.values()].map((entry) => Buffer.byteLength(entry)))).toBeLessThan(2500);
    expect((await connections.search(id, {}, undefined)).sessions).toHaveLength(1);
    await expect(set({ headers: [] })).rejects.toThrow();
  });

  it('that is missing in the keychain fails the request instead of leaving it out', async () => {
    const { add, connections, keychain } = await openGated();
    const { id } = await add({ kind: 'umami', place: { website }, key: umamiToken, gateway: { headers } });
    for (const account of [...keychain.entries.keys()]) {
      if (account.includes('/headers')) keychain.entries.delete(account);
    }
    await expect(connections.search(id, {}, undefined)).rejects.toMatchObject({ code: 'gateway-missing' });
  });

  it('is not sent to the file hosts of a platform', async () => {
    let storeOrigin = '';
    const { listener, store } = amplitudeOf(() => storeOrigin);
    const files = await startHttpsServer(testIdentity, store);
    const server = await startHttpsServer(testIdentity, listener);
    onTestFinished(() => server.close());
    onTestFinished(() => files.close());
    storeOrigin = files.origin;
    const app = await openAppAt(server.origin, { fileHosts: [new URL(storeOrigin).host] });
    const connection = await app.add({ kind: 'amplitude', place: {}, key: amplitudePair, gateway: { headers } });
    const { sessions } = await app.connections.search(connection.id, {}, undefined);
    await app.pull(connection.id, sessions[0]?.remoteId ?? '');
    expect(server.requests.every((request) => request.headers['cf-access-client-secret'] === keyCanary)).toBe(true);
    expect(files.requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(files.requests)).not.toContain(keyCanary);
  });
});

describe('the login for a proxy', () => {
  it('is asked for, reported as wrong, and then kept in the keychain', async () => {
    const host = 'umami.invalid';
    const { listener } = umamiOf();
    const server = await startHttpsServer(testLeaf(testAuthority, [host]), listener);
    onTestFinished(() => server.close());
    const login = { user: 'jane', password: 'proxy-canary-77 pä:ss' };
    const proxy = await startConnectProxy(Number(new URL(server.origin).port), {
      login: `${login.user}:${login.password}`,
    });
    const home = await makeHome();
    const keys = new Keys(home.keychain);
    const logins = new ProxyLogins(keys, () => undefined);
    const log: unknown[] = [];
    const { add } = await openServices({
      home,
      resolveProxy: async () => `PROXY 127.0.0.1:${proxy.port}`,
      proxyCredentials: (name, port) => logins.find(name, port),
      log: (entry) => log.push(entry),
    });
    const connect = () => add({ kind: 'umami', place: { website }, key: umamiToken, origin: `https://${host}` });
    const details = { proxy: `127.0.0.1:${proxy.port}` };
    await expect(connect()).rejects.toMatchObject({ code: 'proxy-auth', details });
    await logins.save(details.proxy, { ...login, password: 'wrong' }, false);
    await expect(connect()).rejects.toMatchObject({ code: 'proxy-login', details });
    await logins.save(details.proxy, login, false);
    expect(await connect()).toMatchObject({ kind: 'umami' });
    // The next start of the app knows it.
    expect(await new ProxyLogins(new Keys(home.keychain), () => undefined).find('127.0.0.1', proxy.port)).toEqual(
      login,
    );
    expect(log.length).toBeGreaterThan(0);
    expect(inspect([log, server.requests], { depth: 9 })).not.toContain('proxy-canary');
  });

  it('comes from the environment if none was entered, also while the keychain is locked', async () => {
    const keychain = fakeKeychain('ready');
    const keys = new Keys(keychain);
    const fromEnvironment = { user: 'env', password: 'p' };
    const logins = new ProxyLogins(keys, () => fromEnvironment);
    expect(await logins.find('proxy.example', 3128)).toEqual(fromEnvironment);
    await logins.save('proxy.example:3128', { user: 'jane', password: 'q' }, false);
    expect(await logins.find('proxy.example', 3128)).toEqual({ user: 'jane', password: 'q' });
    expect(await logins.find('proxy.example', 80)).toEqual(fromEnvironment);
    keychain.become('locked');
    expect(await logins.find('proxy.example', 3128)).toEqual(fromEnvironment);
  });
});
