import dns from 'node:dns';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { defaultCaps, recordingCaps } from '../../../src-main/contract/settings';
import { damageWords } from '../../../src-main/contract/words/recording';
import { readDemoEvents } from '../../helpers/demo-events';
import { sentryKey, sentryOf } from '../../helpers/platform-samples';
import { openApp, openServices } from '../../helpers/services';
import { collectEvents } from '../../helpers/stored-session';
import { testIdentity } from '../../helpers/test-transport';
import { reply, startSwitchableServer } from '../../helpers/tls-server';
import { expectPartial, openFailingServerApp, failsAtBlock } from '../../helpers/failing-server-app';

afterEach(() => vi.restoreAllMocks());

/** Expects one session with every event once, not marked as partial. */
async function expectComplete(app: Awaited<ReturnType<typeof openFailingServerApp>>, vault = app.vault): Promise<void> {
  const [session, ...others] = await vault.list();
  expect(others).toEqual([]);
  expect(session?.isPartial).toBeUndefined();
  expect(await collectEvents(vault, session?.id ?? '')).toHaveLength(app.served.events.length);
}

describe('a pull that can’t continue for a local reason', () => {
  it('keeps its data when the server’s name can’t be resolved, and resumes once it can', async () => {
    const app = await openFailingServerApp();
    const notFound = Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    const failLookups = (): void =>
      void vi
        .spyOn(dns, 'lookup')
        .mockImplementation((...args: unknown[]) => (args.at(-1) as (error: Error) => void)(notFound));
    app.startFailing({ onStart: failLookups });
    await expect(app.pullIt()).rejects.toMatchObject({ code: 'remote-no-host' });
    expect(await expectPartial(app)).toBe(app.before);
    vi.restoreAllMocks();
    app.stopFailing();
    await app.pullIt();
    expect(app.asked.at(-2)).toBe(failsAtBlock);
    await expectComplete(app);
  });

  it('keeps its data when its key is revoked, and resumes with a new key where it stopped', async () => {
    const app = await openFailingServerApp();
    const { keys } = app.served.state;
    const [[oldKey = '', holder] = []] = Object.entries(keys);
    app.startFailing({ onStart: () => delete keys[oldKey] });
    await expect(app.pullIt()).rejects.toMatchObject({ code: 'key-refused' });
    expect(await expectPartial(app)).toBe(app.before);
    expect(await app.connections.list()).toMatchObject([{ key: 'refused' }]);
    if (holder) keys['phx_new-canary-1'] = holder;
    app.stopFailing();
    await app.connections.renewKey({ id: app.connection.id, key: 'phx_new-canary-1', allowKeyForThisRun: false });
    expect(await app.connections.list()).toMatchObject([{ key: 'keychain' }]);
    const before = app.asked.length;
    await app.pullIt();
    expect(app.asked.slice(before)).toEqual([60, 80]);
    await expectComplete(app);
  });

  it('is cancelled when the app quits, is listed at the next start, and resumes there', async () => {
    const app = await openFailingServerApp();
    app.startFailing({ behavior: { onRequest: () => void app.connections.close() } });
    await expect(app.pullIt()).rejects.toMatchObject({ code: 'cancelled' });
    app.stopFailing();
    const next = await app.startAgain();
    expect(await next.worker.call('pull.interrupted', {})).toMatchObject([{ from: 'posthog', sourceName: 'Shop' }]);
    const before = app.asked.length;
    await app.pullItIn(next);
    expect(app.asked.slice(before)).toEqual([60, 80]);
    await expectComplete(app, next.vault);
    expect(await next.worker.call('pull.interrupted', {})).toEqual([]);
  });

  it('fails when the worker dies; the next worker lists it and resumes where it stopped', async () => {
    const app = await openFailingServerApp();
    app.startFailing({ onStart: () => app.worker.die() });
    await expect(app.pullIt()).rejects.toMatchObject({ code: 'worker-gone' });
    expect(await app.worker.call('pull.interrupted', {})).toHaveLength(1);
    app.stopFailing();
    const before = app.asked.length;
    await app.pullIt();
    expect(app.asked.slice(before)[0]).toBeGreaterThanOrEqual(failsAtBlock - 20);
    await expectComplete(app);
    expect(await app.worker.call('pull.interrupted', {})).toEqual([]);
  });
});

describe('a recording that exceeds the user’s limits', () => {
  it.each([0, 20])('is kept up to the limit and marked as partial, with %i events already stored', async (before) => {
    let events = before;
    const app = await openFailingServerApp({
      readCaps: () => Promise.resolve(recordingCaps({ ...defaultCaps, events })),
    });
    const error = { code: 'recording-too-large', details: { limit: expect.stringMatching(/events$/) as string } };
    if (before > 0) {
      await expect(app.pullIt()).rejects.toMatchObject(error);
      expect(await expectPartial(app)).toBe(before);
    }
    events = 50;
    await expect(app.pullIt()).rejects.toMatchObject(error);
    expect(await expectPartial(app)).toBe(50);
    events = defaultCaps.events;
    await app.pullIt();
    await expectComplete(app);
  });
});

describe('a list of segments that loops', () => {
  it('is detected, and the data received before is kept', async () => {
    const served = sentryOf();
    served.state.isEndless = true;
    const app = await openApp(served.listener);
    const connection = await app.add({ kind: 'sentry', place: { organization: 'acme' }, key: sentryKey });
    const pulling = app.pull(connection.id, '11:7e07485f12f9416b8b1426260799b51f');
    await expect(pulling).rejects.toMatchObject({ code: 'remote-endless' });
    expect(await expectPartial(app)).toBeGreaterThan(10);
    expect(app.requests.length).toBeLessThan(20);
  });
});

describe('a bucket whose clock differs', () => {
  it('is reported in the middle of a file, and the data received before is kept', async () => {
    const lines = Buffer.from(
      readDemoEvents()
        .map((event) => JSON.stringify(event))
        .join('\n'),
    );
    const half = Math.round(lines.length / 2);
    const skewed = '<?xml version="1.0"?><Error><Code>RequestTimeTooSkewed</Code><Message>m</Message></Error>';
    const xml = { 'content-type': 'application/xml' };
    const list = '<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>';
    const server = await startSwitchableServer(testIdentity, (request, response) => {
      if (request.url?.includes('list-type=2') === true) return void response.writeHead(200, xml).end(list);
      if (request.url?.includes('a.json') !== true) return void response.writeHead(403, xml).end();
      // The connection breaks in the middle of the file, and the request for the rest is refused because of its time.
      if (request.headers.range !== undefined) return void response.writeHead(403, xml).end(skewed);
      const head = { 'content-type': 'application/jsonl', 'content-length': lines.length, etag: '"v1"' };
      response.writeHead(200, { ...head, 'accept-ranges': 'bytes' });
      response.write(lines.subarray(0, half), () => response.socket?.destroy());
    });
    onTestFinished(() => server.close());
    const app = await openServices({ wait: () => Promise.resolve() });
    const key = 'AKIAIOSFODNN7EXAMPLE:canary/5f1c9ab7d2e84a60';
    const connection = await app.add({ kind: 's3', place: { bucket: 'rec' }, key, origin: server.origin });
    await expect(app.pull(connection.id, 'a.json')).rejects.toMatchObject({ code: 'remote-clock' });
    expect(await expectPartial(app)).toBeGreaterThan(10);
  });
});

describe('damaged data in a recording', () => {
  const megabyte = 1024 * 1024;
  const bomb = gzipSync(Buffer.alloc(64 * megabyte, ' ')).toString('latin1');
  const at = readDemoEvents().at(-1)?.timestamp;
  const lineOf = (data: unknown, more = {}): string =>
    `${JSON.stringify(['window-1', { type: 2, timestamp: at, data, ...more }])}\n`;
  const nested = lineOf('HERE').replace('"HERE"', `${'['.repeat(5000)}${']'.repeat(5000)}`);

  it.each<[string, Buffer, keyof typeof damageWords]>([
    ['a decompression bomb in a compressed field', Buffer.from(lineOf(bomb, { cv: '2024-10' })), 'fieldTooLarge'],
    ['an event nested too deeply', Buffer.from(nested), 'tooDeep'],
    ['an event of many megabytes', Buffer.from(lineOf('x'.repeat(2 * megabyte))), 'eventTooLarge'],
    ['an event in another encoding', Buffer.from(lineOf({ tag: 'x', payload: 'é' }, { type: 5 }), 'latin1'), 'notUtf8'],
    ['a web page', Buffer.from('<!doctype html><p>Sign in</p>\n'), 'lineUnreadable'],
  ])('is skipped and counted: %s', async (_, bytes, word) => {
    const caps = recordingCaps({ ...defaultCaps, fieldBytes: megabyte, eventBytes: megabyte });
    const app = await openFailingServerApp({ readCaps: () => Promise.resolve(caps) });
    const [recording] = Object.values(app.served.state.recordings);
    const block = recording?.blocks?.[65];
    if (block) block.bytes = Buffer.concat([block.bytes, bytes]);
    const session = await app.pullIt();
    expect(session.facts.damage.map(({ reason }) => reason)).toEqual([damageWords[word]]);
    await expectComplete(app);
  });
});

describe('an invalid list', () => {
  const json = { 'content-type': 'application/json' };
  const page = { sessions: [], next_cursor: 'again' };
  it.each([
    ['a web page', reply('<p>', { 'content-type': 'text/html' }), 'remote-web-page'],
    ['not JSON', reply('{"sessions": oops}'), 'remote-not-json'],
    ['nested too deeply', reply('['.repeat(100_000)), 'remote-nested'],
    ['in another encoding', reply(Buffer.from([0x22, 0xe9, 0x22])), 'remote-charset'],
    ['of an unexpected shape', reply('{"rows":[]}'), 'remote-shape'],
    ['whose cursor points to itself', reply(JSON.stringify(page)), 'remote-endless'],
    ['over the size limit', reply(`[${' '.repeat(3_000_000)}]`), 'remote-too-large'],
    ['a gzip bomb', reply(gzipSync(' '.repeat(3_000_000)), { ...json, 'content-encoding': 'gzip' }), 'remote-inflated'],
    ['that does not exist', reply('{}', {}, '404 Not Found'), 'remote-no-service'],
    ['rate-limited by a server whose clock is an hour ahead', limited(), 'remote-rate-limited'],
  ])('%s', async (_, answer, code) => {
    const server = await startSwitchableServer(testIdentity, (_request, response) => {
      response.writeHead(200, json).end('{"label":"x","scopes":[]}');
    });
    onTestFinished(() => server.close());
    const app = await openServices({ limits: { longestWaitMs: 1000 } });
    const connection = await app.add({ kind: 'server', place: {}, key: 'key-canary-1', origin: server.origin });
    server.switchTo({ onRequest: (socket) => socket.end(answer) });
    const error: unknown = await app.connections.search(connection.id, {}, 'again').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    // The wait is measured by the server's clock, not this computer's.
    if (code === 'remote-rate-limited') expect(error).toMatchObject({ details: { seconds: 600 } });
  });

  function limited(): Buffer {
    const nowMs = Math.round(Date.now() / 1000) * 1000 + 3_600_000;
    const at = (ms: number): string => new Date(ms).toUTCString();
    return reply('{}', { date: at(nowMs), 'retry-after': at(nowMs + 600_000) }, '429 Too Many Requests');
  }
});
