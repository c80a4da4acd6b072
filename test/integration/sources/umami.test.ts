import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import { umami } from '../../../src-main/core/sources/umami/platform';
import { createUmamiSource, umamiAuthorization } from '../../../src-main/core/sources/umami/source';
import { umamiServer, type UmamiState } from '../../helpers/contract-servers/umami';
import { readDemoEvents } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments } from '../../helpers/join-documents';
import { collectParts } from '../../helpers/collect-parts';
import { fixturePath } from '../../helpers/fixtures';
import { openPair, refuseCanary } from '../../helpers/test-transport';

const token = 'canary-5f1c9ab7d2e84a60';
const websiteId = 'b59e9c65-ae32-47f1-8400-119fcf4861c4';
const replayId = '22222222-2222-4222-8222-222222222222';
const sessionId = '11111111-1111-4111-8111-111111111111';
const events = readDemoEvents();

async function open(change: Partial<UmamiState> = {}, website = websiteId) {
  const state: UmamiState = {
    token,
    user: { username: 'support', role: 'view-only', isAdmin: false },
    websiteId,
    replays: [
      {
        id: replayId,
        sessionId,
        browser: 'firefox',
        os: 'Mac OS',
        eventCount: '1393',
        startedAt: '2026-11-20T10:00:00.000Z',
        endedAt: '2026-11-20T10:01:00.000Z',
        distinctId: 'jane@example.com',
      },
    ],
    recordings: {
      [replayId]: Buffer.from(JSON.stringify({ sessionId, events, startedAt: null, eventCount: events.length })),
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
    const { source: old } = await open({ hasNoReplays: true });
    await expect(old.verify()).rejects.toMatchObject({ code: 'remote-no-service' });
    expect(() => createUmamiSource(() => Promise.reject(new Error('requested')), { websiteId: '../x' })).toThrowError(
      'connection-place',
    );
  });
});

describe('Umami replays', () => {
  it('are found by id and time', async () => {
    const { source } = await open();
    const { sessions, cursor } = await source.search({ email: 'jane@example.com' });
    expect(cursor).toBeUndefined();
    expect(sessions).toEqual([
      {
        remoteId: replayId,
        user: 'jane@example.com',
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

  describe.each(['exact', 'failing', 'ignored'] as const)(
    'of one user, when the server’s filter is %s',
    (userFilter) => {
      const ids = ['jane', 'mary-jane', 'Jane', 'jane@example.com', 'a,jane', 's.jane', undefined];
      const replays = ids.map((distinctId, index) => ({
        id: `${index}2222222-2222-4222-8222-222222222222`,
        sessionId: `${index}1111111-1111-4111-8111-111111111111`,
        startedAt: `2026-11-20T10:0${index}:00.000Z`,
        endedAt: `2026-11-20T10:0${index}:30.000Z`,
        // The city of everyone is found by the search as well.
        city: 'Janesville',
        eventCount: 3,
        ...(distinctId !== undefined && { distinctId }),
      }));

      it.each(ids.slice(0, -1))('are those with exactly the id %s', async (distinctId = '') => {
        const { source } = await open({ replays, userFilter });
        const page = await source.search({ distinctId });
        expect(page.sessions.map(({ remoteId, user }) => [remoteId[0], user])).toEqual([
          [String(ids.indexOf(distinctId)), distinctId],
        ]);
        expect(page.isTruncated).toBe(false);
        expect((await source.search({ uid: distinctId, email: 'other' })).sessions).toEqual([]);
      });

      it('are not found by a part of the id or by the city', async () => {
        const { source } = await open({ replays, userFilter });
        expect((await source.search({ uid: 'jan' })).sessions).toEqual([]);
        expect((await source.search({ uid: 'janesville' })).sessions).toEqual([]);
      });

      it('are found by an email address in any letter case', async () => {
        const { source } = await open({ replays, userFilter });
        const { sessions } = await source.search({ email: 'JANE@example.com' });
        expect(sessions.map(({ remoteId }) => remoteId[0])).toEqual(['3']);
      });

      it('are paged to the end', async () => {
        const many = Array.from({ length: 230 }, (_, index) => ({
          ...replays[index % 2],
          id: `22222222-2222-4222-8222-${String(index).padStart(12, '0')}`,
          startedAt: '2026-11-20T10:00:00.000Z',
        }));
        const { source } = await open({ replays: many, userFilter });
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await source.search({ uid: 'jane' }, cursor);
          found.push(...page.sessions.map(({ remoteId }) => remoteId));
          cursor = page.cursor;
        } while (cursor !== undefined);
        expect(found).toEqual(many.filter((_, index) => index % 2 === 0).map(({ id }) => id));
      });
    },
  );

  it('say that some may be missing when a session can’t be read', async () => {
    const { source } = await open({ userFilter: 'failing', lostSessions: [sessionId] });
    expect(await source.search({ uid: 'jane@example.com' })).toEqual({
      sessions: [],
      cursor: undefined,
      isTruncated: true,
    });
  });

  it('are found by the id of the replay or of its session', async () => {
    const { source } = await open();
    for (const id of [replayId, sessionId]) {
      const { sessions } = await source.search({ sessionId: id });
      expect(sessions.map(({ remoteId, eventCount }) => [remoteId, eventCount])).toEqual([[replayId, 1393]]);
    }
    expect((await source.search({ sessionId: websiteId })).sessions).toEqual([]);
    expect((await source.search({ sessionId: 'x' })).sessions).toEqual([]);
  });

  it('are filtered by length and page', async () => {
    const replays = ['/cart', '/help'].map((path, index) => ({
      id: `${index}2222222-2222-4222-8222-222222222222`,
      sessionId,
      startedAt: '2026-11-20T10:00:00.000Z',
      endedAt: `2026-11-20T10:0${index + 1}:00.000Z`,
      browser: 'firefox',
      urls: [path],
    }));
    const { source } = await open({ replays });
    const found = async (query: object) => (await source.search(query)).sessions.map(({ remoteId }) => remoteId[0]);
    expect(await found({ page: 'https://shop.example/cart?x' })).toEqual(['0']);
    expect(await found({ minDurationMs: 90_000 })).toEqual(['1']);
    expect(await found({ maxDurationMs: 90_000 })).toEqual(['0']);
  });

  it('are found by links to a replay or a session', () => {
    const link = (text: string) => umami.readLink?.(new URL(text));
    const expected = (id: string) => ({
      origins: ['https://stats.example'],
      place: { website: websiteId },
      reading: { by: 'sessionId', text: id },
    });
    expect(link(`https://stats.example/websites/${websiteId}/replays/${replayId}`)).toEqual(expected(replayId));
    const team = `https://stats.example/teams/${sessionId}/websites/${websiteId}/sessions`;
    expect(link(`${team}/${sessionId}`)).toEqual(expected(sessionId));
    expect(link(`${team}?session=${sessionId}`)).toEqual(expected(sessionId));
    expect(link(team)).toBeUndefined();
  });

  it('are reported as not found when the reply has no events', async () => {
    const { source } = await open();
    await expect(collectParts(source.open(websiteId))).rejects.toMatchObject({ code: 'remote-not-found' });
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
