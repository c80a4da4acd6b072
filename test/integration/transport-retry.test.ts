import { describe, expect, onTestFinished, test } from 'vitest';
import { get, openPair, openTransport, sendJson, testAuthority, testIdentity } from '../helpers/test-transport';
import { reply, startRawServer, type startHttpsServer } from '../helpers/tls-server';

type Handler = Parameters<typeof startHttpsServer>[1];

describe('asking again', () => {
  /** Answers with `status` and headers as long as there are some, then with JSON. */
  const first =
    (...replies: [status: number, headers: Record<string, string>][]): Handler =>
    (request, response) => {
      const next = replies.shift();
      if (next) response.writeHead(...next).end();
      else sendJson(request, response);
    };
  const nowMs = (): number => Date.UTC(2026, 10, 23, 12, 0, 0);

  test('429 with a short Retry-After: waits as long and asks once more', async () => {
    const { server, transport } = await openPair(first([429, { 'retry-after': '7' }]));
    expect(await (await transport.fetch(get('/'))).json(100)).toEqual({ a: 1 });
    expect(transport.waits).toEqual([7000]);
    expect(server.requests).toHaveLength(2);
    expect(transport.log.map(({ status }) => status)).toEqual([429, 200]);
  });

  test('429 with a date', async () => {
    const { transport } = await openPair(first([429, { 'retry-after': 'Mon, 23 Nov 2026 12:00:09 GMT' }]), { nowMs });
    await (await transport.fetch(get('/'))).json(100);
    expect(transport.waits).toEqual([9000]);
  });

  test.each([
    ['a long wait', '31', 31],
    ['a far date', 'Mon, 23 Nov 2026 12:10:00 GMT', 600],
    ['no wait named', undefined, 60],
    ['nonsense', 'soon', 60],
  ])('429 with %s is told to the user', async (_, header, seconds) => {
    const headers: Record<string, string> = header === undefined ? {} : { 'retry-after': header };
    const { server, transport } = await openPair(first([429, headers]), { nowMs });
    expect(await transport.failure()).toEqual({ code: 'remote-rate-limited', details: { seconds } });
    expect(transport.waits).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  test('a second 429 is final', async () => {
    const { server, transport } = await openPair(first([429, { 'retry-after': '1' }], [429, { 'retry-after': '3' }]));
    expect(await transport.failure()).toEqual({ code: 'remote-rate-limited', details: { seconds: 3 } });
    expect(server.requests).toHaveLength(2);
  });

  test.each([401, 403, 404, 410, 500, 503])('%i is not asked again', async (status) => {
    const { server, transport } = await openPair(first([status, {}]));
    const answer = await transport.fetch(get('/'));
    answer.discard();
    expect(answer.status).toBe(status);
    expect(server.requests).toHaveLength(1);
  });

  test('nobody there: once more after a jittered moment, then it is unreachable', async () => {
    const { server, transport } = await openPair(sendJson, { random: () => 0.5 });
    await server.close();
    expect(await transport.failure()).toEqual({ code: 'remote-unreachable' });
    expect(transport.waits).toEqual([400]);
    expect(transport.log).toMatchObject([
      { status: 0, code: 'remote-unreachable' },
      { status: 0, code: 'remote-unreachable' },
    ]);
  });

  test('a name that does not exist', async () => {
    const transport = openTransport({ origin: 'https://nobody.invalid' });
    expect(await transport.failure()).toEqual({ code: 'remote-unreachable' });
  });

  test('a server that hangs up once is asked again', async () => {
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

  test('a POST that nobody answered is not sent twice', async () => {
    const server = await startRawServer(testIdentity, (socket) => socket.destroy());
    onTestFinished(() => server.close());
    const { fetch, waits } = openTransport({ origin: server.origin, caPem: testAuthority.certPem, methods: ['POST'] });
    await expect(fetch({ method: 'POST', path: '/', body: '{}' })).rejects.toMatchObject({ code: 'remote-gone' });
    expect(waits).toEqual([]);
    expect(server.handshakes).toBe(1);
  });
});
