import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { onTestFinished, describe, expect, it } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import {
  amplitudeAuthorization,
  amplitudeOrigin,
  createAmplitudeSource,
} from '../../../src-main/core/sources/amplitude/source';
import { amplitude } from '../../../src-main/core/sources/amplitude/platform';
import { fetchFromFirstReachable } from '../../../src-main/core/sources/first-reachable';
import { createSourceFactory } from '../../../src-main/node/platforms/source-factory';
import {
  amplitudeServer,
  presignedStore,
  type AmplitudeState,
  type StoreState,
} from '../../helpers/contract-servers/amplitude';
import { cutEvents, readDemoEvents } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments, splitDocuments } from '../../helpers/join-documents';
import { openPresigned } from '../../helpers/presigned';
import { collectParts } from '../../helpers/collect-parts';
import { fixturePath } from '../../helpers/fixtures';
import { openPair, openTransport, refuseCanary, testAuthority, testIdentity } from '../../helpers/test-transport';
import { startHttpsServer } from '../../helpers/tls-server';

const pair = 'api-key:canary-5f1c9ab7d2e84a60';
const remoteId = 'device-1/1700000000000';
const events = readDemoEvents();

const replay = (replay_id: string, change: object = {}): AmplitudeState['replays'][number] => ({
  replay_id,
  session_id: replay_id.split('/')[1],
  device_id: 'device-1',
  amplitude_id: 123456,
  start_time: '2026-11-20T10:00:00Z',
  end_time: '2026-11-20T10:05:00Z',
  retention_in_days: 90,
  ...change,
});

async function open(change: Partial<AmplitudeState> = {}, stored?: Record<string, Buffer>) {
  const files =
    stored ??
    Object.fromEntries(cutEvents(events, 7).map((list, at) => [`/p/${at}.gz`, gzipSync(JSON.stringify(list))]));
  const store: StoreState = { files, generation: 1 };
  const storeServer = await startHttpsServer(testIdentity, presignedStore(store));
  onTestFinished(() => storeServer.close());
  const state: AmplitudeState = {
    pair,
    replays: [replay(remoteId)],
    users: [],
    files: { [remoteId]: Object.keys(files) },
    store: () => storeServer.origin,
    filesInPage: 3,
    requestsLeft: 1000,
    get generation() {
      return store.generation;
    },
    ...change,
  };
  const { server, transport } = await openPair(amplitudeServer(state), {
    sign: authorize(amplitudeAuthorization(pair)),
  });
  const presigned = openPresigned();
  const fileHosts = [new URL(storeServer.origin).host];
  const source = createAmplitudeSource(transport.fetch, { fetchPresigned: presigned.fetchPresigned, fileHosts });
  return { source, server, transport, state, store, storeServer, presigned };
}

describe('Amplitude keys', () => {
  it('are verified by listing, with a warning that they have full access', async () => {
    const { source, server } = await open();
    const verdict = await source.verify();
    expect(verdict.scopes.map(({ evidence }) => evidence)).toEqual(['probed', 'inferred']);
    expect(verdict.overPrivileged[0]?.why).toContain('delete');
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from(pair).toString('base64')}`);
  });

  it('are refused by the server, or before a request if malformed', async () => {
    const { source } = await open({ pair: 'other:pair' });
    await expect(source.verify()).rejects.toMatchObject({ code: 'key-refused' });
    for (const key of ['', 'alone', ':secret', 'key:', 'a b:c', 'ä:ö']) {
      expect(() => amplitudeAuthorization(key)).toThrowError('key-refused');
    }
  });

  it('belong to a region', () => {
    expect(amplitudeOrigin('us')).toBe('https://amplitude.com');
    expect(amplitudeOrigin('eu')).toBe('https://analytics.eu.amplitude.com');
  });
});

describe('Amplitude sessions', () => {
  it('are listed by time, page by page, in a stable order', async () => {
    const replays = Array.from({ length: 450 }, (_, at) => replay(`device-1/${at}`));
    const { source, server } = await open({
      replays: [...replays, replay('device-1/x', { start_time: '2025-01-01T00:00:00Z' })],
    });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await source.search({ from: Date.UTC(2026, 0), to: Date.UTC(2027, 0) }, cursor);
      found.push(...page.sessions.map((session) => session.remoteId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(replays.map(({ replay_id }) => replay_id));
    expect(
      server.requests.every(({ url }) => url.includes('sort_order=desc&') || url.endsWith('sort_order=desc')),
    ).toBe(true);
  });

  it('are found by the exact company id, not by a prefix', async () => {
    const { source } = await open({
      users: [
        { user_id: 'jane@example.com.au', amplitude_id: 999 },
        { user_id: 'jane@example.com', amplitude_id: 123456 },
      ],
    });
    const { sessions, isTruncated } = await source.search({ email: 'jane@example.com' });
    expect(sessions).toEqual([
      {
        remoteId,
        user: 'jane@example.com',
        startedAt: Date.UTC(2026, 10, 20, 10),
        durationMs: 300_000,
        expiresAt: Date.UTC(2026, 10, 20, 10) + 90 * 86_400_000,
        entryPage: '',
        browser: '',
      },
    ]);
    expect(isTruncated).toBe(false);
    expect((await source.search({ uid: 'jane' })).sessions).toEqual([]);
    expect((await source.search({ distinctId: '123456' })).sessions[0]?.user).toBe('123456');
    expect((await source.search({ distinctId: '7' })).sessions).toEqual([]);
    expect((await source.search({ filters: { replay_id: remoteId } })).sessions).toHaveLength(1);
    await expect(source.search({ filters: { colour: 'red' } })).rejects.toMatchObject({ code: 'query-unknown' });
  });
});

describe('Amplitude users', () => {
  const users = [
    { user_id: 'jane@example.com', amplitude_id: 123456, devices: ['device-1', 'device-2'] },
    { user_id: 'joe', amplitude_id: 7 },
    { user_id: 'joe', amplitude_id: 8 },
  ];
  const replays = [
    replay('device-1/1'),
    replay('device-2/2', { device_id: 'device-2' }),
    replay('device-7/7', { amplitude_id: 7, device_id: 'device-7' }),
    replay('device-8/8', { amplitude_id: 8, device_id: 'device-8' }),
  ];
  const findAll = async (query: object) => {
    const { source, server } = await open({ users, replays });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await source.search(query, cursor);
      found.push(...page.sessions.map(({ remoteId: id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(server.requests.some(({ url }) => /amplitude_id=[^&]*\D/.test(url.replace(/&.*/, '')))).toBe(false);
    return found;
  };

  it.each([
    ['an Amplitude ID', { distinctId: '123456' }, ['device-1/1', 'device-2/2']],
    ['a device ID, only its replays', { distinctId: 'device-2' }, ['device-2/2']],
    ['a user ID in the place of the platform’s ID', { distinctId: 'joe' }, ['device-7/7', 'device-8/8']],
    ['a user ID that two users share', { uid: 'joe' }, ['device-7/7', 'device-8/8']],
    ['an email in capitals', { email: 'Jane@Example.com' }, ['device-1/1', 'device-2/2']],
    [
      'an ID and the email of the same user',
      { distinctId: '123456', email: 'jane@example.com' },
      ['device-1/1', 'device-2/2'],
    ],
    ['an ID and the email of another user', { distinctId: '7', email: 'jane@example.com' }, []],
    ['an ID that does not exist', { distinctId: 'no-integer' }, []],
    ['a session', { sessionId: 'device-8/8' }, ['device-8/8']],
    ['a session ID of another form', { sessionId: '/x/' }, []],
  ])('are found by %s', async (_name, query, expected) => {
    expect(await findAll(query)).toEqual(expected);
  });

  it('are recognised in links and ids', async () => {
    const { source } = await open();
    expect(source.recognize?.('device-1/1700000000000')).toEqual([{ by: 'sessionId', text: 'device-1/1700000000000' }]);
    expect(source.recognize?.('a/b')).toEqual([]);
    const link = (text: string) => amplitude.readLink?.(new URL(text));
    const path = 'analytics/acme/session-replay/project/1/search/replay';
    expect(link(`https://app.amplitude.com/${path}?sessionReplayId=device-1%2F17&playerCurrentTime=9`)).toEqual({
      origins: ['https://amplitude.com'],
      place: {},
      reading: { by: 'sessionId', text: 'device-1/17' },
    });
    expect(link(`https://app.eu.amplitude.com/${path}?sessionReplayId=device-1/17`)?.origins).toEqual([
      'https://analytics.eu.amplitude.com',
      'https://eu.amplitude.com',
    ]);
    expect(link('https://app.amplitude.com/analytics/acme')).toBeUndefined();
    expect(link(`https://elsewhere.example/${path}?sessionReplayId=a/b`)).toBeUndefined();
  });

  it('with rows that can’t be read are listed without them', async () => {
    const { source } = await open({ replays: [replay('no-slash'), replay('device-1/1', { start_time: null })] });
    const page = await source.search({});
    expect(page.isTruncated).toBe(true);
    expect(page.sessions.map(({ remoteId: id, startedAt }) => [id, startedAt])).toEqual([['device-1/1', 0]]);
  });
});

describe('an Amplitude connection for the EU', () => {
  it.each([
    ['https://eu.amplitude.com', 'https://analytics.eu.amplitude.com'],
    ['https://analytics.eu.amplitude.com', 'https://eu.amplitude.com'],
  ])('to %s switches to the other address if it has no host', async (given, working) => {
    const { server, state } = await open();
    const asked: string[] = [];
    const factory = createSourceFactory({
      openTransport: ({ origin, sign }) => {
        asked.push(origin);
        // The names are those of the real service; only one of them leads to a server here.
        const at = origin === working ? server.origin : 'https://casement.invalid';
        return openTransport({ origin: at, caPem: testAuthority.certPem, sign });
      },
      openPresigned: () => ({ fetch: () => Promise.reject(new Error('requested')), close: () => Promise.resolve() }),
    });
    const target = { kind: 'amplitude' as const, place: {}, account: undefined, caPem: undefined, pins: undefined };
    const opened = factory({ ...target, origin: given, key: () => Promise.resolve(state.pair) });
    expect((await opened.source.search({})).sessions).toHaveLength(1);
    expect(asked).toEqual([given, working]);
    await opened.close();
  });

  it('control: fails if no address has a host', async () => {
    const other = openTransport({ origin: 'https://casement.invalid' });
    const fetch = fetchFromFirstReachable([other.fetch, other.fetch]);
    for (const path of ['/a', '/b'])
      await expect(fetch({ method: 'GET', path })).rejects.toMatchObject({ code: 'remote-no-host' });
  });
});

describe('Amplitude recordings', () => {
  it('are downloaded file by file without our key, and the log contains no signature', async () => {
    const { source, storeServer, presigned, transport, server } = await open();
    const parts = await collectParts(source.open(remoteId));
    const { facts } = await importInMemory(joinDocuments(parts));
    expect(facts.events).toBe(events.length);
    expect(storeServer.requests).toHaveLength(7);
    expect(server.requests[0]?.url).toContain('replay_id=device-1%2F1700000000000&version=3');
    expect(storeServer.requests.every(({ headers }) => !headers.authorization && !headers.cookie)).toBe(true);
    expect(JSON.stringify([presigned.log, transport.log])).not.toMatch(/canary|X-Amz/);
    expect(parts.flatMap(({ progress }) => progress?.done ?? [])).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('control: with a key, the store would have refused', async () => {
    const { transport } = await openPair(presignedStore({ files: { '/a': Buffer.from('x') }, generation: 1 }));
    const reply = await transport.fetch({ method: 'GET', path: '/a?X-Amz-Signature=signature-canary-1' });
    reply.discard();
    expect(reply.status).toBe(400);
  });

  it('continue with new URLs when the old ones expired, and download no file twice', async () => {
    const { source, store, storeServer } = await open();
    const { parts } = source.open(remoteId);
    const all = [];
    for await (const part of parts) {
      all.push(part);
      // Simulates a reader so slow that the URLs expire.
      if (part.isDocumentEnd && part.resume === '2:2') store.generation++;
    }
    expect(splitDocuments(all)).toHaveLength(7);
    const fetched = storeServer.requests.map(({ url }) => url.split('?')[0]);
    expect(fetched).toEqual(['/p/0.gz', '/p/1.gz', '/p/2.gz', '/p/2.gz', '/p/3.gz', '/p/4.gz', '/p/5.gz', '/p/6.gz']);
  });

  it('fail when new URLs are refused too', async () => {
    const { source, store, state } = await open();
    Object.defineProperty(state, 'generation', { value: 0 });
    store.generation = 1;
    const error: unknown = await collectParts(source.open(remoteId)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'remote-failed', details: { status: 403 } });
    refuseCanary(error);
  });

  it('resume where they stopped', async () => {
    const { source, storeServer } = await open();
    const parts = await collectParts(source.open(remoteId, { resume: '5:5' }));
    expect(splitDocuments(parts)).toHaveLength(2);
    expect(storeServer.requests.map(({ url }) => url.split('?')[0])).toEqual(['/p/5.gz', '/p/6.gz']);
  });

  it('are marked as partial when a file is gone', async () => {
    const { source, store } = await open();
    delete store.files['/p/3.gz'];
    const opened = source.open(remoteId);
    expect(splitDocuments(await collectParts(opened))).toHaveLength(6);
    expect(opened.facts().completeness).toEqual([{ unit: 'files', received: 6, expected: 7 }]);
  });

  it.each([
    'https://elsewhere.test',
    'http://x.amazonaws.com',
    'https://user:pass@s3.amazonaws.com',
    'https://amazonaws.com.elsewhere.test',
    'https://127.0.0.1',
    'not an address',
  ])('are never fetched from %s', async (origin) => {
    const { source, storeServer } = await open({ store: () => origin });
    const strict = createAmplitudeSource(() => Promise.reject(new Error('x')), {
      fetchPresigned: () => Promise.reject(new Error('requested')),
    });
    const error: unknown = await collectParts(source.open(remoteId)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'remote-elsewhere' });
    expect(JSON.stringify(error)).not.toContain('canary');
    expect(storeServer.requests).toEqual([]);
    await expect(collectParts(strict.open('no-session'))).rejects.toMatchObject({ code: 'remote-not-found' });
  });

  it('are reported as not found when unknown', async () => {
    const { source } = await open({ files: {} });
    await expect(collectParts(source.open(remoteId))).rejects.toMatchObject({ code: 'remote-not-found' });
  });

  it('are read in both storage formats', async () => {
    const sample = (name: string): Buffer => readFileSync(fixturePath(`sources/amplitude/${name}`));
    const v3 = await open({}, { '/v3/0': sample('v3-file-0.json.gz'), '/v3/1': sample('v3-file-1.json.gz') });
    const v2 = await open({}, { '/v2/0': sample('v2-file-0.json.gz') });
    const read = async ({ source }: typeof v3) =>
      (await importInMemory(joinDocuments(await collectParts(source.open(remoteId))))).facts;
    const [modern, old] = [await read(v3), await read(v2)];
    expect(modern.events).toBeGreaterThan(0);
    expect(old.events).toBeGreaterThan(0);
    expect([...modern.damage, ...old.damage]).toEqual([]);
  });
});
