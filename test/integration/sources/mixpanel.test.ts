import { describe, expect, it, onTestFinished } from 'vitest';
import { createMixpanelSource } from '../../../src-main/core/sources/mixpanel/source';
import { mixpanel } from '../../../src-main/core/sources/mixpanel/platform';
import { createSourceFactory } from '../../../src-main/node/platforms/source-factory';
import { collectParts } from '../../helpers/collect-parts';
import { mixpanelServer, mixpanelStore, type MixpanelState } from '../../helpers/contract-servers/mixpanel';
import { cutEvents, readDemoEvents } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments } from '../../helpers/join-documents';
import { openPresigned } from '../../helpers/presigned';
import { openPair, openTransport, refuseCanary, testAuthority, testIdentity } from '../../helpers/test-transport';
import { startHttpsServer } from '../../helpers/tls-server';

const account = 'casement.mp-service-account:canary-5f1c9ab7d2e84a60';
const remoteId = '19a0-b7c2';
const events = readDemoEvents();
const at = Date.UTC(2026, 10, 20, 10);

const named = (numbers: readonly number[], days = 30): Record<string, Buffer> =>
  Object.fromEntries(
    cutEvents(events, numbers.length).map((list, index) => [
      `/srr-us/${remoteId}/${String(numbers[index]).padStart(4, '0')}-${days}.json`,
      Buffer.from(JSON.stringify(list)),
    ]),
  );

async function open(change: Partial<MixpanelState> = {}, files = named([0, 1, 2, 3, 4]), key = account) {
  const store = await startHttpsServer(
    testIdentity,
    mixpanelStore({ files, generation: () => (state.isStoreClosed ? -1 : state.generation) }),
  );
  onTestFinished(() => store.close());
  const state: MixpanelState = {
    account,
    project: '123',
    timezone: 'Asia/Tokyo',
    events: {},
    isSensitive: false,
    isStoreClosed: false,
    areProjectsListed: true,
    store: () => store.origin,
    generation: 1,
    form: 'results',
    date: 'Fri, 20 Nov 2026 20:00:00 GMT',
    ...change,
  };
  const { server, transport } = await openPair(mixpanelServer(state), {
    sign: mixpanel.sign(key, {}, Date.now),
    methods: ['GET', 'POST'],
  });
  const presigned = openPresigned();
  const fileHosts = [new URL(store.origin).host];
  const create = (project = '123', hosts = fileHosts) =>
    createMixpanelSource(transport.fetch, { project, fetchPresigned: presigned.fetchPresigned, fileHosts: hosts });
  return { source: create(), create, server, transport, state, store, presigned };
}

const numbersAsked = (requests: readonly { url: string }[]): string[] =>
  requests.map(({ url }) => /(\d{4}-\d+)\.json/.exec(url)?.[1] ?? '');

describe('Mixpanel service accounts', () => {
  it.each([true, false])('are tried by signing (projects listed: %s)', async (areProjectsListed) => {
    const { source, server } = await open({ areProjectsListed });
    expect(await source.verify()).toMatchObject({
      holder: 'casement',
      scopes: [{ name: 'replays', evidence: 'probed' }],
      overPrivileged: [],
    });
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from(account).toString('base64')}`);
  });

  it('are refused', async () => {
    const codeOf = async (verdict: Promise<unknown>): Promise<unknown> => {
      const error: unknown = await verdict.catch((thrown: unknown) => thrown);
      refuseCanary(error);
      return error;
    };
    const { source: unknown } = await open({ account: 'other:x' });
    expect(await codeOf(unknown.verify())).toMatchObject({ code: 'key-refused' });
    const { source: sensitive, create } = await open({ isSensitive: true });
    expect(await codeOf(sensitive.verify())).toMatchObject({ code: 'key-forbidden' });
    expect(await codeOf(create('999').verify())).toMatchObject({ code: 'connection-place' });
    for (const project of ['', 'shop', '1/2']) expect(() => create(project)).toThrowError('connection-place');
    for (const key of ['', 'alone', ':x', 'x:', 'a b:c']) {
      expect(() => mixpanel.sign(key, {}, Date.now)).toThrowError('key-refused');
    }
  });
});

describe('Mixpanel replays', () => {
  const activity = (id: string | undefined, seconds: number, more: object = {}) => ({
    event: 'Viewed',
    properties: { time: at / 1000 + seconds, ...(id !== undefined && { $mp_replay_id: id }), ...more },
  });

  it('are found in the events of a user, the newest first', async () => {
    const { source, server } = await open({
      events: {
        jane: [
          activity('r-1', 30, { $current_url: 'https://shop.example/cart', $browser: 'Firefox' }),
          activity(undefined, 40),
          activity('r-2', 900),
          activity('r-1', 0, { current_url: 'https://shop.example/?token=x', $mp_replay_retention_period: 30 }),
          activity('../x', 5),
          activity('r-1', 60),
        ],
      },
    });
    const { sessions } = await source.search({ uid: 'jane' });
    expect(sessions).toEqual([
      { remoteId: 'r-2', user: 'jane', startedAt: at + 900_000, durationMs: 0, entryPage: '', browser: '' },
      {
        remoteId: 'r-1',
        user: 'jane',
        startedAt: at,
        durationMs: 60_000,
        expiresAt: at + 30 * 86_400_000,
        entryPage: 'https://shop.example/',
        browser: 'Firefox',
      },
    ]);
    // 20:00 UTC is already the next day in Tokyo.
    expect(server.requests.at(-1)?.url).toBe(
      '/api/query/stream/query?project_id=123&distinct_ids=%5B%22jane%22%5D&from_date=2026-10-22&to_date=2026-11-21',
    );
  });

  it('are found by day', async () => {
    const { source, server } = await open({ timezone: 'nowhere' });
    await source.search({ distinctId: 'd-1', from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 3) });
    expect(server.requests.at(-1)?.url).toContain('from_date=2026-11-01&to_date=2026-11-03');
    await source.search({ distinctId: 'd-1', from: Date.UTC(2026, 10, 1), to: Date.UTC(2027, 0) });
    expect(server.requests.at(-1)?.url).toContain('to_date=2026-11-20');
  });

  it('need a user', async () => {
    const { source } = await open();
    await expect(source.search({})).rejects.toMatchObject({ code: 'query-needed' });
  });

  it('are found by their id', async () => {
    const { source } = await open();
    expect((await source.search({ sessionId: remoteId })).sessions).toEqual([
      { remoteId, user: '', startedAt: events[0]?.timestamp, entryPage: '', browser: '' },
    ]);
    for (const id of ['r-9', '../x', '']) {
      const query = id ? { sessionId: id } : { uid: 'a', distinctId: 'b' };
      expect((await source.search(query)).sessions).toEqual([]);
    }
  });

  it.each([
    ['results', 30],
    ['list', 90],
    ['list', 1],
  ] as const)('are read file by file (%s, %d days)', async (form, days) => {
    const { source, transport, presigned, store } = await open({ form }, named([0, 1, 2, 3, 4], days));
    const recording = source.open(remoteId);
    const { facts } = await importInMemory(joinDocuments(await collectParts(recording)));
    expect(facts.events).toBe(events.length);
    expect(recording.facts().completeness).toEqual([{ unit: 'files', received: 5, expected: 5 }]);
    expect(numbersAsked(store.requests).slice(-4)).toEqual(['0005', '0006', '0007', '0008'].map((n) => `${n}-${days}`));
    refuseCanary(transport.log);
    expect(JSON.stringify(presigned.log)).not.toContain('signature-canary');
  });

  it('are incomplete when a file in between is missing', async () => {
    const { source } = await open({}, named([0, 1, 4, 5]));
    const recording = source.open(remoteId);
    await collectParts(recording);
    expect(recording.facts().completeness).toEqual([{ unit: 'files', received: 4, expected: 6 }]);
  });

  it('are signed again when the signature has expired, and resumed', async () => {
    const { source, state, store, server } = await open();
    const all = await collectParts(source.open(remoteId));
    const resume = all.find((part) => part.isDocumentEnd)?.resume;
    expect(resume).toBe('30:1:1');
    store.requests.length = 0;
    server.requests.length = 0;
    const recording = source.open(remoteId, { resume });
    const rest: typeof all = [];
    for await (const part of recording.parts) {
      if (rest.length === 0) state.generation++;
      rest.push(part);
    }
    const ends = all.filter((part) => part.isDocumentEnd).length;
    expect(rest.filter((part) => part.isDocumentEnd)).toHaveLength(ends - 1);
    expect(recording.facts().completeness).toEqual([{ unit: 'files', received: 5, expected: 5 }]);
    expect(server.requests).toHaveLength(2);
    expect(numbersAsked(store.requests).slice(0, 3)).toEqual(['0001-30', '0002-30', '0002-30']);
  });

  it('are refused when a fresh signature is refused, or when they are elsewhere', async () => {
    const { source, create, store } = await open({ isStoreClosed: true });
    await expect(collectParts(source.open(remoteId))).rejects.toMatchObject({ code: 'remote-failed' });
    store.requests.length = 0;
    await expect(collectParts(create('123', ['.mxpnl.com']).open(remoteId))).rejects.toMatchObject({
      code: 'remote-elsewhere',
    });
    expect(store.requests).toHaveLength(0);
  });

  it('are not found when they are unknown', async () => {
    const { source } = await open();
    for (const id of ['r-9', '../a', 'a/b']) {
      await expect((async () => collectParts(source.open(id)))()).rejects.toMatchObject({ code: 'remote-not-found' });
    }
    const opened = source.open(remoteId, { resume: 'x' });
    await expect(collectParts(opened)).rejects.toMatchObject({ code: 'remote-not-found' });
  });

  it('need the time of the server for a search', async () => {
    const { source } = await open({ date: undefined });
    await expect(source.search({ uid: 'jane' })).rejects.toMatchObject({ code: 'remote-shape' });
  });

  it('are downloaded by a connection of the app', async () => {
    const { server, store, presigned } = await open();
    const factory = createSourceFactory({
      openTransport: (options) => openTransport({ ...options, budget: undefined, caPem: testAuthority.certPem }),
      openPresigned: () => ({ fetch: presigned.fetchPresigned, close: () => Promise.resolve() }),
      fileHosts: [new URL(store.origin).host],
    });
    const opened = factory({
      kind: 'mixpanel',
      origin: server.origin,
      place: { project: '123' },
      account: undefined,
      caPem: undefined,
      pins: undefined,
      key: () => Promise.resolve(account),
    });
    await opened.source.verify();
    const { facts } = await importInMemory(joinDocuments(await collectParts(opened.source.open(remoteId))));
    expect(facts.events).toBe(events.length);
    await opened.close();
  });
});
