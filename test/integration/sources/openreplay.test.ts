import { readOpenReplayEvents } from '../../../src-main/core/sources/openreplay/timeline';
import { readFileSync } from 'node:fs';
import { platformForms } from '../../../src-main/contract/source';
import { entryText } from '../../../src-main/contract/words/timeline';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import {
  createOpenReplaySource,
  openReplayAuthorization,
  openReplayBasePath,
} from '../../../src-main/core/sources/openreplay/source';
import { openreplay } from '../../../src-main/core/sources/openreplay/platform';
import { openReplayServer, type OpenReplayState } from '../../helpers/contract-servers/openreplay';
import { collectParts, collectTimeline } from '../../helpers/collect-parts';
import { fixturePath } from '../../helpers/fixtures';
import { openPair } from '../../helpers/test-transport';

const key = 'organization-key-of-a-test';
const user = 'mickael@openreplay.com';
const projectKey = '3sWXSsqHgSKnE87YkNJK';
const session = (id: string, startTs: number): string =>
  `{"sessionId":${id},"eventsCount":6,"startTs":${startTs},"endTs":${startTs + 18_226}}`;
/** An event with its columns, as OpenReplay stores it. */
const event = (name: string, at: number, columns: object = {}): string =>
  JSON.stringify({
    event_id: `e-${name}-${at}`,
    $event_name: name,
    created_at: at,
    distinct_id: user,
    session_id: '1',
    $auto_captured: true,
    ...columns,
  });
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
    ['an unknown project', key, 'nothing', 'connection-place'],
    ['an unknown key for an unknown project', 'another', 'nothing', 'key-refused'],
  ])('refuses %s', async (_name, givenKey, project, code) => {
    const { source } = await open({}, givenKey, project);
    await expect(source.verify()).rejects.toMatchObject({ code });
  });

  it('are revoked in the settings of the account', () => {
    const { keyPage } = platformForms.openreplay;
    expect(keyPage?.('https://api.openreplay.com', {})).toBe('https://app.openreplay.com/client/account');
    expect(keyPage?.('https://replay.company.example', {})).toBe('https://replay.company.example/client/account');
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

  it('lists nothing for a user without sessions', async () => {
    const { source } = await open();
    expect(await source.search({ uid: 'nobody' })).toEqual({ sessions: [], cursor: undefined, isTruncated: false });
  });

  it('finds a user by an address that is not the id, in any letter case, and no other user', async () => {
    const { source } = await open({
      sessions: {
        '42': [session('"1"', start)],
        'jane@example.com': [session('"2"', start)],
        '43': [session('"3"', start)],
      },
      users: [
        { $user_id: '42', $email: 'jane@example.com' },
        { $user_id: '43', $email: 'mary-jane@example.com' },
      ],
    });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await source.search({ email: 'Jane@Example.com' }, cursor);
      found.push(...page.sessions.map(({ remoteId }) => remoteId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(['1']);
    expect((await source.search({ email: 'jane@example.com' })).sessions.map(({ remoteId }) => remoteId)).toEqual([
      '2',
    ]);
  });

  it('finds a user by an id with characters that OpenReplay escapes', async () => {
    const { source } = await open({
      sessions: { "o'brien@example.com": [session('"1"', start)] },
      users: [{ $user_id: "o'brien@example.com", $email: '' }],
    });
    expect((await source.search({ email: "O'Brien@example.com" })).cursor).toBe('1 1 ');
    expect((await source.search({ email: "O'Brien@example.com" }, '1 1 ')).sessions).toHaveLength(1);
  });

  it('takes the address as the id on a server without a search for users', async () => {
    const { source } = await open({ hasNoUserSearch: true });
    expect((await source.search({ email: user })).sessions).toHaveLength(2);
  });

  it('says that users may be missing when the search for users fails', async () => {
    const { source } = await open({ failsUserSearch: true });
    const page = await source.search({ email: user });
    expect(page.sessions).toHaveLength(2);
    expect(page.isTruncated).toBe(true);
  });

  it('filters by length', async () => {
    const { source } = await open();
    const found = async (query: object) =>
      (await source.search({ uid: user, ...query })).sessions.map(({ remoteId }) => remoteId);
    expect(await found({ minDurationMs: 60_000 })).toEqual(['9007199254740993']);
    expect(await found({ maxDurationMs: 60_000 })).toEqual(['4813023023591169']);
  });

  it('finds a session by its id', async () => {
    const columns = { $user_id: "o'brien", $browser: 'Firefox', $current_url: 'https://shop.example/a?b=1&c=2' };
    const { source } = await open({
      events: {
        '4813023023591169': [event('CLICK', start, columns), event('CLICK', start + 500), event('CLICK', start + 900)],
      },
    });
    expect(await source.search({ sessionId: '4813023023591169' })).toEqual({
      sessions: [
        {
          remoteId: '4813023023591169',
          user: "o'brien",
          startedAt: start,
          durationMs: 900,
          eventCount: 3,
          entryPage: 'https://shop.example/a',
          browser: 'Firefox',
        },
      ],
      cursor: undefined,
      isTruncated: false,
    });
    expect((await source.search({ sessionId: '4813023023591170' })).sessions).toEqual([]);
    expect((await source.search({ sessionId: 'abc' })).sessions).toEqual([]);
  });

  it('recognises session ids and links to the player', async () => {
    const { source } = await open();
    const read = (text: string) => source.recognize?.(text);
    expect(read('4813023023591169')).toEqual([{ by: 'sessionId', text: '4813023023591169' }]);
    expect(read('42')).toEqual([]);
    const link = (text: string) => openreplay.readLink?.(new URL(text));
    expect(link('https://app.openreplay.com/27/session/4813023023591169?jumpto=12')).toEqual({
      origins: ['https://api.openreplay.com'],
      place: {},
      reading: { by: 'sessionId', text: '4813023023591169' },
    });
    expect(link('https://replay.company.example/3/session/4813023023591169')?.origins).toEqual([
      'https://replay.company.example',
    ]);
    expect(link('https://replay.company.example/3/sessions')).toBeUndefined();
  });

  it('finds no sessions if both ids are given and differ, and requires one', async () => {
    const { source, server } = await open();
    expect((await source.search({ email: user, uid: '7' })).sessions).toEqual([]);
    const asked = server.requests.length;
    await expect(source.search({})).rejects.toMatchObject({ code: 'query-needed' });
    await expect(source.search({ uid: '..' })).rejects.toMatchObject({ code: 'remote-not-found' });
    expect(server.requests).toHaveLength(asked);
  });
});

describe('OpenReplay events', () => {
  it('are described in words, without typed text', async () => {
    const page = 'https://shop.example/my-account/?token=secret';
    const events = [
      event('LOCATION', start, { $current_url: page, $properties: { url: page, page_title: 'Mine & <yours>' } }),
      event('CLICK', start + 1, { $current_url: page, $properties: { label: 'Tom\'s "shop" &lt;new&gt;' } }),
      event('INPUT', start + 2, { $properties: { label: 'Email', value: 'typed-secret' } }),
      event('ERROR', start + 3, { $properties: { name: 'TypeError', message: 'a < b' } }),
      event('REQUEST', start + 4, {
        $duration_s: 2,
        $properties: { url: 'https://a.example/api?x=secret&y=1', method: 'get', status: 500, success: false },
      }),
      event('REQUEST', start + 5, {
        $duration_s: 5,
        $properties: { url: 'https://a.example/slow', method: 'GET', status: 200 },
      }),
      event('REQUEST', start + 6, { $properties: { url: 'https://a.example/fine', method: 'GET', status: 200 } }),
      event('order_placed', start + 7, { $auto_captured: false, properties: { total: 3 } }),
      event('click', start + 8, { $auto_captured: false, properties: { label: 'own-secret' } }),
      event('ISSUE', start + 9, {
        issue_type: 'click_rage',
        $properties: { context_string: 'Pay', payload: '{"Count":5}' },
      }),
      event('ISSUE', start + 10, { $properties: { issue_type: 'mouse_thrashing' } }),
      event('ISSUE', start + 11, { $properties: { issue_type: 'js_exception' } }),
      event('PERFORMANCE', start + 12, { $properties: { avg_cpu: 7 } }),
      event('GRAPHQL', start + 13, { $properties: { name: 'Cart' } }),
    ];
    const { source } = await open({ events: { '7': events } });
    const recording = source.open('7');
    const entries = await collectTimeline(recording);
    expect(entries.map((entry) => [entry.kind, entryText(entry)])).toEqual([
      ['navigation', 'Opened shop.example/my-account/ (“Mine & <yours>”)'],
      ['click', 'Clicked on “Tom\'s "shop" &lt;new&gt;”'],
      ['input', 'Changed field “Email”'],
      ['error', 'a < b'],
      ['network-error', 'GET a.example/api returned 500 after 2.0 s'],
      ['network-slow', 'GET a.example/slow took 5.0 s'],
      ['custom', 'Event “order_placed”'],
      ['custom', 'Event “click”'],
      ['rage-click', 'Clicked on “Pay” 5 times'],
      ['breadcrumb', 'Moved the pointer rapidly back and forth'],
      ['breadcrumb', 'GraphQL: Cart'],
    ]);
    expect(entries[1]?.quotes?.page).toBe('shop.example/my-account/');
    expect(JSON.stringify(entries)).not.toContain('secret');
    expect(recording.facts().completeness).toEqual([{ unit: 'events', received: 14, expected: 14 }]);
  });

  it('take the address of a page or request from its column if the properties lack it', async () => {
    const events = [
      event('LOCATION', start, { $current_url: 'https://shop.example/cart' }),
      event('REQUEST', start + 1, {
        $current_url: 'https://a.example/api',
        $properties: { method: 'POST', status: 404 },
      }),
    ];
    const { source } = await open({ events: { '7': events } });
    expect((await collectTimeline(source.open('7'))).map(entryText)).toEqual([
      'Opened shop.example/cart',
      'POST a.example/api returned 404',
    ]);
  });

  it.each([
    ['that the server can’t read', { unreadable: [3, 250] }, 0, 448],
    ['without a name', {}, 1, 449],
  ])('report the loss of rows %s', async (_name, change, unnamed, received) => {
    const many = Array.from({ length: 450 }, (_, index) =>
      event('$click', start + index, index < unnamed ? { $event_name: '' } : {}),
    );
    const { source } = await open({ events: { '7': many }, ...change });
    const recording = source.open('7');
    await collectTimeline(recording);
    expect(recording.facts().completeness).toEqual([{ unit: 'events', received, expected: 450 }]);
  });

  it('are read to the end when a page in the middle has no readable row', async () => {
    const many = Array.from({ length: 450 }, (_, index) => event('$click', start + index));
    const unreadable = Array.from({ length: 200 }, (_, index) => 200 + index);
    const { source } = await open({ events: { '7': many }, unreadable });
    const recording = source.open('7');
    expect(await collectTimeline(recording)).toHaveLength(250);
    expect(recording.facts().completeness).toEqual([{ unit: 'events', received: 250, expected: 450 }]);
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

it('leaves no request out that has no address', () => {
  const request = { $event_name: 'REQUEST', created_at: 1_700_000_000_000, $auto_captured: true };
  const withAddress = { ...request, $properties: { url: 'https://shop.example/x', status: 200 } };
  expect(readOpenReplayEvents([request]).events).toMatchObject([{ verb: 'sent-event' }]);
  // The control: an ordinary request isn't part of a timeline.
  expect(readOpenReplayEvents([withAddress]).events).toEqual([]);
});
