import { describe, expect, it } from 'vitest';
import { rollbar } from '../../../src-main/core/sources/rollbar/platform';
import { createRollbarSource } from '../../../src-main/core/sources/rollbar/source';
import { collectParts } from '../../helpers/collect-parts';
import { rollbarServer, type RollbarState } from '../../helpers/contract-servers/rollbar';
import { readDemoEvents } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments } from '../../helpers/join-documents';
import { openPair, refuseCanary } from '../../helpers/test-transport';

const token = 'canary-5f1c9ab7d2e84a60';
const events = readDemoEvents();
const at = Date.UTC(2026, 10, 20, 10) / 1000;

const occurrence = (
  replayId: string | undefined,
  timestamp = at,
  person: object | null = { id: '7', email: 'jane@example.com' },
) => ({
  id: 1,
  timestamp,
  data: {
    environment: 'prod/eu',
    attributes: [
      { key: 'other', value: 1 },
      { key: 'session_id', value: 'session-1' },
      ...(replayId === undefined ? [] : [{ key: 'replay_id', value: replayId }]),
    ],
    person,
    request: { url: 'https://shop.example/cart?token=x' },
    client: { javascript: { browser: 'Firefox 140' } },
  },
});

async function open(change: Partial<RollbarState> = {}) {
  const state: RollbarState = {
    tokens: { [token]: ['read'] },
    instances: [occurrence('r-1'), occurrence(undefined), occurrence('r-1', at - 5)],
    replays: { 'prod/eu/session-1/r-1': events },
    ...change,
  };
  const { server, transport } = await openPair(rollbarServer(state), { sign: rollbar.sign(token, {}, Date.now) });
  return { source: createRollbarSource(transport.fetch), server, transport };
}

const remoteId = 'prod%2Feu/session-1/r-1';

describe('Rollbar tokens', () => {
  it('are tried, and the rest is unknown', async () => {
    const { source } = await open();
    expect(await source.verify()).toMatchObject({ scopes: [{ name: 'read', evidence: 'probed' }], overPrivileged: [] });
  });

  it.each<[string, RollbarState['tokens'], string]>([
    ['an unknown token', {}, 'key-refused'],
    ['a token that only sends', { [token]: ['post_client_item'] }, 'key-forbidden'],
  ])('refuses %s', async (_, tokens, code) => {
    const { source } = await open({ tokens });
    const error: unknown = await source.verify().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    refuseCanary(error);
  });
});

describe('Rollbar replays', () => {
  it('are listed from the occurrences that have one, each once', async () => {
    const { source } = await open();
    expect(await source.search({})).toEqual({
      sessions: [
        {
          remoteId,
          user: 'jane@example.com',
          startedAt: at * 1000,
          entryPage: 'https://shop.example/cart',
          browser: 'Firefox 140',
        },
      ],
      cursor: undefined,
      isTruncated: false,
    });
  });

  it('are found by person and time', async () => {
    const instances = [
      occurrence('r-2', at + 60, null),
      occurrence('r-1'),
      occurrence('r-0', at - 60, { username: 'joe' }),
    ];
    const { source } = await open({ instances });
    const found = async (query: object) => (await source.search(query)).sessions.map((one) => one.remoteId.slice(-3));
    expect(await found({})).toEqual(['r-2', 'r-1', 'r-0']);
    expect(await found({ email: 'Jane@Example.com' })).toEqual(['r-1']);
    expect(await found({ uid: '7' })).toEqual(['r-1']);
    expect(await found({ uid: 'joe' })).toEqual([]);
    expect(await found({ from: at * 1000 })).toEqual(['r-2', 'r-1']);
    expect(await found({ to: at * 1000 })).toEqual(['r-1', 'r-0']);
  });

  it('are found by their id', async () => {
    const { source } = await open();
    expect((await source.search({ sessionId: remoteId })).sessions).toMatchObject([
      { remoteId, startedAt: events[0]?.timestamp, eventCount: events.length },
    ]);
    for (const id of ['prod/session-1/r-9', 'x', '../../x']) {
      expect((await source.search({ sessionId: id })).sessions).toEqual([]);
    }
    expect(source.recognize?.(remoteId)).toEqual([{ by: 'sessionId', text: remoteId }]);
    expect(source.recognize?.('jane@example.com')).toEqual([]);
  });

  it('are paged to the end, some pages of occurrences at a time', async () => {
    const instances = Array.from({ length: 250 }, (_, index) => occurrence(`r-${index}`, at - index));
    const { source } = await open({ instances });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await source.search({}, cursor);
      found.push(...page.sessions.map((one) => one.remoteId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toHaveLength(250);
  });

  it.each(['spans', 'events'] as const)('are read from %s', async (form) => {
    const { source, transport, server } = await open({ form });
    const recording = source.open(remoteId);
    const { facts } = await importInMemory(joinDocuments(await collectParts(recording)));
    expect(facts.events).toBe(events.length);
    expect(facts.startedAt).toBe(events[0]?.timestamp);
    expect(recording.facts().completeness).toEqual([
      { unit: 'events', received: events.length, expected: events.length },
    ]);
    expect(server.requests.at(-1)?.url).toBe('/api/1/environment/prod%2Feu/session/session-1/replay/r-1');
    refuseCanary(transport.log);
  });

  it('are incomplete when Rollbar announces more events', async () => {
    const { source } = await open({ announced: events.length + 7 });
    const recording = source.open(remoteId);
    await collectParts(recording);
    expect(recording.facts().completeness[0]).toMatchObject({ expected: events.length + 7 });
  });

  it('are refused without events, and not found when they are unknown', async () => {
    const { source } = await open({ replays: { 'prod/eu/session-1/r-1': [] } });
    await expect(collectParts(source.open(remoteId))).rejects.toMatchObject({ code: 'remote-shape' });
    for (const id of ['prod/session-1/r-9', 'x', '../a/b']) {
      await expect(collectParts(source.open(id))).rejects.toMatchObject({ code: 'remote-not-found' });
    }
  });
});
