import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import { createUmamiSource, umamiAuthorization } from '../../../src-main/core/sources/umami/source';
import { umamiServer, type UmamiState } from '../../helpers/contract-servers/umami';
import { readDemoEvents } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments } from '../../helpers/join-documents';
import { collectParts } from '../../helpers/collect-parts';
import { fixturePath } from '../../helpers/fixtures';
import { openPair, refuseCanary } from '../../helpers/test-transport';

const token = 'umami_canary-5f1c9ab7d2e84a60';
const websiteId = 'b59e9c65-ae32-47f1-8400-119fcf4861c4';
const replayId = '22222222-2222-4222-8222-222222222222';
const events = readDemoEvents();

async function open(change: Partial<UmamiState> = {}, website = websiteId) {
  const state: UmamiState = {
    token,
    user: { username: 'support', role: 'view-only', isAdmin: false },
    websiteId,
    replays: [
      {
        id: replayId,
        sessionId: '11111111-1111-4111-8111-111111111111',
        browser: 'firefox',
        os: 'Mac OS',
        eventCount: '1393',
        startedAt: '2026-11-20T10:00:00.000Z',
        endedAt: '2026-11-20T10:01:00.000Z',
        distinctId: 'jane@example.com',
      },
    ],
    recordings: {
      [replayId]: Buffer.from(JSON.stringify({ sessionId: 'x', events, startedAt: null, eventCount: events.length })),
    },
    ...change,
  };
  const { server, transport } = await openPair(umamiServer(state), {
    sign: authorize(umamiAuthorization(token)),
  });
  return { source: createUmamiSource(transport.fetch, { websiteId: website }), server, transport };
}

describe('Umami keys', () => {
  it('accepts a view-only user without a warning', async () => {
    const { source } = await open();
    expect(await source.verify()).toEqual({
      holder: 'support',
      scopes: [{ name: 'view-only', evidence: 'reported' }],
      overPrivileged: [],
    });
  });

  it.each([
    [{ username: 'u', role: 'user', isAdmin: false }, 'user'],
    [{ username: 'a', role: 'admin', isAdmin: true }, 'admin'],
  ])('warns of %o', async (user, scope) => {
    const { source } = await open({ user });
    expect((await source.verify()).overPrivileged.map((over) => over.scope)).toEqual([scope]);
  });

  it('distinguishes an unknown key from a website without access', async () => {
    const unknown: unknown = await (await open({ token: 'other' })).source.verify().catch((error: unknown) => error);
    expect(unknown).toMatchObject({ code: 'key-refused' });
    refuseCanary(unknown);
    const { source } = await open({}, websiteId.replace('b5', 'b6'));
    await expect(source.verify()).rejects.toMatchObject({ code: 'connection-place' });
    expect(() => createUmamiSource(() => Promise.reject(new Error('requested')), { websiteId: '../x' })).toThrowError(
      'connection-place',
    );
  });
});

describe('Umami replays', () => {
  it('are found by id and time; users are unknown', async () => {
    const { source } = await open();
    const { sessions, cursor } = await source.search({ email: 'jane@example.com' });
    expect(cursor).toBeUndefined();
    expect(sessions).toEqual([
      {
        remoteId: replayId,
        user: '',
        startedAt: Date.UTC(2026, 10, 20, 10),
        durationMs: 60_000,
        eventCount: 1393,
        entryPage: '',
        browser: 'firefox, Mac OS',
      },
    ]);
    expect((await source.search({ uid: 'unknown' })).sessions).toEqual([]);
    expect((await source.search({ from: Date.UTC(2026, 10, 21) })).sessions).toEqual([]);
    expect((await source.search({ to: Date.UTC(2026, 10, 19) })).sessions).toEqual([]);
  });

  it('are paged, and a time without a zone is UTC', async () => {
    const replays = Array.from({ length: 250 }, (_, at) => ({
      id: `${String(at).padStart(8, '0')}-1111-4111-8111-111111111111`,
      startedAt: '2026-11-20 10:00:00.500',
      eventCount: 3,
    }));
    const { source } = await open({ replays });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await source.search({}, cursor);
      found.push(...page.sessions.map(({ remoteId }) => remoteId));
      expect(page.sessions[0]?.startedAt).toBe(Date.UTC(2026, 10, 20, 10, 0, 0, 500));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(replays.map(({ id }) => id));
    await expect(source.search({}, 'x')).rejects.toMatchObject({ code: 'remote-endless' });
  });

  it('are pulled completely', async () => {
    const { source, transport } = await open();
    const { facts } = await importInMemory(joinDocuments(await collectParts(source.open(replayId))));
    expect(facts.events).toBe(events.length);
    refuseCanary(transport.log);
    await expect(collectParts(source.open('../x'))).rejects.toMatchObject({ code: 'remote-not-found' });
  });

  it('are read from a recorded reply', async () => {
    const sample = gunzipSync(readFileSync(fixturePath('sources/umami/replay.json.gz')));
    const { source } = await open({ recordings: { [replayId]: sample } });
    const { facts } = await importInMemory(joinDocuments(await collectParts(source.open(replayId))));
    expect(facts.events).toBe((JSON.parse(sample.toString()) as { events: unknown[] }).events.length);
  });
});
