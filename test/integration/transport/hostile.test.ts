import { gzipSync } from 'node:zlib';
import type { TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { FetchReply } from '../../../src-main/core/sources/source';
import type { TransportLimits } from '../../../src-main/node/transport/limits';
import { capAdvice } from '../../../src-main/contract/words/caps';
import { drain, openTransport, type TestTransport } from '../../helpers/test-transport';
import { reply, startRawServer, testCa, testLeaf } from '../../helpers/tls-server';

const ca = testCa();
const leaf = testLeaf(ca);
const kilobyte = 1024;

/** Starts a server that handles requests with `onRequest`, and opens a transport to it. */
async function open(
  onRequest: (socket: TLSSocket, reset: () => void) => void,
  limits: Partial<TransportLimits> = {},
): Promise<TestTransport> {
  const server = await startRawServer(leaf, onRequest);
  onTestFinished(() => server.close());
  return openTransport({ origin: server.origin, caPem: ca.certPem, limits });
}

const openCanned = (answer: string | Buffer, limits?: Partial<TransportLimits>): Promise<TestTransport> =>
  open((socket) => socket.end(answer), limits);

/** Writes until the client closes the connection. */
function writeEndlessly(socket: TLSSocket, piece: string | Buffer): void {
  const write = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', write);
  write();
}

const chunkedHead = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n';

describe('replies that are too large', () => {
  test('an endless body', async () => {
    const transport = await open((socket) => {
      socket.write(`${chunkedHead}\r\n`);
      writeEndlessly(socket, `${(64 * kilobyte).toString(16)}\r\n${' '.repeat(64 * kilobyte)}\r\n`);
    });
    expect(await transport.failure('/', (r) => r.json(256 * kilobyte))).toEqual({
      code: 'remote-too-large',
      details: { limit: '256 KB' },
    });
  });

  test('an endless recording stops at the wire limit', async () => {
    const transport = await open(
      (socket) => {
        socket.write(`${chunkedHead}\r\n`);
        writeEndlessly(socket, `${kilobyte.toString(16)}\r\n${' '.repeat(kilobyte)}\r\n`);
      },
      { wireBytes: 128 * kilobyte },
    );
    expect(await transport.failure('/', drain)).toEqual({
      code: 'remote-too-large',
      details: { limit: '128 KB', advice: capAdvice('wireBytes') },
    });
  });

  test('a Content-Length that is too large is refused before the body is read', async () => {
    const transport = await open((socket) => socket.write(reply('', { 'content-length': '999999999999' })), {});
    expect(await transport.failure('/', drain)).toMatchObject({ code: 'remote-too-large' });
    expect(transport.log).toMatchObject([{ bytes: 0, code: 'remote-too-large' }]);
  });

  test('a gzip bomb stops at the limit of inflated bytes', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * kilobyte * kilobyte));
    const transport = await openCanned(reply(bomb, { 'content-encoding': 'gzip' }), { inflatedBytes: 1024 * kilobyte });
    expect(await transport.failure('/', drain)).toEqual({
      code: 'remote-inflated',
      details: { limit: '1 MB', advice: capAdvice('inflatedBytes') },
    });
    expect(await transport.failure('/', (r) => r.json(5000))).toEqual({
      code: 'remote-inflated',
      details: { limit: '5 KB' },
    });
  });

  test('control: the same body passes within the limit', async () => {
    const body = gzipSync(Buffer.alloc(1024 * kilobyte));
    const { fetch } = await openCanned(reply(body, { 'content-encoding': 'gzip' }), { inflatedBytes: 1024 * kilobyte });
    expect(await drain(await fetch({ method: 'GET', path: '/' }))).toBe(1024 * kilobyte);
  });

  test('headers of 10 MB', async () => {
    const transport = await open((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      writeEndlessly(socket, `x-filler: ${'a'.repeat(kilobyte)}\r\n`);
    });
    expect(await transport.failure()).toEqual({
      code: 'remote-head-large',
      details: { limit: '16 KB', advice: capAdvice('headerBytes') },
    });
  });
});

describe('replies that are too slow', () => {
  const limits = { answerMs: 300 };

  test('no reply', async () => {
    const transport = await open(() => undefined, limits);
    expect(await transport.failure()).toEqual({ code: 'remote-timeout', details: { seconds: 1 } });
    expect(transport.waits).toEqual([]);
  });

  test('headers that arrive byte by byte', async () => {
    const transport = await open((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-drip: ');
      const drip = setInterval(() => socket.write('a'), 20);
      socket.on('close', () => clearInterval(drip));
    }, limits);
    expect(await transport.failure()).toEqual({ code: 'remote-timeout', details: { seconds: 1 } });
  });

  test('a body that stalls', async () => {
    const transport = await open((socket) => socket.write(reply('{"a":', { 'content-length': '100' })), {
      idleMs: 300,
    });
    expect(await transport.failure()).toEqual({ code: 'remote-timeout', details: { seconds: 1 } });
    expect(transport.log).toMatchObject([{ status: 200, bytes: 5, code: 'remote-timeout' }]);
  });

  test('a body that arrives byte by byte ends at the limit of the total time', async () => {
    const transport = await open(
      (socket) => {
        socket.write(reply('[', { 'content-length': '100000' }));
        const drip = setInterval(() => socket.write(' '), 20);
        socket.on('close', () => clearInterval(drip));
      },
      { idleMs: 5000, totalMs: 600 },
    );
    expect(await transport.failure('/', drain)).toEqual({
      code: 'remote-timeout',
      details: { seconds: 1, advice: capAdvice('totalMs') },
    });
  });

  test('a slow reader doesn’t end the connection', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { fetch } = await open((socket) => socket.end(reply('x'.repeat(300 * kilobyte))), { idleMs: 20_000 });
    let total = 0;
    for await (const chunk of (await fetch({ method: 'GET', path: '/' })).bytes()) {
      if (total === 0) vi.advanceTimersByTime(10 * 20_000);
      total += chunk.length;
    }
    expect(total).toBe(300 * kilobyte);
  });
});

describe('truncated replies', () => {
  test.each([
    ['fewer bytes than Content-Length', reply('{"a":1}', { 'content-length': '100' })],
    ['a truncated chunked body', `${chunkedHead}\r\n10\r\n{"a":`],
    ['a chunked body without its last chunk', `${chunkedHead}\r\n7\r\n{"a":1}\r\n`],
    ['the same with “connection: close”', `${chunkedHead}connection: close\r\n\r\n7\r\n{"a":1}\r\n`],
    ['truncated gzip in a complete body', reply(gzipSync('{"a":1}').subarray(0, 20), { 'content-encoding': 'gzip' })],
  ])('%s', async (_, answer) => {
    const transport = await openCanned(answer);
    expect(await transport.failure()).toEqual({ code: 'remote-cut' });
  });

  test('two Content-Length headers end the reply before it starts', async () => {
    const transport = await openCanned(reply('{}', { 'content-length': '2\r\ncontent-length: 4' }));
    expect(await transport.failure()).toEqual({ code: 'remote-gone' });
  });

  test.each(['keep-alive', 'close'])('a reset of a connection with “connection: %s”', async (connection) => {
    let reset = (): void => undefined;
    const transport = await open((socket, drop) => {
      reset = drop;
      socket.write(reply('{"a":', { 'content-length': '100', connection }));
    });
    const resetAfterFirstByte = async (answer: FetchReply): Promise<void> => {
      for await (const { length } of answer.bytes()) if (length > 0) reset();
    };
    expect(await transport.failure('/', resetAfterFirstByte)).toEqual({ code: 'remote-gone' });
    expect(transport.waits).toEqual([]);
  });

  test('a connection closed before any reply, twice', async () => {
    const transport = await open((socket) => socket.destroy());
    expect(await transport.failure()).toEqual({ code: 'remote-gone' });
    expect(transport.log).toHaveLength(2);
  });
});

describe('invalid replies', () => {
  test.each([
    ['a web page', reply('<!doctype html><p>Sign in</p>', { 'content-type': 'text/html' }), 'remote-web-page'],
    ['another media type', reply('a,b', { 'content-type': 'text/csv' }), 'remote-not-json'],
    ['no media type', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}', 'remote-not-json'],
    ['invalid JSON', reply('{"secret": oops}'), 'remote-not-json'],
    ['a body longer than its Content-Length', reply('{"a":1}', { 'content-length': '3' }), 'remote-length'],
    ['bytes after a chunked body', `${chunkedHead}\r\n2\r\n{}\r\n0\r\n\r\nmore`, 'remote-length'],
    ['invalid UTF-8', reply(Buffer.from([0x22, 0xff, 0x22])), 'remote-charset'],
    [
      'JSON declared as UTF-16',
      reply(Buffer.from('{"a":1}', 'utf16le'), { 'content-type': 'application/json; charset=utf-16le' }),
      'remote-charset',
    ],
    ['compression that was not offered', reply('x', { 'content-encoding': 'br' }), 'remote-compression'],
    ['gzip twice', reply('x', { 'content-encoding': 'gzip, gzip' }), 'remote-compression'],
    ['invalid gzip', reply('{}', { 'content-encoding': 'gzip' }), 'remote-compression'],
    ['no Content-Length', 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{}', 'remote-no-length'],
    ['a chunk without a size', `${chunkedHead}\r\nzz\r\n{}`, 'remote-not-http'],
    ['not HTTP', 'SSH-2.0-OpenSSH_9.7\r\n', 'remote-not-http'],
  ])('%s', async (_, answer, code) => {
    const transport = await openCanned(answer);
    expect(await transport.failure()).toEqual({ code });
  });

  test.each([301, 302, 303, 307, 308])(
    'a redirect (%i) is not followed, and the key isn’t sent elsewhere',
    async (status) => {
      const elsewhere = await startRawServer(leaf, (socket) => socket.end(reply('{}')));
      onTestFinished(() => elsewhere.close());
      const transport = await openCanned(reply('', { location: `${elsewhere.origin}/v1/me` }, `${status} Moved`));
      expect(await transport.failure()).toEqual({ code: 'remote-redirect' });
      expect(elsewhere).toMatchObject({ handshakes: 0, received: '' });
    },
  );

  test('line breaks after a reply are accepted', async () => {
    const { fetch } = await openCanned(Buffer.concat([reply('{}'), Buffer.from('\r\n\r\n')]));
    expect(await (await fetch({ method: 'GET', path: '/' })).json(100)).toEqual({});
  });

  test.each([
    [501, 'remote-nested'],
    [1_000_000, 'remote-nested'],
    [500, undefined],
  ])('JSON that is nested %i levels deep', async (depth, code) => {
    const { fetch } = await openCanned(reply('['.repeat(depth) + ']'.repeat(depth)));
    const reading = (await fetch({ method: 'GET', path: '/' })).json(3_000_000);
    const outcome = await reading.then(
      () => undefined,
      (error: unknown) => (error as { code: string }).code,
    );
    expect(outcome).toBe(code);
  });

  test('headers named like object properties do no harm', async () => {
    const transport = await openCanned(reply('{}', { __proto__x: '1', constructor: '2', tostring: '3' }));
    const answer = await transport.fetch({ method: 'GET', path: '/' });
    expect(answer.headers['constructor']).toBe('2');
    answer.discard();
    const pollution = reply('{}').toString().replace('\r\n', '\r\n__proto__: a\r\n__proto__: b\r\n');
    const polluted = await openCanned(pollution);
    await polluted.fetch({ method: 'GET', path: '/' }).then((r) => r.json(100));
    expect(({} as Record<string, unknown>)['0']).toBeUndefined();
  });

  test('bytes after a reply are not read as the next one', async () => {
    const forged = reply('{"forged":true}');
    const transport = await openCanned(Buffer.concat([reply('{"forged":false}'), forged, forged]));
    for (let round = 0; round < 3; round++) expect(await transport.failure()).toEqual({ code: 'remote-length' });
    expect(transport.log).toMatchObject(transport.log.map(() => ({ status: 200, bytes: 16 })));
  });
});
