import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import { readNextCursor } from '../../../src-main/core/sources/sentry/link-header';
import { createSentrySource, sentryAuthorization } from '../../../src-main/core/sources/sentry/source';
import { sentryServer, type SentryState } from '../../helpers/contract-servers/sentry';
import { cutEvents, readDemoEvents } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments, splitDocuments } from '../../helpers/join-documents';
import { collectParts } from '../../helpers/collect-parts';
import { fixturePath } from '../../helpers/fixtures';
import { readFixtureMember } from '../../helpers/fixture-archive';
import { openPair, refuseCanary } from '../../helpers/test-transport';

const key = 'sntryu_canary-5f1c9ab7d2e84a60';
const least = ['org:read', 'project:read'];
const replayId = '7e07485f12f9416b8b1426260799b51f';
const remoteId = `11:${replayId}`;
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
    ['a key for releases only', { keys: { [key]: ['org:ci'] } }, {}, 'key-forbidden'],
    ['a key without projects', { keys: { [key]: ['org:read'] } }, {}, 'key-forbidden'],
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

describe('Sentry replays', () => {
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
    expect(opened.facts()).toEqual({ completeness: [], mutableUntil: Date.UTC(2026, 10, 20, 10, 22, 30) });
  });

  it('resume where they stopped, including new segments of the last page', async () => {
    const { source, requestedUrls, state } = await open();
    const ends = (await collectParts(source.open(remoteId))).filter(({ isDocumentEnd }) => isDocumentEnd);
    expect(ends.map(({ resume }) => resume)).toEqual(['0:100:0', '0:200:0', '0:200:0']);
    state.segments[remoteId]?.push(JSON.stringify([{ type: 5, timestamp: 1, data: {} }]));
    const before = requestedUrls().length;
    const rest = splitDocuments(await collectParts(source.open(remoteId, { resume: ends[2]?.resume })));
    expect(requestedUrls().slice(before)).toHaveLength(2);
    expect(JSON.parse(rest[0]?.toString() ?? '')).toHaveLength(51);
    await expect(collectParts(source.open(remoteId, { resume: 'a b' }))).rejects.toMatchObject({
      code: 'remote-not-found',
    });
  });

  it('request the only page again when resumed', async () => {
    const { source, requestedUrls } = await open({ segments: { [remoteId]: ['[]'] } });
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
