import { readFileSync } from 'node:fs';
import { entryText } from '../../../src-main/contract/words/timeline';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import { sourceWords } from '../../../src-main/contract/words/sources';
import {
  createFullStorySource,
  fullStoryAuthorization,
  fullStoryOrigin,
} from '../../../src-main/core/sources/fullstory/source';
import { fullstory } from '../../../src-main/core/sources/fullstory/platform';
import { fullStoryServer, type FullStoryState } from '../../helpers/contract-servers/fullstory';
import { collectParts, collectTimeline } from '../../helpers/collect-parts';
import { fixturePath } from '../../helpers/fixtures';
import { openPair } from '../../helpers/test-transport';

const architect = 'na1.architect-key-of-a-test';
const standard = 'na1.standard-key-of-a-test';
const sample = (name: string): string => readFileSync(fixturePath(`sources/fullstory/${name}`), 'utf8');
const me = JSON.parse(sample('me.200.json')) as object;

/** Above 2^53, so that parsing it as a JSON number would lose digits. */
const longDevice = '5916567459329906423';
const longSession = '9007199254740993';
const listed = (session: string, created: string, device = longDevice): string =>
  `{"userId":${device},"sessionId":${session},"createdTime":${created},"fsUrl":"https://www.fullstory.com/ui/X/y"}`;
const event = (type: string, at: string, properties: object = {}): string =>
  JSON.stringify({
    device_id: '1',
    session_id: '2',
    view_id: '3',
    event_time: at,
    event_type: type,
    event_properties: properties,
    source_type: 'web',
    source_properties: { url: { full_url: 'https://shop.example/cart?token=secret' } },
  });

function open(change: Partial<FullStoryState> = {}, key = architect) {
  const state: FullStoryState = {
    keys: { [architect]: 'architect', [standard]: 'standard' },
    me,
    sessions: [
      listed(`"${longSession}"`, '"1411496904"'),
      listed(longSession.replace(/3$/, '5'), '"2014-09-23T17:18:59Z"'),
      listed('1234567890', '1411492739', '1234567890'),
    ],
    usersOf: () => ({ email: 'john@example.com', uid: 'user-7' }),
    events: {},
    requestsLeft: 100,
    ...change,
  };
  return openPair(fullStoryServer(state), { sign: authorize(fullStoryAuthorization(key)) }).then(
    ({ server, transport }) => ({ server, transport, source: createFullStorySource(transport.fetch) }),
  );
}

describe('FullStory keys', () => {
  it('verifies that a key can read events, and warns that it can also delete', async () => {
    const { source, server } = await open();
    const verdict = await source.verify();
    expect(verdict).toMatchObject({
      holder: 'daniel@falko.com',
      account: 'ABC',
      scopes: [{ name: 'Architect or Admin', evidence: 'probed' }],
      notice: sourceWords.fullstory.noReadOnly,
    });
    expect(verdict.overPrivileged[0]?.why).toContain('delete');
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${architect}`);
  });

  it('ignores the role, which is the creator’s: an admin’s Standard key is a Standard key', async () => {
    const { source } = await open({}, standard);
    const verdict = await source.verify();
    expect(verdict.scopes).toEqual([{ name: 'Standard', evidence: 'probed' }]);
    expect(verdict.overPrivileged).toEqual([]);
    expect(verdict.notice).toContain('no read-only level');
  });

  it.each([
    ['an unknown key', {}, 'unknown', 'key-refused'],
    ['a used-up budget', { requestsLeft: 1 }, architect, 'remote-rate-limited'],
  ])('refuses %s', async (_name, change, key, code) => {
    const { source } = await open(change, key);
    await expect(source.verify()).rejects.toMatchObject({ code });
  });

  it.each([
    [architect, 'Architect or Admin'],
    [standard, 'Standard'],
  ])('are tested with the beta’s path where an account has no other: %s', async (key, name) => {
    const { source } = await open({ eventVersions: ['v2beta'] }, key);
    expect((await source.verify()).scopes).toEqual([{ name, evidence: 'probed' }]);
  });

  it('may belong to somebody without a name, in an organization that has none in links', async () => {
    const { source } = await open({ me: { email: null, orgId: null, role: 'UNKNOWN' } });
    expect(await source.verify()).toMatchObject({ holder: '' });
    expect(source.deepLink('1:2')).toBeUndefined();
  });

  it('derives the data centre from the key', () => {
    expect(fullStoryOrigin('eu1.abc')).toBe('https://api.eu1.fullstory.com');
    expect(fullStoryOrigin('na1.abc')).toBe('https://api.fullstory.com');
  });
});

describe('FullStory sessions', () => {
  it('keeps every digit of an id, as string or number, and reads both time formats', async () => {
    const { source } = await open();
    const page = await source.search({ email: 'john@example.com' });
    expect(page.sessions.map(({ remoteId, startedAt }) => [remoteId, startedAt])).toEqual([
      [`${longDevice}:9007199254740993`, 1_411_496_904_000],
      [`${longDevice}:9007199254740995`, Date.UTC(2014, 8, 23, 17, 18, 59)],
      ['1234567890:1234567890', 1_411_492_739_000],
    ]);
    expect(page).toMatchObject({ cursor: undefined, isTruncated: false });
  });

  it('filters by date locally, and reports when a full list may hide older sessions', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      listed(String(index + 1), `"${1_700_000_000 - index * 60}"`),
    );
    const { source } = await open({ sessions: many });
    const from = (1_700_000_000 - 30 * 60) * 1000;
    const recent = await source.search({ uid: 'user-7', from });
    expect(recent.sessions).toHaveLength(31);
    expect(recent.isTruncated).toBe(false);
    const old = await source.search({ uid: 'user-7', from: 0, to: from });
    expect(old.sessions).toHaveLength(70);
    expect(old.isTruncated).toBe(true);
  });

  it('follows a page token, and detects one that repeats', async () => {
    const { source } = await open({ isPaging: true });
    const first = await source.search({ email: 'john@example.com' });
    expect(first.sessions).toHaveLength(2);
    const second = await source.search({ email: 'john@example.com' }, first.cursor);
    expect(second).toMatchObject({ cursor: undefined, sessions: [{ remoteId: '1234567890:1234567890' }] });
    await expect(
      createFullStorySource(() =>
        Promise.resolve({
          status: 200,
          headers: { 'content-type': 'application/json' },
          json: () => Promise.resolve({}),
          bytes: async function* () {
            yield await Promise.resolve(new TextEncoder().encode('{"sessions":[],"pagination_token":"2"}'));
          },
          discard: () => undefined,
        }),
      ).search({ email: 'x' }, '2'),
    ).rejects.toMatchObject({ code: 'remote-endless' });
  });

  it('lists only sessions that have both ids, if both are given', async () => {
    const { source } = await open({
      usersOf: (index) => (index === 0 ? { email: 'john@example.com', uid: 'other' } : { email: 'x', uid: 'user-7' }),
    });
    expect((await source.search({ email: 'john@example.com', uid: 'user-7' })).sessions).toEqual([]);
    expect((await source.search({ email: 'john@example.com', uid: 'other' })).sessions).toHaveLength(1);
  });

  it('lists nothing when the reply leaves out an empty list', async () => {
    const { source } = await open({ isOmittingEmpty: true });
    expect(await source.search({ email: 'other@example.com' })).toEqual({
      sessions: [],
      cursor: undefined,
      isTruncated: false,
    });
  });

  it('lists a session without a time, whatever the dates', async () => {
    const { source } = await open({
      sessions: ['{"userId":"1","sessionId":"2"}', '{"sessionId":"3"}', '{"createdTime":"7"}'],
    });
    const page = await source.search({ uid: 'user-7', from: 1 });
    expect(page.sessions.map(({ remoteId, startedAt }) => [remoteId, startedAt])).toEqual([['1:2', 0]]);
    expect(page.isTruncated).toBe(true);
  });

  it('recognises ids and links of sessions', async () => {
    const { source, server } = await open();
    const id = `${longDevice}:${longSession}`;
    expect(source.recognize?.(id)).toEqual([{ by: 'sessionId', text: id }]);
    expect(source.recognize?.('12:34')).toEqual([]);
    expect((await source.search({ sessionId: id })).sessions.map(({ remoteId }) => remoteId)).toEqual([id]);
    expect((await source.search({ sessionId: '../x' })).sessions).toEqual([]);
    expect(server.requests).toEqual([]);
    const link = (text: string) => fullstory.readLink?.(new URL(text));
    const expected = (origin: string) => ({ origins: [origin], place: {}, reading: { by: 'sessionId', text: id } });
    const [us, eu] = ['https://api.fullstory.com', 'https://api.eu1.fullstory.com'];
    expect(link(`https://app.fullstory.com/ui/ABC/session/${id}`)).toEqual(expected(us));
    expect(link(`https://www.fullstory.com/ui/ABC/discover/session/${id.replace(':', '%3A')}`)).toEqual(expected(us));
    expect(link(`https://app.eu1.fullstory.com/ui/o-1-eu1/client-session/${id}:1700000000000`)).toEqual(expected(eu));
    expect(link('https://app.fullstory.com/ui/ABC/segments/everyone')).toBeUndefined();
    expect(link(`https://elsewhere.example/ui/ABC/session/${id}`)).toBeUndefined();
  });

  it('makes no request that the platform can’t answer', async () => {
    const { source, server } = await open();
    await expect(source.search({ from: 1 })).rejects.toMatchObject({ code: 'query-needed' });
    expect(server.requests).toEqual([]);
  });

  it('links to the platform’s own player, in the account’s data centre', async () => {
    const { source } = await open();
    expect(source.deepLink(`${longDevice}:2`)).toBeUndefined();
    await source.verify();
    expect(source.deepLink(`${longDevice}:2`)).toBe(`https://app.fullstory.com/ui/ABC/session/${longDevice}:2`);
    const eu = createFullStorySource(() => Promise.reject(new Error('unused')), { account: 'o-1-eu1' });
    expect(eu.deepLink('1:2')).toBe('https://app.eu1.fullstory.com/ui/o-1-eu1/session/1:2');
    expect(eu.deepLink('../../x')).toBeUndefined();
  });
});

describe('FullStory events', () => {
  const id = `${longDevice}:${longSession}`;
  const at = (second: number): string => `2024-04-03T17:06:${String(second).padStart(2, '0')}.290Z`;

  it('are listed by time, without queries and typed text', async () => {
    const body = `{"events":[${[
      event('change', at(20), { target: { text: 'typed-secret' } }),
      event('click', at(12), { target: { text: 'Pay now' } }),
      event('click', at(13), { target: { text: 'masked-name', masked: true }, fs_rage_count: 4 }),
      event('navigate', at(10), { navigate_reason: 'navigate' }),
      event('request', at(14), {
        request_method: 'post',
        request_url: { full_url: 'https://shop.example/api/orders/1234567?card=secret' },
        request_status: 502,
      }),
      event('exception', at(15), { message: 'x is undefined' }),
      event('mouse_thrash', at(16)),
      event('load', at(17)),
      event('something_new', at(18)),
      '{"event_type":"click"}',
    ].join(',')}]}`;
    const { source } = await open({ events: { [id]: body } });
    const recording = source.open(id);
    const events = await collectTimeline(recording);
    expect(events.map((entry) => [entry.kind, entry.severity, entryText(entry)])).toEqual([
      ['navigation', 'info', 'Opened shop.example/cart'],
      ['click', 'info', 'Clicked on “Pay now”'],
      ['rage-click', 'warning', 'Clicked on the page 4 times'],
      ['network-error', 'error', 'POST /api/orders/:id returned 502'],
      ['error', 'error', 'x is undefined'],
      ['breadcrumb', 'info', 'Moved the pointer rapidly back and forth'],
      ['custom', 'info', 'Event “something_new”'],
      ['input', 'info', 'Changed a field'],
    ]);
    expect(events[1]).toMatchObject({ casement: 'timeline', windowId: '3', at: Date.parse(at(12)) });
    expect(events[1]?.quotes).toMatchObject({ name: 'Pay now' });
    expect(JSON.stringify(events)).not.toMatch(/secret|masked-name/);
    expect(recording.facts()).toEqual({
      completeness: [{ unit: 'events', received: 9, expected: 10 }],
      mutableUntil: undefined,
    });
  });

  it('reads the example of the documentation', async () => {
    const { source } = await open({ events: { [id]: sample('session_events.200.json') } });
    const events = await collectTimeline(source.open(id));
    expect(events).toEqual([
      {
        casement: 'timeline',
        at: Date.parse('2024-04-03T17:06:12.290Z'),
        windowId: '4376064173749384629',
        kind: 'navigation',
        severity: 'info',
        verb: 'opened',
        quotes: { page: 'app.fullstory.com/login/' },
      },
    ]);
  });

  it.each([[['v2'] as const], [['v2beta'] as const], [['v2', 'v2beta'] as const]])(
    'are read at the paths %j',
    async (eventVersions) => {
      const { source } = await open({ eventVersions, events: { [id]: sample('session_events.200.json') } });
      expect(await collectTimeline(source.open(id))).toHaveLength(1);
      await expect(collectParts(source.open('1:2'))).rejects.toMatchObject({ code: 'remote-not-found' });
    },
  );

  it('are returned in parts of complete lines', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => event('copy', new Date(1.7e12 + index).toISOString()));
    const { source } = await open({ events: { [id]: `{"events":[${many.join(',')}]}` } });
    const parts = await collectParts(source.open(id));
    expect(parts.map(({ progress }) => progress?.done)).toEqual([2000, 4000, 5000]);
    expect(parts.every(({ bytes, isDocumentEnd }) => isDocumentEnd && bytes.at(-1) === 0x0a)).toBe(true);
  });

  it.each([
    ['a deleted session', '1:2', architect, 'remote-not-found'],
    ['a key without the permission level', '1:2', standard, 'key-forbidden'],
    ['an id that contains a path', '1:2/../../me', architect, 'remote-not-found'],
  ])('fails with a specific error for %s', async (_name, remoteId, key, code) => {
    const { source } = await open({}, key);
    await expect(collectParts(source.open(remoteId))).rejects.toMatchObject({ code });
  });

  it('stops at once when it is cancelled', async () => {
    const { source } = await open({ events: { [id]: '{"events":[]}' } });
    await expect(collectParts(source.open(id, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
