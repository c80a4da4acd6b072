import { readFileSync } from 'node:fs';
import { entryText } from '../../../src-main/contract/words/timeline';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import {
  createOpenReplaySource,
  openReplayAuthorization,
  openReplayBasePath,
} from '../../../src-main/core/sources/openreplay/source';
import { openReplayServer, type OpenReplayState } from '../../helpers/contract-servers/openreplay';
import { collectParts, collectTimeline } from '../../helpers/collect-parts';
import { fixturePath } from '../../helpers/fixtures';
import { openPair } from '../../helpers/test-transport';

const key = 'organization-key-of-a-test';
const user = 'mickael@openreplay.com';
const projectKey = '3sWXSsqHgSKnE87YkNJK';
const session = (id: string, startTs: number): string =>
  `{"sessionId":${id},"eventsCount":6,"startTs":${startTs},"endTs":${startTs + 18_226}}`;
const event = (name: string, at: number, rest = ''): string =>
  `{"event_id":"e-${name}-${at}","$event_name":"${name}","created_at":${at},"session_id":"1"${rest}}`;
const start = 1_623_440_902_620;

async function open(change: Partial<OpenReplayState> = {}, givenKey = key, project = projectKey) {
  const state: OpenReplayState = {
    key,
    projectKey,
    sessions: { [user]: [session('"4813023023591169"', start), session('9007199254740993', start / 1000 - 0.5)] },
    events: {},
    ...change,
  };
  const { server, transport } = await openPair(openReplayServer(state), {
    sign: authorize(openReplayAuthorization(givenKey)),
    methods: ['GET', 'POST'],
  });
  return { server, source: createOpenReplaySource(transport.fetch, { projectKey: project, basePath: '/v2/api' }) };
}

describe('OpenReplay keys', () => {
  it('verifies a key, and warns that read-only keys don’t exist', async () => {
    const { source } = await open();
    const verdict = await source.verify();
    expect(verdict.scopes).toEqual([{ name: 'Organization API key', evidence: 'probed' }]);
    expect(verdict.overPrivileged[0]?.why).toContain('delete');
  });

  it.each([
    ['an unknown key', 'another', projectKey, 'key-refused'],
    ['an unknown project', key, 'nothing', 'remote-no-service'],
  ])('refuses %s', async (_name, givenKey, project, code) => {
    const { source } = await open({}, givenKey, project);
    await expect(source.verify()).rejects.toMatchObject({ code });
  });

  it('finds the API', () => {
    expect(openReplayBasePath('https://api.openreplay.com')).toBe('/v2');
    expect(openReplayBasePath('https://replay.company.example')).toBe('/v2/api');
  });

  it.each(['../x', 'a/b', ''])('refuses the project key %j', async (project) => {
    await expect(open({}, key, project)).rejects.toMatchObject({ code: 'connection-address' });
  });
});

describe('OpenReplay sessions', () => {
  it('lists a user’s sessions, with complete long ids and times in milliseconds', async () => {
    const { source } = await open();
    const page = await source.search({ email: user });
    expect(page).toEqual({
      sessions: [
        {
          remoteId: '4813023023591169',
          user,
          startedAt: start,
          durationMs: 18_226,
          eventCount: 6,
          entryPage: '',
          browser: '',
        },
        {
          remoteId: '9007199254740993',
          user,
          startedAt: start - 500,
          durationMs: 18_226,
          eventCount: 6,
          entryPage: '',
          browser: '',
        },
      ].map((listed, index) => (index === 1 ? { ...listed, durationMs: expect.any(Number) as number } : listed)),
      cursor: undefined,
      isTruncated: false,
    });
  });

  it('pages to the end, and detects a server that repeats a page', async () => {
    const many = Array.from({ length: 230 }, (_, index) => session(`"${index + 1}"`, start - index));
    const { source } = await open({ sessions: { [user]: many } });
    const first = await source.search({ uid: user });
    const second = await source.search({ uid: user }, first.cursor);
    const third = await source.search({ uid: user }, second.cursor);
    expect([first, second, third].map(({ sessions }) => sessions.length)).toEqual([100, 100, 30]);
    expect(third.cursor).toBeUndefined();

    const { source: stuck } = await open({ sessions: { [user]: many }, isIgnoringPages: true });
    const { cursor } = await stuck.search({ uid: user });
    await expect(stuck.search({ uid: user }, cursor)).rejects.toMatchObject({ code: 'remote-endless' });
  });

  it('finds no sessions if both ids are given and differ, and requires one', async () => {
    const { source, server } = await open();
    expect((await source.search({ email: user, uid: '7' })).sessions).toEqual([]);
    await expect(source.search({})).rejects.toMatchObject({ code: 'query-needed' });
    await expect(source.search({ uid: '..' })).rejects.toMatchObject({ code: 'remote-not-found' });
    expect(server.requests).toEqual([]);
  });
});

describe('OpenReplay events', () => {
  it('are described in words, without typed text', async () => {
    const events = [
      event('$pageview', start, ',"properties":{"path":"/my-account/?token=secret"}'),
      event('$click', start + 1, ',"$properties":{"label":"Shop"},"$auto_captured":true'),
      event('$input', start + 2, ',"$properties":{"label":"Email","value":"typed-secret"}'),
      event('$error', start + 3, ',"$properties":{"message":"boom"}'),
      event(
        '$request',
        start + 4,
        ',"$properties":{"url":"https://a.example/api?x=secret","method":"get","status":500}',
      ),
      event('order_placed', start + 5),
      '{"$event_name":"$click"}',
    ];
    const { source } = await open({ events: { '7': events } });
    const recording = source.open('7');
    const entries = await collectTimeline(recording);
    expect(entries.map((entry) => [entry.kind, entryText(entry)])).toEqual([
      ['navigation', 'Opened /my-account/'],
      ['click', 'Clicked on “Shop”'],
      ['input', 'Changed field “Email”'],
      ['error', 'boom'],
      ['network-error', 'GET a.example/api returned 500'],
      ['custom', 'Event “order_placed”'],
    ]);
    expect(JSON.stringify(entries)).not.toContain('secret');
    expect(recording.facts().completeness).toEqual([{ unit: 'events', received: 6, expected: 7 }]);
  });

  it('reads the examples of the documentation', async () => {
    const example = (name: string): { data: Record<string, unknown[]> } =>
      JSON.parse(readFileSync(fixturePath(`sources/openreplay/${name}`), 'utf8')) as never;
    const sessions = example('user_sessions.200.json').data.sessions ?? [];
    const events = example('session_events.200.json').data.events ?? [];
    const { source } = await open({
      sessions: { [user]: sessions.map((one) => JSON.stringify(one)) },
      events: { '7': events.map((one) => JSON.stringify(one)) },
    });
    expect((await source.search({ uid: user })).sessions.map(({ durationMs }) => durationMs)).toEqual([12_779, 18_226]);
    expect((await collectTimeline(source.open('7'))).map(entryText)).toEqual([
      'Opened /my-account/',
      'Clicked on “Shop”',
    ]);
  });

  it('resumes after the last page', async () => {
    const many = Array.from({ length: 450 }, (_, index) => event('$click', start + index));
    const { source } = await open({ events: { '7': many } });
    const parts = await collectParts(source.open('7'));
    expect(parts.map(({ resume, progress }) => [resume, progress?.done, progress?.total])).toEqual([
      ['2:200', 200, 450],
      ['3:400', 400, 450],
      [undefined, 450, 450],
    ]);
    const rest = await collectTimeline(source.open('7', { resume: '3:400' }));
    expect(rest.map(({ at }) => at - start)).toEqual(Array.from({ length: 50 }, (_, index) => 400 + index));
  });

  it('fails when the server repeats a page', async () => {
    const many = Array.from({ length: 450 }, (_, index) => event('$click', start + index));
    const { source } = await open({ events: { '7': many }, isIgnoringPages: true });
    await expect(collectParts(source.open('7'))).rejects.toMatchObject({ code: 'remote-endless' });
  });

  it.each(['8', '../x'])('reports an unknown session: %j', async (id) => {
    const { source } = await open();
    await expect(collectParts(source.open(id))).rejects.toMatchObject({ code: 'remote-not-found' });
  });
});
