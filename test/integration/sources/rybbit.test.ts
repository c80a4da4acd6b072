import { describe, expect, it } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import { createRybbitSource, rybbitAuthorization } from '../../../src-main/core/sources/rybbit/source';
import { collectParts } from '../../helpers/collect-parts';
import { rybbitServer, type RybbitState } from '../../helpers/contract-servers/rybbit';
import { readDemoEvents } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments } from '../../helpers/join-documents';
import { openPair, refuseCanary } from '../../helpers/test-transport';

const key = 'canary-5f1c9ab7d2e84a60';
const siteId = 'a1b2c3d4e5f6';
const events = readDemoEvents();
const replay = {
  session_id: 'a1b2c3d4-5e6f-7a8b-9c0d-1e2f3a4b5c6d',
  user_id: '9f2c',
  identified_user_id: 'jane@example.com',
  start_time: '2026-11-20 10:00:00.500',
  end_time: '2026-11-20 10:01:00.500',
  duration_ms: 60_000,
  page_url: 'https://shop.example/cart?token=x',
  event_count: events.length,
  browser: 'Firefox',
  browser_version: 140,
};

async function open(change: Partial<RybbitState> = {}, site = siteId) {
  const state: RybbitState = {
    keys: { [key]: ['replay:read'] },
    siteId,
    replays: [replay],
    events: { [replay.session_id]: events },
    ...change,
  };
  const { server, transport } = await openPair(rybbitServer(state), { sign: authorize(rybbitAuthorization(key)) });
  return { source: createRybbitSource(transport.fetch, { siteId: site }), server, transport, state };
}

describe('Rybbit keys', () => {
  it('accepts a key for replays alone without a warning', async () => {
    const { source } = await open();
    expect(await source.verify()).toEqual({
      holder: '',
      scopes: [{ name: 'replay:read', evidence: 'probed' }],
      overPrivileged: [],
    });
  });

  it.each([null, ['replay:read', 'org:read']])('warns of a key that can do more: %o', async (scopes) => {
    const { source } = await open({ keys: { [key]: scopes } });
    expect((await source.verify()).overPrivileged).toHaveLength(1);
  });

  it('says that a public site doesn’t confirm a key', async () => {
    const { source } = await open({ isPublic: true, keys: {} });
    expect((await source.verify()).notice).toContain('did not confirm');
  });

  it.each<[string, Partial<RybbitState>, string]>([
    ['an unknown key', { keys: {} }, 'key-refused'],
    ['a key without the scope', { keys: { [key]: ['analytics:read'] } }, 'key-forbidden'],
    ['a site of another organization', { isForeign: true }, 'connection-place'],
    ['an unknown site', { siteId: '000000000000' }, 'connection-place'],
  ])('refuses %s', async (_, change, code) => {
    const { source } = await open(change);
    const error: unknown = await source.verify().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    refuseCanary(error);
  });

  it('refuses a site that is not an ID', () => {
    const create = () => createRybbitSource(() => Promise.reject(new Error('requested')), { siteId: '../x' });
    expect(create).toThrowError('connection-place');
  });
});

describe('Rybbit replays', () => {
  const days = ['2026-11-22 09:00:00', '2026-11-21 23:59:59.999', '2026-11-20 10:00:00'].map((start_time, index) => ({
    ...replay,
    session_id: `s-${index}`,
    start_time,
    duration_ms: (index + 1) * 1500,
    identified_user_id: index === 1 ? '' : `user-${index}`,
  }));

  it('are listed with what the platform reports', async () => {
    const { source } = await open();
    expect(await source.search({ email: 'jane@example.com' })).toEqual({
      sessions: [
        {
          remoteId: replay.session_id,
          user: 'jane@example.com',
          startedAt: Date.UTC(2026, 10, 20, 10, 0, 0, 500),
          durationMs: 60_000,
          eventCount: events.length,
          entryPage: 'https://shop.example/cart',
          browser: 'Firefox 140',
        },
      ],
      cursor: undefined,
      isTruncated: false,
    });
  });

  it('are found by user, time and length, exactly', async () => {
    const { source } = await open({ replays: days });
    const found = async (query: object) => (await source.search(query)).sessions.map(({ remoteId }) => remoteId);
    expect(await found({})).toEqual(['s-0', 's-1', 's-2']);
    expect(await found({ uid: 'user-2' })).toEqual(['s-2']);
    expect(await found({ uid: 'user' })).toEqual([]);
    expect(await found({ from: Date.UTC(2026, 10, 21, 23, 59, 59, 999) })).toEqual(['s-0', 's-1']);
    expect(await found({ to: Date.UTC(2026, 10, 21, 23, 59, 59, 998) })).toEqual(['s-2']);
    expect(await found({ minDurationMs: 2000 })).toEqual(['s-1', 's-2']);
    expect(await found({ maxDurationMs: 2000 })).toEqual(['s-0']);
  });

  it('are found by session', async () => {
    const { source } = await open({ replays: days });
    const found = async (sessionId: string) =>
      (await source.search({ sessionId })).sessions.map(({ remoteId }) => remoteId);
    expect(await found('s-1')).toEqual(['s-1']);
    expect(await found('s-9')).toEqual([]);
    expect(await found('../x')).toEqual([]);
    expect(await found('list')).toEqual([]);
  });

  it('are paged to the end', async () => {
    const replays = Array.from({ length: 230 }, (_, index) => ({ ...replay, session_id: `s-${index}` }));
    const { source, state } = await open({ replays });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await source.search({}, cursor);
      found.push(...page.sessions.map(({ remoteId }) => remoteId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(replays.map(({ session_id }) => session_id));
    state.isEndless = true;
    const first = await source.search({});
    await expect(source.search({}, first.cursor)).rejects.toMatchObject({ code: 'remote-endless' });
  });

  it('may lack every optional field', async () => {
    const { source } = await open({
      replays: [
        {
          session_id: 's',
          user_id: '9f2c',
          identified_user_id: '',
          start_time: '2026-11-20 10:00:00',
          duration_ms: 0,
          event_count: 2,
          end_time: null,
          page_url: null,
          browser: null,
          browser_version: null,
        },
      ],
    });
    expect((await source.search({})).sessions).toMatchObject([{ user: '9f2c', entryPage: '', browser: '' }]);
  });

  it('are pulled completely', async () => {
    const { source, transport } = await open();
    const recording = source.open(replay.session_id);
    const { facts } = await importInMemory(joinDocuments(await collectParts(recording)));
    expect(facts.events).toBe(events.length);
    expect(recording.facts().completeness).toEqual([
      { unit: 'events', received: events.length, expected: events.length },
    ]);
    refuseCanary(transport.log);
  });

  it('are incomplete when the server leaves out events that it can’t read', async () => {
    const { source } = await open({ lostEvents: [3, 4, 5] });
    const recording = source.open(replay.session_id);
    await collectParts(recording);
    expect(recording.facts().completeness).toEqual([
      { unit: 'events', received: events.length - 3, expected: events.length },
    ]);
  });

  it.each([
    [false, 'remote-not-found'],
    [true, 'remote-failed'],
  ])('fail when they are unknown (vague errors: %s)', async (hasVagueErrors, code) => {
    const { source } = await open({ hasVagueErrors });
    await expect(collectParts(source.open('s-9'))).rejects.toMatchObject({ code });
    await expect(collectParts(source.open('../x'))).rejects.toMatchObject({ code: 'remote-not-found' });
  });
});
