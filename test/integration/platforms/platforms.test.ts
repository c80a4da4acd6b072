import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { onTestFinished, describe, expect, it } from 'vitest';
import type { StoredSession } from '../../../src-main/contract/session';
import { defaultThresholds } from '../../../src-main/contract/settings';
import type { TransportLogEntry } from '../../../src-main/node/transport/transport';
import { followSession } from '../../../src-main/services/follow';
import { startBucketServer } from '../../helpers/contract-servers/bucket-server';
import { cutEvents, readDemoEvents } from '../../helpers/demo-events';
import {
  amplitudeOf,
  amplitudePair,
  postHogKey,
  postHogOf,
  sentryKey,
  sentryOf,
  umamiOf,
  umamiLogin,
  umamiToken,
  type ServedPostHog,
} from '../../helpers/platform-samples';
import { openApp, openAppAt } from '../../helpers/services';
import { resourcePath } from '../../helpers/fixtures';
import { testIdentity } from '../../helpers/test-transport';
import { startHttpsServer } from '../../helpers/tls-server';

describe('a PostHog connection', () => {
  const open = async (change: ServedPostHog = {}) => {
    const { listener, ...served } = postHogOf(change);
    const app = await openApp(listener);
    const connection = await app.add({ kind: 'posthog', place: { project: '42' }, key: postHogKey });
    return { ...app, connection, ...served };
  };

  it('stores the result of the key check, and the key in the keychain only', async () => {
    const { connection, store, connections } = await open({ scopes: ['*'] });
    expect(connection).toMatchObject({ kind: 'posthog', place: { project: '42' }, key: 'keychain' });
    expect(connection.verdict?.overPrivileged.map(({ scope }) => scope)).toEqual(['*']);
    expect(await connections.list()).toEqual([connection]);
    expect(JSON.stringify(await store.read())).not.toContain(postHogKey);
  });

  it('finds a session and pulls every event of its blocks', async () => {
    const { connection, connections, pull, events } = await open();
    const { sessions, isTruncated } = await connections.search(connection.id, { email: 'jane@example.com' }, undefined);
    expect(isTruncated).toBe(false);
    const stored = await pull(connection.id, sessions[0]?.remoteId ?? '');
    expect(stored).toMatchObject({ from: 'posthog', title: 'jane@example.com' });
    expect(stored.facts.events).toBe(events.length);
    expect(stored.isPartial).toBeUndefined();
  });

  it('marks a session as partial when the platform lost a block, until a later pull completes it', async () => {
    const { connection, pull, events, state } = await open({ hasLostBlock: true });
    const [id = ''] = Object.keys(state.recordings);
    const partial = await pull(connection.id, id);
    expect(partial).toMatchObject({ isPartial: true, missingParts: [{ unit: 'blocks', received: 2, expected: 3 }] });
    expect(partial.facts.events).toBeLessThan(events.length);
    for (const block of state.recordings[id]?.blocks ?? []) delete block.isLost;
    const complete = await pull(connection.id, id);
    expect(complete.id).toBe(partial.id);
    expect(complete.isPartial).toBeUndefined();
    expect(complete.facts.events).toBe(events.length);
  });

  it('follows a live session until it is final, requesting only new blocks', async () => {
    const { connection, connections, worker, jobs, state, events, addLastBlock, requests } = await open({
      isLive: true,
    });
    const [remoteId = ''] = Object.keys(state.recordings);
    const grown: StoredSession[] = [];
    let nowMs = Date.now();
    const rounds = [addLastBlock, () => undefined, () => (nowMs += 1_000 * 86_400_000)];
    const ports = {
      connections,
      worker,
      readThresholds: () => Promise.resolve(defaultThresholds),
      now: () => nowMs,
      wait: () => Promise.resolve(rounds.shift()?.()),
      isStored: () => Promise.resolve(true),
      onChange: (session: StoredSession) => grown.push(session),
      followed: new Map<string, number>(),
    };
    await jobs.run('job-follow', (job) => followSession(ports, { connectionId: connection.id, remoteId }, job));
    expect(rounds).toEqual([]);
    expect([...ports.followed.values()]).toEqual([0]);
    expect(grown.map(({ id }) => id)).toEqual(grown.map(() => grown[0]?.id));
    expect(grown[0]?.facts.events).toBeLessThan(events.length);
    expect(grown.at(-1)?.facts.events).toBe(events.length);
    expect(grown.at(-1)?.mutableUntil).toBeGreaterThan(0);
    // The first blocks were fetched only once.
    const first = requests.filter(({ url }) => /start_blob_key=0\b/.test(url));
    expect(first).toHaveLength(1);
  });

  /** Follows the live session of a server until the rounds are over. Each runs in the pause after a check. */
  const follow = async (
    app: Awaited<ReturnType<typeof open>>,
    rounds: (() => unknown)[],
    change: { pollsPerHour?: number; followed?: number } = {},
  ) => {
    const { connections, worker, jobs, state, connection } = app;
    const [remoteId = ''] = Object.keys(state.recordings);
    const waits: number[] = [];
    const grown: StoredSession[] = [];
    const reported: unknown[] = [];
    const ports = {
      connections: Object.assign(Object.create(connections) as typeof connections, {
        ...(change.pollsPerHour !== undefined && { pollsPerHour: () => Promise.resolve(change.pollsPerHour) }),
      }),
      worker,
      readThresholds: () => Promise.resolve(defaultThresholds),
      now: () => (rounds.length === 0 ? Infinity : Date.now()),
      wait: async (ms: number) => {
        waits.push(ms);
        await rounds.shift()?.();
      },
      isStored: () => Promise.resolve(rounds.length > 0),
      onChange: (session: StoredSession) => grown.push(session),
      followed: new Map<string, number>([[connection.id, change.followed ?? 0]]),
    };
    await jobs.run('job-follow', (job) => {
      const onProgress = (progress: Parameters<typeof job.onProgress>[0]): void => {
        if (progress.phase === 'following') reported.push(progress.total);
      };
      return followSession(ports, { connectionId: connection.id, remoteId }, { ...job, onProgress });
    });
    return { waits, grown, reported };
  };

  it('keeps following while the platform lists no blocks', async () => {
    const app = await open({ isLive: true });
    const [recording] = Object.values(app.state.recordings);
    const setUnlisted = (isUnlisted: boolean) => () => Object.assign(recording ?? {}, { isUnlisted });
    const addAndList = (): void => {
      setUnlisted(false)();
      app.addLastBlock();
    };
    const { waits, grown } = await follow(app, [setUnlisted(true), () => undefined, addAndList, () => undefined]);
    // The pause grows with each fault.
    expect(waits).toEqual([10_000, 20_000, 40_000, 10_000]);
    expect(grown.at(-1)?.facts.events).toBe(app.events.length);
  });

  it('stops following for a fault that stays', async () => {
    const app = await open({ isLive: true });
    const [recording] = Object.values(app.state.recordings);
    const fail = (): void => void Object.assign(recording ?? {}, { isDeleted: true });
    await expect(follow(app, [fail, () => undefined])).rejects.toMatchObject({ code: 'remote-deleted' });
    const other = await open({ isLive: true });
    const forbid = (): void => void (other.state.forbidsKeys = true);
    await expect(follow(other, [forbid, () => undefined])).rejects.toMatchObject({ code: 'key-organization' });
  });

  it('follows with a fair share of the platform’s hourly limit, and says how often', async () => {
    const rounds = (): (() => void)[] => [() => undefined, () => undefined];
    const limited = await follow(await open({ isLive: true }), rounds(), { pollsPerHour: 300 });
    // Two requests for the first check, one for the next; half of 300 an hour.
    expect(limited.waits).toEqual([48_000, 24_000]);
    expect(limited.reported).toEqual([48_000, 24_000]);
    const shared = await follow(await open({ isLive: true }), rounds(), { pollsPerHour: 300, followed: 2 });
    expect(shared.waits).toEqual([144_000, 72_000]);
    const unlimited = await follow(await open({ isLive: true }), rounds());
    expect(unlimited.waits).toEqual([10_000, 10_000]);
    expect(unlimited.reported).toEqual([]);
  });

  it('checks a key again on request, and marks it when it is refused', async () => {
    const { connection, connections, state } = await open({ scopes: ['*'] });
    const key = state.keys[postHogKey];
    if (key) key.scopes = ['session_recording:read'];
    expect((await connections.test(connection.id)).verdict?.overPrivileged).toEqual([]);
    state.keys = {};
    await expect(connections.test(connection.id)).rejects.toMatchObject({ code: 'key-refused' });
    expect((await connections.list())[0]?.key).toBe('refused');
  });

  it('is not added if the key is refused', async () => {
    const { listener } = postHogOf({});
    const { add, connections, keychain } = await openApp(listener);
    const adding = add({ kind: 'posthog', place: {}, key: 'phx_unknown' });
    await expect(adding).rejects.toMatchObject({ code: 'key-refused' });
    expect(await connections.list()).toEqual([]);
    expect(keychain.entries.size).toBe(0);
  });
});

describe('a Sentry connection', () => {
  it('pulls every event of the consecutive segment arrays', async () => {
    const { listener, events } = sentryOf();
    const { add, connections, pull } = await openApp(listener);
    const connection = await add({ kind: 'sentry', place: { organization: 'acme', project: '' }, key: sentryKey });
    expect(connection.place).toEqual({ organization: 'acme' });
    expect(connection.verdict).toMatchObject({ holder: 'agent@acme.example', overPrivileged: [] });
    const { sessions } = await connections.search(connection.id, { email: 'jane@example.com' }, undefined);
    const stored = await pull(connection.id, sessions[0]?.remoteId ?? '');
    expect(stored).toMatchObject({ from: 'sentry', title: 'jane@example.com' });
    expect(stored.facts.events).toBe(events.length);
    expect(stored.facts.damage).toEqual([]);
  });

  it('is refused for an invalid organization', async () => {
    const { listener } = sentryOf();
    const { add } = await openApp(listener);
    const adding = add({ kind: 'sentry', place: { organization: 'Not A Slug' }, key: sentryKey });
    await expect(adding).rejects.toMatchObject({ code: 'connection-place' });
  });
});

describe('an Umami connection', () => {
  const place = { website: 'b59e9c65-ae32-47f1-8400-119fcf4861c4' };

  it('logs in once, and keeps only the token', async () => {
    const { listener } = umamiOf();
    const log: TransportLogEntry[] = [];
    const app = await openApp(listener, { log: (entry) => log.push(entry) });
    const connection = await app.add({ kind: 'umami', place, key: umamiLogin });
    expect(connection.verdict).toMatchObject({ holder: 'support' });
    expect([...app.keychain.entries.values()]).toEqual([umamiToken]);
    const { sessions } = await app.connections.search(connection.id, {}, undefined);
    expect(sessions).toHaveLength(1);
    await app.connections.test(connection.id);
    const logins = app.requests.filter(({ url }) => url === '/api/auth/login');
    expect(logins.map(({ method, headers }) => [method, headers.authorization])).toEqual([['POST', undefined]]);
    await app.connections.renewKey({ id: connection.id, key: umamiLogin, allowKeyForThisRun: false });
    expect([...app.keychain.entries.values()]).toEqual([umamiToken]);
    expect(JSON.stringify([log, await app.store.read(), app.requests.map(({ url }) => url)])).not.toContain('canary');
  });

  it('refuses a wrong password, and stores nothing', async () => {
    const app = await openApp(umamiOf().listener);
    const adding = app.add({ kind: 'umami', place, key: 'support:canary-wrong' });
    const error: unknown = await adding.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'key-password' });
    expect(String((error as Error).stack)).not.toContain('canary');
    expect([...app.keychain.entries.values()]).toEqual([]);
    expect(await app.connections.list()).toEqual([]);
  });

  it('pulls every event of a replay', async () => {
    const { listener, events } = umamiOf();
    const { add, connections, pull } = await openApp(listener);
    const connection = await add({ kind: 'umami', place, key: umamiToken });
    const { sessions } = await connections.search(connection.id, {}, undefined);
    const stored = await pull(connection.id, sessions[0]?.remoteId ?? '');
    expect(stored.from).toBe('umami');
    expect(stored.facts.events).toBe(events.length);
  });
});

describe('a connection to a bucket of a real S3-compatible server', () => {
  const openBucket = async (layout?: string) => {
    const { server, put } = await startBucketServer(['recordings']);
    await put('recordings', 'jane@x.example/1.json.gz', readFileSync(resourcePath('demo/harbor-checkout.json.gz')));
    const app = await openAppAt(server.origin);
    const place = { bucket: 'recordings', ...(layout && { layout }) };
    return { ...app, add: (key: string) => app.add({ kind: 's3', place, key }) };
  };

  it('signs every request, and pulls a file', async () => {
    const { add, connections, pull } = await openBucket('{user}/{id}.json.gz');
    const connection = await add('S3RVER:S3RVER');
    const { sessions } = await connections.search(connection.id, { email: 'jane@x.example' }, undefined);
    const stored = await pull(connection.id, sessions[0]?.remoteId ?? '');
    expect(stored).toMatchObject({ from: 's3', title: 'jane@x.example' });
    expect(stored.facts.events).toBe(1393);
  });

  it('pulls the files of one session as one, and says how many are missing', async () => {
    const { server, put } = await startBucketServer(['recordings']);
    const events = readDemoEvents();
    for (const [index, list] of cutEvents(events, 7).entries()) {
      const lines = list.map((event) => `${JSON.stringify(event)}\n`).join('');
      await put('recordings', `replay-data/s-1/batch-${index + 1}.ndjson.gz`, gzipSync(lines));
    }
    await put('recordings', 'replay-data/s-1/metadata.json', Buffer.from('{}'));
    const app = await openAppAt(server.origin);
    const place = { bucket: 'recordings', prefix: 'replay-data/', layout: '{id}/batch-{part}.ndjson.gz' };
    const { id } = await app.add({ kind: 's3', place, key: 'S3RVER:S3RVER' });
    const { sessions } = await app.connections.search(id, {}, undefined);
    expect(sessions.map(({ remoteId }) => remoteId)).toEqual(['s-1']);
    const stored = await app.pull(id, 's-1');
    expect(stored).toMatchObject({ title: 's-1', facts: { events: events.length, damage: [] } });
    expect(stored.isPartial).toBeUndefined();

    await put('recordings', 'replay-data/s-1/batch-9.ndjson.gz', gzipSync(''));
    const again = await app.pull(id, 's-1');
    expect(again).toMatchObject({ id: stored.id, isPartial: true, facts: { events: events.length } });
    expect(again.missingParts).toEqual([{ unit: 'files', received: 8, expected: 9 }]);
  });

  it('refuses a malformed or wrong key', async () => {
    const { add } = await openBucket();
    await expect(add('one-half')).rejects.toMatchObject({ code: 'key-refused' });
    await expect(add('S3RVER:wrong')).rejects.toMatchObject({ code: 'key-refused' });
  });

  it('refuses a search by email if file names contain no user', async () => {
    const { add, connections } = await openBucket();
    const connection = await add('S3RVER:S3RVER');
    expect((await connections.search(connection.id, {}, undefined)).sessions).toHaveLength(1);
    const searching = connections.search(connection.id, { email: 'jane@x.example' }, undefined);
    await expect(searching).rejects.toMatchObject({ code: 'search-no-email' });
  });
});

describe('an Amplitude connection', () => {
  it('pulls the files behind presigned URLs without its key', async () => {
    let storeOrigin = '';
    const { listener, store, events } = amplitudeOf(() => storeOrigin);
    // The store refuses requests that contain a key in addition to the signature.
    const server = await startHttpsServer(testIdentity, store);
    onTestFinished(() => server.close());
    storeOrigin = server.origin;
    const { add, connections, pull } = await openApp(listener, { fileHosts: [new URL(storeOrigin).host] });
    const connection = await add({ kind: 'amplitude', place: {}, key: amplitudePair });
    const { sessions } = await connections.search(connection.id, { email: 'jane@example.com' }, undefined);
    const stored = await pull(connection.id, sessions[0]?.remoteId ?? '');
    expect(stored).toMatchObject({ from: 'amplitude', title: 'jane@example.com' });
    expect(stored.facts.events).toBe(events.length);
  });

  it('sends no request to another file store', async () => {
    const { listener } = amplitudeOf(() => 'https://store.example');
    const { add, connections, pull } = await openApp(listener);
    const connection = await add({ kind: 'amplitude', place: {}, key: amplitudePair });
    const { sessions } = await connections.search(connection.id, {}, undefined);
    await expect(pull(connection.id, sessions[0]?.remoteId ?? '')).rejects.toMatchObject({ code: 'remote-elsewhere' });
  });
});

describe('a connection to files on a web server', () => {
  const files =
    (key: string | undefined): Parameters<typeof startHttpsServer>[1] =>
    (request, response) => {
      if (request.headers.authorization !== (key && `Bearer ${key}`)) return void response.writeHead(401).end();
      const recording = JSON.stringify(readDemoEvents());
      const list = [{ id: 'a', user: 'jane@example.com', startedAt: '2026-11-20T10:00:00Z', url: 'a.json' }];
      const body = request.url === '/files/list.json' ? JSON.stringify(list) : recording;
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
        .end(body);
    };

  it.each([undefined, 'key-canary-1'])('works with or without a key: %s', async (key) => {
    const { add, connections, keychain, pull } = await openApp(files(key));
    const connection = await add({ kind: 'https', place: { index: '/files/list.json' }, key: key ?? '' });
    expect(connection.key).toBe(key === undefined ? 'none' : 'keychain');
    expect(keychain.entries.size).toBe(key === undefined ? 0 : 1);
    const { sessions } = await connections.search(connection.id, { from: Date.UTC(2026, 10, 20) }, undefined);
    const stored = await pull(connection.id, sessions[0]?.remoteId ?? '');
    expect(stored).toMatchObject({ from: 'https', title: 'jane@example.com' });
    expect(stored.facts.events).toBe(1393);
  });

  it('is refused without a key if the server requires one; other platforms always require one', async () => {
    const { add } = await openApp(files('key-canary-1'));
    const place = { index: '/files/list.json' };
    await expect(add({ kind: 'https', place, key: '' })).rejects.toMatchObject({ code: 'key-refused' });
    await expect(add({ kind: 'server', place: {}, key: '' })).rejects.toMatchObject({ code: 'key-missing' });
  });
});

describe('a connection', () => {
  it('records when its platform last responded', async () => {
    const before = Date.now();
    const { listener } = umamiOf();
    const { add } = await openApp(listener);
    const { lastUsedAt } = await add({
      kind: 'umami',
      place: { website: 'b59e9c65-ae32-47f1-8400-119fcf4861c4' },
      key: umamiToken,
    });
    expect(lastUsedAt).toBeGreaterThanOrEqual(before);
  });
});
