import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findMissing } from '../../../src-main/contract/completeness';
import { sourceWords } from '../../../src-main/contract/words/sources';
import { authorize } from '../../../src-main/core/sources/authorize';
import { readNextCursor } from '../../../src-main/core/sources/sentry/link-header';
import { sentry } from '../../../src-main/core/sources/sentry/platform';
import type { PlatformLink, SessionQuery } from '../../../src-main/core/sources/source';
import { createSentrySource, sentryAuthorization } from '../../../src-main/core/sources/sentry/source';
import { sentryServer, type SentryState } from '../../helpers/contract-servers/sentry';
import { cutEvents, readDemoEvents } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments, splitDocuments } from '../../helpers/join-documents';
import { collectParts } from '../../helpers/collect-parts';
import { fixturePath } from '../../helpers/fixtures';
import { readFixtureMember } from '../../helpers/fixture-archive';
import { openPair, openTransport, refuseCanary, testAuthority } from '../../helpers/test-transport';

const segmentsReceived = (received: number, expected: number) => [{ unit: 'segments', received, expected }];
const key = 'sntryu_canary-5f1c9ab7d2e84a60';
const least = ['org:read', 'project:read'];
const replayId = '7e07485f12f9416b8b1426260799b51f';
const remoteId = `11:${replayId}`;
const cloud = ['https://us.sentry.io', 'https://de.sentry.io', 'https://sentry.io'] as const;
const byId = { by: 'sessionId', text: replayId } as const;
const events = readDemoEvents();

const replay = (change: Partial<SentryState['replays'][number]> = {}): SentryState['replays'][number] => ({
  id: replayId,
  project_id: '11',
  started_at: '2026-11-20T10:00:00+00:00',
  finished_at: '2026-11-20T10:02:30+00:00',
  user: { id: '7', email: 'jane@example.com', username: null, display_name: 'Jane', ip: '10.0.0.1' },
  urls: ['https://shop.example/cart?token=secret', 'https://shop.example/pay'],
  error_ids: ['a', 'b'],
  count_segments: 250,
  is_archived: false,
  browser: { name: 'Firefox', version: '140' },
  ...change,
});

/** Returns an archived replay. As in Sentry, all its fields but the ids are empty. */
const archived = (id: string): SentryState['replays'][number] => ({
  ...replay(),
  ...Object.fromEntries(Object.keys(replay()).map((field) => [field, null])),
  id,
  project_id: '11',
  started_at: null,
  is_archived: true,
});

async function open(change: Partial<SentryState> = {}, place: { organization?: string; projectId?: string } = {}) {
  const state: SentryState = {
    keys: { [key]: least },
    organization: 'acme',
    user: { email: 'agent@acme.example' },
    replays: [replay()],
    segments: { [remoteId]: cutEvents(events, 250).map((list) => JSON.stringify(list)) },
    requestsLeft: 1000,
    ...change,
  };
  const { server, transport } = await openPair(sentryServer(state), {
    sign: authorize(sentryAuthorization(key)),
  });
  const source = createSentrySource(transport.fetch, { origin: server.origin, organization: 'acme', ...place });
  const requestedUrls = (): string[] => server.requests.map(({ url }) => url);
  return { source, server, transport, state, requestedUrls };
}

describe('Sentry keys', () => {
  it('accepts a least-privilege key without a warning', async () => {
    const { source } = await open();
    expect(await source.verify()).toEqual({
      holder: 'agent@acme.example',
      scopes: least.map((name) => ({ name, evidence: 'reported' })),
      overPrivileged: [],
    });
  });

  it.each(['event:write', 'org:admin', 'project:releases', 'org:ci', 'member:read', 'team:read', 'project:admin'])(
    'warns of %s',
    async (scope) => {
      const { source } = await open({ keys: { [key]: [...least, scope] } });
      const { overPrivileged } = await source.verify();
      expect(overPrivileged.map((over) => over.scope)).toEqual([scope]);
    },
  );

  it('accepts a scope that includes reading, with a warning', async () => {
    const { source } = await open({ keys: { [key]: ['org:admin', 'project:write'] } });
    expect((await source.verify()).overPrivileged).toHaveLength(2);
  });

  it.each<[string, Partial<SentryState>, { organization?: string; projectId?: string }, string]>([
    ['an unknown key', { keys: {} }, {}, 'key-refused'],
    ['an organization token that the server doesn’t let read', { keys: { [key]: ['org:ci'] } }, {}, 'key-scope'],
    ['a key without projects', { keys: { [key]: ['org:read'] } }, {}, 'key-scope'],
    [
      'a key without projects, before there are replays',
      { keys: { [key]: ['org:read'] }, replays: [] },
      {},
      'key-scope',
    ],
    ['another organization', {}, { organization: 'other' }, 'connection-place'],
    [
      'a used-up budget',
      { requestsLeft: 0, limitBody: 'You are attempting to use this endpoint too frequently' },
      {},
      'remote-rate-limited',
    ],
  ])('refuses %s', async (_, change, place, code) => {
    const { source } = await open(change, place);
    const error: unknown = await source.verify().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    refuseCanary(error);
  });

  it('isn’t fooled by a reply to an anonymous request', async () => {
    const { server } = await open();
    const { transport } = await openPair(
      sentryServer({ keys: {}, organization: 'acme', replays: [], segments: {}, requestsLeft: 9 }),
      { sign: () => Promise.resolve({}) },
    );
    const source = createSentrySource(transport.fetch, { origin: server.origin, organization: 'acme' });
    await expect(source.verify()).rejects.toMatchObject({ code: 'key-refused' });
  });

  it.each(['', '../x', 'Acme!', 'a/b'])('never asks for the organization “%s”', (organization) => {
    const fetch = () => Promise.reject(new Error('requested'));
    expect(() => createSentrySource(fetch, { origin: 'https://us.sentry.io', organization })).toThrowError(
      'connection-place',
    );
  });
});

const page = (body: string, type = 'text/html') => ({ type, body });

describe('Sentry’s addresses', () => {
  it('are verified on region hosts, where the index doesn’t exist and the organization reports the scopes', async () => {
    const { source, requestedUrls } = await open({ isRegion: true, keys: { [key]: [...least, 'event:write'] } });
    const verdict = await source.verify();
    expect(verdict.scopes).toContainEqual({ name: 'org:read', evidence: 'reported' });
    expect(verdict.overPrivileged.map(({ scope }) => scope)).toEqual(['event:write']);
    expect(requestedUrls()[0]).toBe('/api/0/');
  });

  it.each<[string, number, string, string]>([
    ['an empty object', 200, 'application/json', '{}'],
    ['a web page', 200, 'text/html', '<h1>Hello</h1>'],
    ['a gateway’s refusal', 403, 'text/html', '<h1>Denied</h1>'],
    ['nothing', 404, 'application/json', '{}'],
  ])('are verified by requests alone where the organization is %s', async (_, status, type, body) => {
    const { server } = await openPair((request, response) => {
      const served = sentryServer({
        keys: { [key]: least },
        organization: 'acme',
        isRegion: true,
        replays: [replay()],
        segments: { [remoteId]: ['[{}]'] },
        requestsLeft: 9,
      });
      if (!request.url?.includes('detailed=0')) return served(request, response);
      response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
    });
    const sign = authorize(sentryAuthorization(key));
    const transport = openTransport({ origin: server.origin, caPem: testAuthority.certPem, sign });
    const source = createSentrySource(transport.fetch, { origin: server.origin, organization: 'acme' });
    expect(await source.verify()).toEqual({
      holder: '',
      scopes: least.map((name) => ({ name, evidence: 'probed' })),
      overPrivileged: [],
      notice: sourceWords.sentry.unreported,
    });
    expect(server.requests.at(-1)?.url).toContain('recording-segments/?download=true&per_page=1');
  });

  it('accept an organization token where the server does', async () => {
    const { source } = await open({ keys: { [key]: ['org:ci'] }, takesOrganizationTokens: true });
    const { scopes, overPrivileged } = await source.verify();
    expect(scopes).toEqual([{ name: 'org:ci', evidence: 'reported' }]);
    expect(overPrivileged).toEqual([{ scope: 'org:ci', why: sourceWords.sentry.organizationToken }]);
  });

  it.each<[string, Partial<SentryState>, { organization?: string; projectId?: string }, string, object]>([
    ['an unknown key', { keys: {} }, {}, 'key-refused', {}],
    [
      'another organization',
      {},
      { organization: 'other' },
      'connection-place',
      { field: sourceWords.places.organization },
    ],
    [
      'a project without access',
      { projects: ['12'] },
      { projectId: '11' },
      'connection-place',
      { field: sourceWords.places.project },
    ],
    ['granular replay access', { replayMembers: [] }, {}, 'key-replay-access', {}],
    ['replay that is switched off', { features: ['discover'] }, {}, 'remote-no-replay', {}],
    ['a server that lists one project at a time', { needsProject: true }, {}, 'connection-project', {}],
    ['a key without projects', { keys: { [key]: ['org:read'] } }, {}, 'key-scope', { scopes: 'project:read' }],
    [
      'a gateway’s 401',
      { gateway: { status: 401, ...page('<h1>Sign in</h1>') } },
      {},
      'remote-blocked',
      { status: 401 },
    ],
    [
      'a firewall’s 403',
      { gateway: { status: 403, ...page('<h1>Denied</h1>') } },
      {},
      'remote-blocked',
      { status: 403 },
    ],
    [
      'a firewall’s plain 403',
      { gateway: { status: 403, ...page('denied', 'text/plain') } },
      {},
      'remote-blocked',
      { status: 403 },
    ],
  ])('name the reason on region hosts and elsewhere: %s', async (_, change, place, code, details) => {
    for (const isRegion of [true, false]) {
      const { source } = await open({ ...change, isRegion }, place);
      await expect(source.verify()).rejects.toMatchObject({
        code,
        ...(Object.keys(details).length > 0 && { details }),
      });
    }
  });

  it('control: the index of a region host answers 404 without JSON', async () => {
    const { transport } = await open({ isRegion: true });
    const reply = await transport.fetch({ method: 'GET', path: '/api/0/' });
    reply.discard();
    expect([reply.status, reply.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  });
});

describe('Sentry replays', () => {
  it('are listed whatever upstream leaves out', async () => {
    const nothing = Object.fromEntries(Object.keys(replay()).map((field) => [field, null]));
    const bare = { id: '2'.repeat(32), project_id: '11', started_at: '2026-11-20T10:00:00+00:00' };
    const { source } = await open({
      replays: [
        { ...nothing, ...bare },
        { ...bare, id: '3'.repeat(32) },
      ],
    });
    const { sessions } = await source.search({});
    const expected = { user: '', startedAt: Date.UTC(2026, 10, 20, 10), entryPage: '', browser: '' };
    expect(sessions).toMatchObject([expected, expected]);
  });

  it('show the marks that Sentry reports', async () => {
    const { source } = await open({
      replays: [
        replay({ activity: 7, platform: 'javascript', sdk: { name: 'sentry.javascript.react', version: '9' } }),
        replay({ platform: 'android', sdk: { name: 'sentry.java.android', version: '8' }, activity: null }),
        replay({ platform: 'javascript', sdk: { name: 'sentry.javascript.react-native', version: '6' } }),
      ],
    });
    const { sessions } = await source.search({});
    expect(sessions.map(({ isMobile, activity }) => [isMobile, activity])).toEqual([
      [undefined, 0.7],
      [true, undefined],
      [true, undefined],
    ]);
  });

  it('are filtered by id, errors, duration, page, and tags of any spelling', async () => {
    const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
    const { source } = await open({
      replays: [
        replay({ id: a, count_errors: 2, duration: 100, tags: { 'Company-Name': ['Acme'], 'x:y': ['1'] } }),
        replay({ id: b, count_errors: 0, duration: 10, urls: ['https://shop.example/help'], tags: [] }),
      ],
    });
    const ids = async (query: SessionQuery): Promise<string[]> =>
      (await source.search(query)).sessions.map((session) => session.remoteId.slice(3));
    expect(await ids({ sessionId: 'BBBBBBBB-bbbb-bbbb-bbbb-bbbbbbbbbbbb' })).toEqual([b]);
    expect(await ids({ sessionId: `11:${a}` })).toEqual([a]);
    expect(await ids({ sessionId: 'not an id' })).toEqual([]);
    expect(await ids({ hasErrors: true })).toEqual([a]);
    expect(await ids({ minDurationMs: 60_000 })).toEqual([a]);
    expect(await ids({ maxDurationMs: 60_000 })).toEqual([b]);
    expect(await ids({ page: 'example/help' })).toEqual([b]);
    for (const name of ['Company-Name', 'tags[Company-Name]'])
      expect(await ids({ filters: { [name]: 'Acme' } })).toEqual([a]);
    expect(await ids({ filters: { 'x:y': '1' } })).toEqual([a]);
  });

  it('are found by an address in lower case too', async () => {
    const { source } = await open();
    expect((await source.search({ email: 'Jane@Example.com' })).sessions).toHaveLength(1);
    expect((await source.search({ email: 'John@Example.com' })).sessions).toHaveLength(0);
  });

  it.each<[string, PlatformLink | undefined]>([
    [
      `https://acme.sentry.io/replays/${replayId}/?t=5`,
      { origins: cloud, place: { organization: 'acme' }, reading: byId },
    ],
    [
      `https://acme.sentry.io/explore/replays/${replayId}/`,
      { origins: cloud, place: { organization: 'acme' }, reading: byId },
    ],
    [
      `https://sentry.io/organizations/acme/replays/${replayId}/`,
      { origins: cloud, place: { organization: 'acme' }, reading: byId },
    ],
    [
      `https://sentry.shop.example/organizations/acme/replays/7e07485f-12f9-416b-8b14-26260799b51f/`,
      { origins: ['https://sentry.shop.example'], place: { organization: 'acme' }, reading: byId },
    ],
    [`https://acme.sentry.io/issues/${replayId}/`, undefined],
    [`https://shop.example/replays/${replayId}/`, undefined],
  ])('are recognised by their link: %s', (link, expected) => {
    expect(sentry.readLink?.(new URL(link))).toEqual(expected);
  });

  it('finds a user’s replays, except those that are no longer available', async () => {
    const { source, requestedUrls } = await open({
      replays: [
        archived('0'.repeat(32)),
        replay({ id: '7e07485f-12f9-416b-8b14-26260799b51f' }),
        replay({ id: '1'.repeat(32), user: { email: 'other@example.com' } }),
      ],
    });
    const { sessions, cursor } = await source.search({ email: 'jane@example.com' });
    expect(sessions).toEqual([
      {
        remoteId,
        user: 'jane@example.com',
        startedAt: Date.UTC(2026, 10, 20, 10),
        durationMs: 150_000,
        entryPage: 'https://shop.example/cart',
        errorCount: 2,
        browser: 'Firefox 140',
      },
    ]);
    expect(cursor).toBeUndefined();
    expect((await source.search({})).sessions).toHaveLength(2);
    expect(requestedUrls()[0]).toContain('project=-1');
  });

  it('escapes special characters of a search', async () => {
    const names = ['jane"doe@example.com', 'ja*@example.com', 'a b:c\\d'];
    const { source, requestedUrls } = await open({
      replays: names.map((email, at) => replay({ id: String(at).repeat(32), user: { email } })),
    });
    for (const name of names) {
      expect((await source.search({ email: name })).sessions.map(({ user }) => user)).toEqual([name]);
    }
    expect(decodeURIComponent(requestedUrls()[1] ?? '')).toContain('ja\\*@example.com');
    await expect(source.search({ filters: { 'a:b OR c': 'x' } })).rejects.toMatchObject({ code: 'query-unknown' });
  });

  it('requests both time bounds or none, and applies a single one locally', async () => {
    const day = (date: number): number => Date.UTC(2026, 10, date);
    const { source, requestedUrls } = await open({
      replays: [22, 20, 18].map((date) =>
        replay({ id: String(date).repeat(16), started_at: new Date(day(date)).toISOString() }),
      ),
    });
    const days = async (query: { from?: number; to?: number }): Promise<number[]> =>
      (await source.search(query)).sessions.map(({ startedAt }) => new Date(startedAt).getUTCDate());
    expect(await days({ from: day(19) })).toEqual([22, 20]);
    expect(await days({ to: day(21) })).toEqual([20, 18]);
    expect(await days({ from: day(19), to: day(21) })).toEqual([20]);
    expect(requestedUrls().map((url) => /start=|statsPeriod=90d/.exec(url)?.[0])).toEqual([
      'statsPeriod=90d',
      'start=',
      'start=',
    ]);
  });

  it('pages by cursor, never by URL', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => index.toString(16).padStart(32, '0'));
    const { source, requestedUrls } = await open({ replays: ids.map((id) => replay({ id })) });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await source.search({}, cursor);
      found.push(...page.sessions.map((session) => session.remoteId.slice(3)));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(ids);
    expect(requestedUrls().every((url) => url.startsWith('/api/0/organizations/acme/replays/?'))).toBe(true);
  });

  it('detects a list whose next page is itself', async () => {
    const { source } = await open({ isEndless: true });
    const { cursor } = await source.search({});
    await expect(source.search({}, cursor)).rejects.toMatchObject({ code: 'remote-endless' });
  });
});

describe('Sentry recordings', () => {
  it('are complete, requested a hundred segments at a time, always as a download', async () => {
    const { source, requestedUrls } = await open();
    const opened = source.open(remoteId);
    const parts = await collectParts(opened);
    const { facts } = await importInMemory(joinDocuments(parts));
    expect(facts.events).toBe(events.length);
    expect(facts.damage).toEqual([]);
    const pages = requestedUrls().filter((url) => url.includes('recording-segments'));
    expect(pages.map((url) => url.split('?')[1])).toEqual([
      'download=true&per_page=100',
      'download=true&per_page=100&cursor=0%3A100%3A0',
      'download=true&per_page=100&cursor=0%3A200%3A0',
    ]);
    expect(parts.flatMap(({ progress }) => progress?.done ?? [])).toEqual([100, 200, 250]);
    // Final 20 minutes after the end: 15 in which the session can continue, and 5 for late segments.
    expect(opened.facts()).toEqual({
      completeness: segmentsReceived(250, 250),
      mutableUntil: Date.UTC(2026, 10, 20, 10, 22, 30),
    });
  });

  it.each<[string, (segments: string[]) => void, number, number]>([
    ['are unreadable', (all) => [3, 120, 249].forEach((at) => (all[at] = '[]')), 247, 250],
    ['are missing', (all) => all.splice(100, 3), 247, 250],
    ['are unreadable, with blanks', (all) => (all[0] = ' [ ] '), 249, 250],
  ])('are not complete when segments %s', async (_, lose, received, expected) => {
    const { source, state } = await open();
    const complete = source.open(remoteId);
    await collectParts(complete);
    expect(findMissing(complete.facts().completeness)).toEqual([]);
    lose(state.segments[remoteId] ?? []);
    const opened = source.open(remoteId);
    const ends = (await collectParts(opened)).filter(({ isDocumentEnd }) => isDocumentEnd);
    expect(opened.facts().completeness).toEqual(segmentsReceived(received, expected));
    // The counts survive an interruption.
    const resumed = source.open(remoteId, { resume: ends[1]?.resume });
    await collectParts(resumed);
    expect(resumed.facts().completeness).toEqual(segmentsReceived(received, expected));
  });

  it.each<[string, string[], string]>([
    ['no segment can be read', ['[]', '[]'], 'remote-lost'],
    ['there is no segment', [], 'remote-no-data'],
  ])('fail when %s', async (_, segments, code) => {
    const { source } = await open({ segments: { [remoteId]: segments } });
    await expect(collectParts(source.open(remoteId))).rejects.toMatchObject({ code });
  });

  it('resume where they stopped, including new segments of the last page', async () => {
    const { source, requestedUrls, state } = await open();
    const ends = (await collectParts(source.open(remoteId))).filter(({ isDocumentEnd }) => isDocumentEnd);
    state.segments[remoteId]?.push(JSON.stringify([{ type: 5, timestamp: 1, data: {} }]));
    const before = requestedUrls().length;
    const resumed = source.open(remoteId, { resume: ends[2]?.resume });
    const rest = splitDocuments(await collectParts(resumed));
    expect(requestedUrls().slice(before)).toHaveLength(2);
    expect(JSON.parse(rest[0]?.toString() ?? '')).toHaveLength(51);
    expect(resumed.facts().completeness).toEqual(segmentsReceived(251, 251));
    await expect(collectParts(source.open(remoteId, { resume: 'a b' }))).rejects.toMatchObject({
      code: 'remote-not-found',
    });
  });

  it('request the only page again when resumed', async () => {
    const { source, requestedUrls } = await open({ segments: { [remoteId]: ['[{}]'] } });
    const [end] = (await collectParts(source.open(remoteId))).filter(({ isDocumentEnd }) => isDocumentEnd);
    await collectParts(source.open(remoteId, { resume: end?.resume }));
    expect(requestedUrls().at(-1)).not.toContain('cursor=');
  });

  it.each<[string, Partial<SentryState>, string, string]>([
    ['was archived', { replays: [archived(replayId)] }, remoteId, 'remote-deleted'],
    ['never existed', { replays: [] }, remoteId, 'remote-not-found'],
    ['is of another project', {}, `12:${replayId}`, 'remote-not-found'],
    ['has an invalid id', {}, '11:../../x', 'remote-not-found'],
    ['has an endless list of pages', { isEndless: true }, remoteId, 'remote-endless'],
    ['is rate-limited', { requestsLeft: 1, limitBody: 'slow down' }, remoteId, 'remote-rate-limited'],
    [
      'has an invalid cursor',
      { headers: { link: '<https://x.test>; rel="next"; results="true"; cursor="a b&c=d"' } },
      remoteId,
      'remote-shape',
    ],
  ])('fail with a specific error: one that %s', async (_, change, id, code) => {
    const { source } = await open(change);
    const error: unknown = await collectParts(source.open(id)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code });
  });

  it('report the wait of a 429’s reset header, by the platform’s clock', async () => {
    const date = new Date((4_102_444_800 - 77) * 1000).toUTCString();
    const { transport } = await openPair(
      sentryServer({
        keys: { [key]: least },
        organization: 'acme',
        replays: [],
        segments: {},
        requestsLeft: 0,
        headers: { date },
      }),
      { sign: authorize(sentryAuthorization(key)) },
    );
    expect(await transport.failure('/api/0/')).toEqual({ code: 'remote-rate-limited', details: { seconds: 77 } });
  });

  it('link to Sentry’s own player', () => {
    const fetch = () => Promise.reject(new Error('requested'));
    const link = (origin: string) =>
      createSentrySource(fetch, { origin, organization: 'acme' }).deepLink(remoteId, 1_700_000_000_000);
    expect(link('https://de.sentry.io')).toBe(`https://acme.sentry.io/replays/${replayId}/?event_t=1700000000000`);
    expect(link('https://sentry.shop.example')).toBe(
      `https://sentry.shop.example/organizations/acme/replays/${replayId}/?event_t=1700000000000`,
    );
    expect(
      createSentrySource(fetch, { origin: 'https://us.sentry.io', organization: 'acme' }).deepLink('x'),
    ).toBeUndefined();
  });
});

describe('Sentry’s recorded payloads', () => {
  it('are paged by the Link header', () => {
    const sample = readFileSync(fixturePath('sources/sentry/link-header.txt'), 'utf8');
    expect(readNextCursor(sample.trim())).toBe('0:100:0');
    expect(readNextCursor(sample.replaceAll('"true"', '"false"'))).toBeUndefined();
  });

  it('are read over two pages, with seconds and milliseconds on one clock', async () => {
    const archive = 'sources/sentry/derived.tar.gz';
    const pages = await Promise.all(
      [1, 2].map(async (page) => readFixtureMember(archive, `recording-segments.page${page}.json`)),
    );
    const segments = pages.flatMap((page) => JSON.parse(page.toString()) as { type: number; timestamp: number }[][]);
    const { source } = await open({ segments: { [remoteId]: segments.map((segment) => JSON.stringify(segment)) } });
    const { facts } = await importInMemory(joinDocuments(await collectParts(source.open(remoteId))));
    expect(facts.events).toBe(segments.flat().length);
    // Spans have times in seconds, which would be in January 1970 if read as milliseconds.
    expect(facts.startedAt).toBe(1_544_756_766_750);
    expect(facts.durationMs).toBe(1_544_756_847_830 - 1_544_756_766_750);
  });
});
