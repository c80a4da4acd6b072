import { describe, expect, onTestFinished, test } from 'vitest';
import {
  drain,
  get,
  openPair,
  openTransport,
  sendJson,
  testAuthority,
  testIdentity,
} from '../../helpers/test-transport';
import { reply, startRawServer, type startHttpsServer } from '../../helpers/tls-server';

type Handler = Parameters<typeof startHttpsServer>[1];

describe('retries', () => {
  /** Sends these replies in turn, then JSON. */
  const replyFirst =
    (...replies: [status: number, headers: Record<string, string>][]): Handler =>
    (request, response) => {
      const next = replies.shift();
      // Without a Date header, waits are measured by the test's clock.
      response.sendDate = false;
      if (next) response.writeHead(...next).end();
      else sendJson(request, response);
    };
  /** Rounds waits up, because the transport subtracts the time since the reply. */
  const inSeconds = (waits: readonly number[]): number[] => waits.map((ms) => Math.ceil(ms / 1000));
  const nowMs = (): number => Date.UTC(2026, 10, 23, 12, 0, 0);

  test('429 with a short Retry-After: waits and retries once', async () => {
    const { server, transport } = await openPair(replyFirst([429, { 'retry-after': '7' }]));
    expect(await (await transport.fetch(get('/'))).json(100)).toEqual({ a: 1 });
    expect(inSeconds(transport.waits)).toEqual([7]);
    expect(server.requests).toHaveLength(2);
    expect(transport.log.map(({ status }) => status)).toEqual([429, 200]);
  });

  test('429 with a date in Retry-After', async () => {
    const { transport } = await openPair(replyFirst([429, { 'retry-after': 'Mon, 23 Nov 2026 12:00:09 GMT' }]), {
      nowMs,
    });
    await (await transport.fetch(get('/'))).json(100);
    expect(inSeconds(transport.waits)).toEqual([9]);
  });

  test.each([
    ['a long wait', '31', 31],
    ['a far date', 'Mon, 23 Nov 2026 12:10:00 GMT', 600],
    ['no Retry-After', undefined, 60],
    ['nonsense', 'soon', 60],
  ])('429 with %s is reported to the user', async (_, header, seconds) => {
    const headers: Record<string, string> = header === undefined ? {} : { 'retry-after': header };
    const { server, transport } = await openPair(replyFirst([429, headers]), { nowMs });
    expect(await transport.failure()).toEqual({ code: 'remote-rate-limited', details: { seconds } });
    expect(transport.waits).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  test('a second 429 is final', async () => {
    const { server, transport } = await openPair(
      replyFirst([429, { 'retry-after': '1' }], [429, { 'retry-after': '3' }]),
    );
    expect(await transport.failure()).toEqual({ code: 'remote-rate-limited', details: { seconds: 3 } });
    expect(server.requests).toHaveLength(2);
  });

  test.each([401, 403, 404, 410, 500, 502])('%i is not retried', async (status) => {
    const { server, transport } = await openPair(replyFirst([status, {}]));
    const answer = await transport.fetch(get('/'));
    answer.discard();
    expect(answer.status).toBe(status);
    expect(server.requests).toHaveLength(1);
  });

  test('503: a GET is retried with exponential backoff and jitter', async () => {
    const replies = replyFirst([503, {}], [503, {}]);
    const { server, transport } = await openPair(replies, { random: () => 0.5 });
    expect(await (await transport.fetch(get('/'))).json(100)).toEqual({ a: 1 });
    expect(server.requests).toHaveLength(3);
    expect(transport.waits.map((ms) => Math.round(ms / 250) * 250)).toEqual([750, 1500]);
  });

  test('a lasting 503 is reported, and a POST is never sent twice', async () => {
    const lasting: Handler = (_, response) => void response.writeHead(503).end();
    const { server, transport } = await openPair(lasting, { methods: ['GET', 'POST'] });
    const answer = await transport.fetch(get('/'));
    answer.discard();
    expect(answer.status).toBe(503);
    expect(server.requests).toHaveLength(3);
    expect((await transport.fetch({ method: 'POST', path: '/', body: '{}' })).status).toBe(503);
    expect(server.requests).toHaveLength(4);
  });

  test('waits for the reset when no requests are left', async () => {
    const { server, transport } = await openPair((request, response) => {
      response.setHeader('x-sentry-rate-limit-remaining', '0').setHeader('x-sentry-rate-limit-reset', '5');
      sendJson(request, response);
    });
    for (let asked = 0; asked < 2; asked++) await drain(await transport.fetch(get('/')));
    expect(inSeconds(transport.waits)).toEqual([5]);
    expect(server.requests).toHaveLength(2);
  });

  test('an unreachable server is retried once with jitter, then reported', async () => {
    const { server, transport } = await openPair(sendJson, { random: () => 0.5 });
    await server.close();
    expect(await transport.failure()).toEqual({ code: 'remote-unreachable' });
    expect(transport.waits).toEqual([400]);
    expect(transport.log).toMatchObject([
      { status: 0, code: 'remote-unreachable' },
      { status: 0, code: 'remote-unreachable' },
    ]);
  });

  test('reports a host name that does not exist', async () => {
    const transport = openTransport({ origin: 'https://unknown.invalid' });
    expect(await transport.failure()).toEqual({ code: 'remote-no-host' });
  });

  test('a server that closes the connection once is retried', async () => {
    let isFirst = true;
    const server = await startRawServer(testIdentity, (socket) => {
      if (isFirst) socket.destroy();
      else socket.end(reply('{"a":1}'));
      isFirst = false;
    });
    onTestFinished(() => server.close());
    const { fetch } = openTransport({ origin: server.origin, caPem: testAuthority.certPem });
    expect(await (await fetch(get('/'))).json(100)).toEqual({ a: 1 });
  });

  test('a POST without a reply is not sent twice', async () => {
    const server = await startRawServer(testIdentity, (socket) => socket.destroy());
    onTestFinished(() => server.close());
    const { fetch, waits } = openTransport({ origin: server.origin, caPem: testAuthority.certPem, methods: ['POST'] });
    await expect(fetch({ method: 'POST', path: '/', body: '{}' })).rejects.toMatchObject({ code: 'remote-gone' });
    expect(waits).toEqual([]);
    expect(server.handshakes).toBe(1);
  });
});
