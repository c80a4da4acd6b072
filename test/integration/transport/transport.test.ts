import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import { CasementError } from '../../../src-main/contract/errors';
import type { FetchRequest } from '../../../src-main/core/sources/source';
import { get, keyCanary, openPair, refuseCanary, sendJson } from '../../helpers/test-transport';

describe('a request', () => {
  test('contains the key and Accept, and nothing about the user', async () => {
    const { server, transport } = await openPair(sendJson);
    const answer = await transport.fetch(get('/v1/me?x=1', { headers: { 'x-page': '2' } }));
    expect(await answer.json(100)).toEqual({ a: 1 });
    expect(server.requests).toEqual([
      {
        method: 'GET',
        url: '/v1/me?x=1',
        headers: {
          host: new URL(server.origin).host,
          connection: 'close',
          accept: 'application/json',
          'accept-encoding': 'gzip',
          'user-agent': 'Casement',
          authorization: `Bearer ${keyCanary}`,
          'x-page': '2',
        },
      },
    ]);
  });

  test('reads the key each time and doesn’t keep it', async () => {
    const shown = [{ authorization: 'Bearer one' }, { authorization: 'Bearer two' }];
    const { server, transport } = await openPair(sendJson, { sign: () => Promise.resolve(shown.shift() ?? {}) });
    for (let round = 0; round < 3; round++) await (await transport.fetch(get('/'))).json(100);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer one',
      'Bearer two',
      undefined,
    ]);
  });

  test('refuses a key that no header can contain, without quoting it', async () => {
    const { server, transport } = await openPair(sendJson, {
      sign: authorize(`Bearer ${keyCanary}\r\nx-injected: 1`),
    });
    expect(await transport.failure()).toEqual({ code: 'key-refused' });
    expect(server.requests).toEqual([]);
  });

  test('passes on the key store’s error', async () => {
    const { transport } = await openPair(sendJson, {
      sign: () => Promise.reject(new CasementError('keychain-locked')),
    });
    expect(await transport.failure()).toEqual({ code: 'keychain-locked' });
  });

  test.each<[string, FetchRequest]>([
    ['a method that the connection doesn’t use', { method: 'POST', path: '/' }],
    ['another origin', get('//elsewhere.example/')],
    ['a path with “..”', get('/v1/../admin')],
    ['a path with an escaped “..”', get('/v1/%2E%2e/admin')],
    ['a line break', get('/\r\nx: y')],
    ['a fragment', get('/#a')],
    ['a backslash', get('/\\elsewhere.example')],
    ['its own authorization', get('/', { headers: { authorization: 'x' } })],
    ['its own host', get('/', { headers: { host: 'x' } })],
    ['a capitalized header name', get('/', { headers: { Host: 'x' } })],
    ['a cookie', get('/', { headers: { cookie: 'x' } })],
  ])('refuses %s', async (_, request) => {
    const { server, transport } = await openPair(sendJson);
    await expect(transport.fetch(request)).rejects.toMatchObject({ code: 'bug' });
    expect(server.requests).toEqual([]);
  });

  test('allows POST for a connection that needs it', async () => {
    const { server, transport } = await openPair(sendJson, { methods: ['POST'] });
    await (await transport.fetch({ method: 'POST', path: '/v1/keys', body: '{}' })).json(100);
    expect(server.requests[0]).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    await expect(transport.fetch(get('/'))).rejects.toMatchObject({ code: 'bug' });
  });

  test('working offline makes no request, not even a name lookup', async () => {
    const { server, transport } = await openPair(sendJson, { isOffline: () => true });
    expect(await transport.failure()).toEqual({ code: 'offline' });
    expect(server.requests).toEqual([]);
    expect(transport.log).toEqual([]);
  });
});

describe('a reply', () => {
  test('passes on any status to the source', async () => {
    const { transport } = await openPair((_, response) => void response.writeHead(404, { 'x-why': 'gone' }).end());
    const answer = await transport.fetch(get('/'));
    answer.discard();
    expect(answer).toMatchObject({ status: 404, headers: { 'x-why': 'gone' } });
  });

  test('is inflated, and the log counts the bytes on the wire', async () => {
    const gzipped = gzipSync(JSON.stringify({ a: 'x'.repeat(10_000) }));
    const { transport } = await openPair(
      (_, response) =>
        void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipped),
    );
    expect(await (await transport.fetch(get('/'))).json(20_000)).toEqual({ a: 'x'.repeat(10_000) });
    expect(transport.log).toMatchObject([{ status: 200, bytes: gzipped.length }]);
  });

  test('passes on a gzip file unchanged', async () => {
    const gzipped = gzipSync('[]');
    const { transport } = await openPair(
      (_, response) => void response.writeHead(200, { 'content-type': 'application/gzip' }).end(gzipped),
    );
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await transport.fetch(get('/'))).bytes()) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(gzipped);
  });

  test('drops the connection when the body isn’t read to its end', async () => {
    let onClosed: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (onClosed = resolve));
    const { transport } = await openPair((request, response) => {
      request.socket.on('close', onClosed);
      response.writeHead(200, { 'content-length': '10000000' }).write('x'.repeat(1000));
    });
    const answer = await transport.fetch(get('/'));
    for await (const _ of answer.bytes()) break;
    await closed;
    expect(transport.log).toMatchObject([{ status: 200 }]);
  });

  test('is logged without query, headers and body', async () => {
    const { server, transport } = await openPair(sendJson);
    await (await transport.fetch(get('/v1/sessions?user_email=jane%40example.com'))).json(100);
    expect(transport.log).toEqual([
      {
        method: 'GET',
        host: new URL(server.origin).host,
        path: '/v1/sessions',
        status: 200,
        ms: expect.any(Number) as number,
        bytes: 7,
      },
    ]);
    refuseCanary(transport.log);
  });
});

test('control: the check for the key finds it anywhere', () => {
  const hidden = Object.defineProperty(new Error('x'), 'request', {
    value: { headers: [keyCanary] },
    enumerable: false,
  });
  expect(() => refuseCanary(hidden)).toThrow('the key is in');
  expect(() => refuseCanary(new Error('x', { cause: new Error(keyCanary) }))).toThrow('the key is in');
  expect(() => refuseCanary([{ path: `/?key=${keyCanary}` }])).toThrow('the key is in');
});
