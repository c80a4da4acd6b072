import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { drain, get, openPair, sendJson } from '../../helpers/test-transport';

describe('stopping', () => {
  const read = drain;

  test('before it starts, sends no request', async () => {
    const { server, transport } = await openPair(sendJson);
    expect(await transport.failure('/', read, AbortSignal.abort())).toEqual({ code: 'cancelled' });
    expect(server.requests).toEqual([]);
  });

  test('while the key is looked up', async () => {
    const stop = new AbortController();
    const { server, transport } = await openPair(sendJson, {
      sign: () => {
        queueMicrotask(() => stop.abort());
        return new Promise(() => undefined);
      },
    });
    expect(await transport.failure('/', read, stop.signal)).toEqual({ code: 'cancelled' });
    expect(server.requests).toEqual([]);
  });

  test('while the server thinks', async () => {
    const stop = new AbortController();
    const { transport } = await openPair(() => stop.abort());
    expect(await transport.failure('/', read, stop.signal)).toEqual({ code: 'cancelled' });
    expect(transport.log).toMatchObject([{ status: 0, code: 'cancelled' }]);
  });

  test('while waiting for a retry', async () => {
    const stop = new AbortController();
    const { server, transport } = await openPair(
      (_, response) => void response.writeHead(429, { 'retry-after': '20' }).end(),
      {
        wait: (_, signal) => {
          queueMicrotask(() => stop.abort());
          return new Promise((__, reject) => signal.addEventListener('abort', () => reject(new Error('woken'))));
        },
      },
    );
    expect(await transport.failure('/', read, stop.signal)).toEqual({ code: 'cancelled' });
    expect(server.requests).toHaveLength(1);
  });

  test('in the middle of a body, and the server sees it', async () => {
    const stop = new AbortController();
    let onClosed: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (onClosed = resolve));
    const { transport } = await openPair((request, response) => {
      request.socket.on('close', onClosed);
      response.writeHead(200, { 'content-length': '1000' }).write('x'.repeat(500));
    });
    const stopAtFirstChunk = async (answer: Awaited<ReturnType<typeof transport.fetch>>): Promise<void> => {
      for await (const _ of answer.bytes()) stop.abort();
    };
    expect(await transport.failure('/', stopAtFirstChunk, stop.signal)).toEqual({ code: 'cancelled' });
    await closed;
    expect(transport.log).toMatchObject([{ status: 200, code: 'cancelled' }]);
  });

  test('in the middle of gzip', async () => {
    const stop = new AbortController();
    const { transport } = await openPair((_, response) => {
      const half = gzipSync(Buffer.from('x'.repeat(1000))).subarray(0, 12);
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '1000' }).write(half, () => stop.abort());
    });
    expect(await transport.failure('/', read, stop.signal)).toEqual({ code: 'cancelled' });
  });

  test('after the end, changes nothing', async () => {
    const stop = new AbortController();
    const { transport } = await openPair(sendJson);
    const answer = await transport.fetch(get('/', { signal: stop.signal }));
    expect(await answer.json(100)).toEqual({ a: 1 });
    stop.abort();
    expect(transport.log).toHaveLength(1);
  });

  test('closing the transport stops running requests, and none starts afterwards', async () => {
    const { transport } = await openPair(() => void transport.close());
    expect(await transport.failure()).toEqual({ code: 'cancelled' });
    expect(await transport.failure()).toEqual({ code: 'cancelled' });
    expect(transport.log).toHaveLength(1);
  });

  test('leaves no timer running after the end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { transport } = await openPair(sendJson);
    await (await transport.fetch(get('/'))).json(100);
    const { transport: failing } = await openPair((_, response) => response.destroy());
    await failing.failure();
    await new Promise((resolve) => setImmediate(resolve));
    expect(vi.getTimerCount()).toBe(0);
  });
});
