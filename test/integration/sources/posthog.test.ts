import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { errorTable } from '../../../src-main/contract/errors';
import { authorize } from '../../../src-main/core/sources/authorize';
import { BlockList, planBlocks } from '../../../src-main/core/sources/posthog/blocks';
import { posthog } from '../../../src-main/core/sources/posthog/platform';
import type { PlatformLink, SessionQuery } from '../../../src-main/core/sources/source';
import { createPostHogSource, postHogAuthorization } from '../../../src-main/core/sources/posthog/source';
import { postHogServer, type PostHogState, type ServedBlock } from '../../helpers/contract-servers/posthog';
import { cutEvents, readDemoEvents, type PlainEvent } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments, splitDocuments } from '../../helpers/join-documents';
import { collectParts } from '../../helpers/collect-parts';
import { fixturePath } from '../../helpers/fixtures';
import { readFixtureMember } from '../../helpers/fixture-archive';
import { openPair, refuseCanary } from '../../helpers/test-transport';

const key = 'phx_canary-5f1c9ab7d2e84a60';
const least = { label: 'Support', scopes: ['session_recording:read'], scoped_teams: [42] };
const page = (status: number) => ({ status, type: 'text/html', body: '<h1>Sign in</h1>' });
const events = readDemoEvents();
const sid = '0196e180-73bd-7b72-869b-35ee20bbbcd1';
const nowMs = Date.UTC(2026, 10, 24);
const cloud = ['https://us.posthog.com', 'https://eu.posthog.com'] as const;
const cloudLink = (origins: PlatformLink['origins'], place: PlatformLink['place']): PlatformLink => ({
  origins,
  place,
  reading: { by: 'sessionId', text: sid },
});

const jsonl = (list: readonly PlainEvent[]): Buffer =>
  Buffer.from(list.map((event) => `${JSON.stringify(['window-1', event])}\n`).join(''));

const blocksReceived = (received: number, expected: number) => [{ unit: 'blocks', received, expected }];

function blocksOf(count: number): ServedBlock[] {
  return cutEvents(events, count).map((list) => ({
    bytes: jsonl(list),
    startMs: list[0]?.timestamp ?? 0,
    endMs: list.at(-1)?.timestamp ?? 0,
  }));
}

const session = (id: string, dayOfNovember: number, change: object = {}): PostHogState['sessions'][number] => ({
  id,
  distinct_id: 'user-7',
  start_time: `2026-11-${String(dayOfNovember).padStart(2, '0')}T10:00:00.123000Z`,
  end_time: '2026-11-23T10:01:00Z',
  recording_duration: 60,
  start_url: 'https://shop.example/cart?token=secret#x',
  console_error_count: 3,
  person: { name: 'Jane', properties: { email: 'jane@example.com', $browser: 'Firefox' } },
  ...change,
});

async function open(change: Partial<PostHogState> = {}, place: { projectId?: string } = { projectId: '42' }) {
  const state: PostHogState = {
    keys: { [key]: least },
    project: 42,
    sessions: [session(sid, 23)],
    recordings: { [sid]: { blocks: blocksOf(45) } },
    nowMs,
    requestsLeft: 1000,
    ...change,
  };
  const { server, transport } = await openPair(postHogServer(state), {
    sign: authorize(postHogAuthorization(key)),
  });
  const source = createPostHogSource(transport.fetch, { origin: server.origin, ...place });
  const requestedUrls = (): string[] => server.requests.map(({ url }) => url).filter((url) => url.includes('source='));
  return { source, server, transport, state, requestedUrls };
}

describe('PostHog keys', () => {
  it('accepts a least-privilege key without a warning, and verifies that it reads the project', async () => {
    const { source, server } = await open();
    expect(await source.verify()).toEqual({
      holder: 'Support',
      scopes: least.scopes.map((name) => ({ name, evidence: 'reported' })),
      overPrivileged: [],
      account: '42',
    });
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/api/personal_api_keys/@current/',
      '/api/projects/42/session_recordings/?limit=1&date_from=-1d',
    ]);
  });

  it.each<[string, Partial<PostHogState['keys'][string]>, string[]]>([
    ['full access', { scopes: ['*'] }, ['*']],
    ['no scopes, which means all', { scopes: [] }, ['*']],
    ['a write scope', { scopes: ['session_recording:read', 'insight:write'] }, ['insight:write']],
    ['the write scope of recordings', { scopes: ['session_recording:write'] }, ['session_recording:write']],
    ['an unneeded read scope', { scopes: ['session_recording:read', 'query:read'] }, ['query:read']],
    [
      'a scope that older instructions asked for',
      { scopes: ['session_recording:read', 'person:read'] },
      ['person:read'],
    ],
    ['all projects', { scoped_teams: [] }, ['scoped_teams']],
    ['all projects, as null', { scoped_teams: null }, ['scoped_teams']],
  ])('warns of %s', async (_, change, scopes) => {
    const { source } = await open({ keys: { [key]: { ...least, ...change } } });
    const { overPrivileged } = await source.verify();
    expect(overPrivileged.map(({ scope }) => scope)).toEqual(scopes);
    expect(overPrivileged.every(({ why }) => why.includes('Ask for'))).toBe(true);
  });

  it('finds the only project of a key', async () => {
    const { source } = await open({}, {});
    expect((await source.verify()).account).toBe('42');
    expect((await source.search({})).sessions).toHaveLength(1);
    expect(source.deepLink(sid)).toContain('/project/42/replay/');
  });

  it('finds it for a search without a verification', async () => {
    const { source } = await open({}, {});
    expect((await source.search({})).sessions).toHaveLength(1);
  });

  it.each<[string, Partial<PostHogState>, { projectId?: string }, string]>([
    ['an unknown key', { keys: {} }, { projectId: '42' }, 'key-refused'],
    [
      'a key without the scope',
      { keys: { [key]: { ...least, scopes: ['person:read'] } } },
      { projectId: '42' },
      'key-scope',
    ],
    [
      'a key of another project',
      { keys: { [key]: { ...least, scoped_teams: [7] } } },
      { projectId: '42' },
      'connection-place',
    ],
    [
      'an unknown project',
      { keys: { [key]: { ...least, scoped_teams: [] } } },
      { projectId: '43' },
      'connection-place',
    ],
    ['no project among several', { keys: { [key]: { ...least, scoped_teams: [42, 43] } } }, {}, 'connection-place'],
    ['a used-up budget', { requestsLeft: 0 }, { projectId: '42' }, 'remote-rate-limited'],
    ['an organization that forbids personal keys', { forbidsKeys: true }, { projectId: '42' }, 'key-organization'],
    ['a role without access to recordings', { access: 'resource' }, { projectId: '42' }, 'key-role'],
    ['a role without access to the project', { access: 'project' }, { projectId: '42' }, 'connection-place'],
    ['a used-up quota', { refusal: { status: 402, detail: 'quota' } }, { projectId: '42' }, 'remote-quota'],
    [
      'an unknown reason',
      { refusal: { status: 403, detail: 'premium offering' } },
      { projectId: '42' },
      'key-forbidden',
    ],
    ['a gateway’s 401', { gateway: page(401) }, { projectId: '42' }, 'remote-blocked'],
    ['a firewall’s 403', { gateway: page(403) }, { projectId: '42' }, 'remote-blocked'],
    ['another website', { gateway: page(404) }, { projectId: '42' }, 'remote-no-service'],
  ])('refuses %s', async (_, change, place, code) => {
    const { source } = await open(change, place);
    const error: unknown = await source.verify().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    refuseCanary(error);
  });

  it('tests a key that an old server does not describe', async () => {
    const { source } = await open({ isOld: true });
    const verdict = await source.verify();
    expect(verdict.scopes).toEqual([{ name: 'session_recording:read', evidence: 'probed' }]);
    expect(verdict.notice).toContain('doesn’t report');
  });

  it('tests a token that has no description, as those of OAuth', async () => {
    const { source } = await open({ isOAuth: true });
    expect((await source.verify()).scopes).toEqual([{ name: 'session_recording:read', evidence: 'probed' }]);
  });

  it('reports when the key was created, used and replaced', async () => {
    const times = {
      created_at: '2026-01-02T03:04:05.678901Z',
      last_used_at: null,
      last_rolled_at: '2026-06-01T00:00:00Z',
    };
    const { source } = await open({ keys: { [key]: { ...least, ...times } } });
    const verdict = await source.verify();
    expect(verdict).toMatchObject({ createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678), rotatedAt: Date.UTC(2026, 5, 1) });
    expect(verdict).not.toHaveProperty('lastUsedAt');
  });

  it.each<[string, Partial<PostHogState>, string]>([
    ['forbids personal keys', { forbidsKeys: true }, 'key-organization'],
    ['removed the role’s access', { access: 'resource' }, 'key-role'],
    ['is behind a gateway that asks to sign in', { gateway: page(401) }, 'remote-blocked'],
  ])('name the reason of a later refusal, too: the server %s', async (_, change, code) => {
    const { source } = await open(change);
    await expect(source.search({})).rejects.toMatchObject({ code });
    await expect(collectParts(source.open(sid))).rejects.toMatchObject({ code });
  });

  it('never uses an ingestion host', () => {
    const fetch = () => Promise.reject(new Error('requested'));
    const make = (origin: string) => () => createPostHogSource(fetch, { origin });
    expect(make('https://eu.i.posthog.com')).toThrowError(
      expect.objectContaining({ code: 'connection-ingest', details: { host: 'eu.posthog.com' } }) as Error,
    );
    expect(make('https://us.i.posthog.com')).toThrowError('connection-ingest');
    expect(make('https://eu.posthog.com')).not.toThrow();
    expect(make('https://i.posthog.com.example')).not.toThrow();
  });
});

describe('PostHog sessions', () => {
  it('finds a user’s sessions of any age', async () => {
    const { source } = await open({
      sessions: [session(sid, 23), session('old', 1), session('other', 22, { person: null, distinct_id: 'x' })],
    });
    const { sessions, isTruncated } = await source.search({ email: 'jane@example.com' });
    expect(sessions.map(({ remoteId }) => remoteId)).toEqual([sid, 'old']);
    expect(isTruncated).toBe(false);
    expect(sessions[0]).toEqual({
      remoteId: sid,
      user: 'jane@example.com',
      startedAt: Date.UTC(2026, 10, 23, 10, 0, 0, 123),
      durationMs: 60_000,
      entryPage: 'https://shop.example/cart',
      errorCount: 3,
      browser: 'Firefox',
    });
  });

  it('lists rows whatever upstream leaves out', async () => {
    const fields = Object.keys(session('x', 1));
    const nothing = Object.fromEntries(fields.map((field) => [field, null]));
    const { source } = await open({
      sessions: [
        { ...nothing, id: 'nulls', start_time: '2026-11-20T10:00:00Z' },
        { id: 'missing', start_time: '2026-11-20T10:00:00Z', person: { name: null, properties: null } },
        { ...nothing, id: 'without-start', start_time: null, end_time: '2026-11-20T10:01:00Z', recording_duration: 60 },
      ],
    });
    const { sessions } = await source.search({});
    const expected = { user: '', startedAt: Date.UTC(2026, 10, 20, 10), entryPage: '', browser: '' };
    expect(sessions).toMatchObject([expected, expected, expected]);
  });

  it('reads times without a zone as UTC', async () => {
    const { source } = await open({ sessions: [session('a', 20, { start_time: '2026-11-20 10:00:00.5' })] });
    expect((await source.search({})).sessions[0]?.startedAt).toBe(Date.UTC(2026, 10, 20, 10, 0, 0, 500));
  });

  it('shows the marks that PostHog reports', async () => {
    const marks = {
      ongoing: true,
      snapshot_source: 'mobile',
      activity_score: 81.5,
      expiry_time: '2026-12-01T00:00:00Z',
      recording_ttl: 7,
    };
    const { source } = await open({
      sessions: [session('a', 20, marks), session('b', 20, { snapshot_source: 'web' })],
    });
    const [live, web] = (await source.search({})).sessions;
    expect(live).toMatchObject({ isLive: true, isMobile: true, activity: 0.815, expiresAt: Date.UTC(2026, 11, 1) });
    for (const mark of ['isLive', 'isMobile', 'activity', 'expiresAt']) expect(web).not.toHaveProperty(mark);
  });

  it('filters by session, duration, errors, page, group and cohort', async () => {
    const a = session('a', 20, {
      events: { $group_0: 'acme', $group_2: 'berlin' },
      cohorts: [7],
      groups: { plan: 'pro' },
    });
    const b = session('b', 20, {
      recording_duration: 5,
      console_error_count: 0,
      start_url: 'https://shop.example/help',
    });
    const { source } = await open({ sessions: [a, b] });
    const ids = async (query: SessionQuery): Promise<string[]> =>
      (await source.search(query)).sessions.map(({ remoteId }) => remoteId);
    expect(await ids({ sessionId: 'b' })).toEqual(['b']);
    expect(await ids({ minDurationMs: 30_000 })).toEqual(['a']);
    expect(await ids({ maxDurationMs: 30_000 })).toEqual(['b']);
    expect(await ids({ hasErrors: true })).toEqual(['a']);
    expect(await ids({ page: '/HELP' })).toEqual(['b']);
    expect(await ids({ group: 'acme' })).toEqual(['a']);
    expect(await ids({ group: '2:berlin' })).toEqual(['a']);
    expect(await ids({ group: '1:berlin' })).toEqual([]);
    expect(await ids({ filters: { cohort: '7' } })).toEqual(['a']);
    expect(await ids({ filters: { 'group.0.plan': 'pro' } })).toEqual(['a']);
    await expect(ids({ filters: { cohort: 'x' } })).rejects.toMatchObject({ code: 'query-unknown' });
  });

  it('ignores letter case of an address that is not found exactly', async () => {
    const sessions = [
      ...Array.from({ length: 60 }, (_, index) =>
        session(`s-${index}`, 20, { person: { properties: { email: 'Jürgen+x@Example.com' } } }),
      ),
      session('longer', 20, { person: { properties: { email: 'other-jürgen+x@example.com' } } }),
    ];
    const { source } = await open({ sessions });
    const first = await source.search({ email: 'jürgen+X@example.com' });
    const second = await source.search({ email: 'jürgen+X@example.com' }, first.cursor);
    expect([...first.sessions, ...second.sessions].map(({ remoteId }) => remoteId)).toEqual(
      sessions.slice(0, 60).map(({ id }) => id),
    );
    expect(second.cursor).toBeUndefined();
  });

  it.each<[string, PlatformLink | undefined]>([
    [`https://us.posthog.com/project/42/replay/${sid}?t=5`, cloudLink(['https://us.posthog.com'], { project: '42' })],
    [`https://eu.posthog.com/replay/${sid}`, cloudLink(['https://eu.posthog.com'], {})],
    [`https://app.posthog.com/replay/home?sessionRecordingId=${sid}`, cloudLink(cloud, {})],
    [
      'https://us.posthog.com/project/42/person/jane%40example.com',
      {
        ...cloudLink(['https://us.posthog.com'], { project: '42' }),
        reading: { by: 'distinctId', text: 'jane@example.com' },
      },
    ],
    [
      `https://posthog.shop.example/project/7/replay/${sid}`,
      cloudLink(['https://posthog.shop.example'], { project: '7' }),
    ],
    [`https://shop.example/replay/${sid}`, undefined],
    ['https://us.posthog.com/project/42/replay/home', undefined],
    ['https://us.posthog.com/insights/abc', undefined],
  ])('recognises a link: %s', (link, expected) => {
    expect(posthog.readLink?.(new URL(link))).toEqual(expected);
  });

  it('recognises a link without a project on its own server only', () => {
    const unused = () => Promise.reject(new Error('requested'));
    const source = createPostHogSource(unused, { origin: 'https://shop.example' });
    expect(source.recognize?.(`https://shop.example/replay/${sid}`)).toEqual([{ by: 'sessionId', text: sid }]);
    expect(source.recognize?.(`https://other.example/replay/${sid}`)).toEqual([]);
  });

  it('searches by id, time and filter', async () => {
    const { source, server } = await open({ sessions: [session(sid, 23), session('old', 1)] });
    const ids = async (query: Parameters<typeof source.search>[0]) =>
      (await source.search(query)).sessions.map(({ remoteId }) => remoteId);
    expect(await ids({ uid: 'user-7' })).toEqual([sid, 'old']);
    expect(await ids({ distinctId: 'unknown' })).toEqual([]);
    expect(await ids({ from: Date.UTC(2026, 10, 22) })).toEqual([sid]);
    expect(await ids({ to: Date.UTC(2026, 10, 22) })).toEqual(['old']);
    expect(await ids({ filters: { session_id: 'old' } })).toEqual(['old']);
    expect(await ids({ filters: { 'person.email': 'x' } })).toEqual([]);
    expect(await ids({ filters: { person_uuid: 'p' } })).toHaveLength(2);
    expect(server.requests.at(-1)?.url).toContain('person_uuid=p');
    await expect(ids({ filters: { colour: 'red' } })).rejects.toMatchObject({ code: 'query-unknown' });
  });

  it.each([true, false])('pages through all sessions, by cursor: %s', async (hasCursors) => {
    const sessions = Array.from({ length: 120 }, (_, index) => session(`s-${index}`, 23));
    const { source } = await open({ hasCursors, sessions });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await source.search({}, cursor);
      found.push(...page.sessions.map(({ remoteId }) => remoteId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(sessions.map(({ id }) => id));
  });

  it('names the user of a session by the known properties', async () => {
    const { source } = await open({
      sessions: [
        session('a', 23, { person: { name: 'Jane', properties: {} } }),
        session('b', 23, { person: null }),
        session('c', 23, { person: { name: 'Jane', properties: { email: { odd: 1 } } } }),
        session('d', 23, { recording_duration: null, console_error_count: null, start_url: null }),
      ],
    });
    const { sessions } = await source.search({});
    expect(sessions.map(({ user }) => user)).toEqual(['Jane', 'user-7', 'Jane', 'jane@example.com']);
    expect(sessions[3]).not.toHaveProperty('durationMs');
    expect(sessions[3]).not.toHaveProperty('errorCount');
  });
});

describe('PostHog recordings', () => {
  it('are read in batches of at most 20 blocks, complete and in order', async () => {
    const { source, requestedUrls, state } = await open();
    const opened = source.open(sid);
    const parts = await collectParts(opened);
    expect(requestedUrls().map((url) => url.split('?')[1])).toEqual([
      'source=blob_v2&start_blob_key=0&end_blob_key=19',
      'source=blob_v2&start_blob_key=20&end_blob_key=39',
      'source=blob_v2&start_blob_key=40&end_blob_key=44',
    ]);
    const { facts } = await importInMemory(joinDocuments(parts));
    expect(facts.events).toBe(events.length);
    expect(facts.damage).toEqual([]);
    expect(parts.flatMap(({ progress }) => progress ?? []).map(({ done, total }) => `${done}/${total}`)).toEqual([
      '20/45',
      '40/45',
      '45/45',
    ]);
    const lastMs = state.recordings[sid]?.blocks?.at(-1)?.endMs ?? 0;
    expect(opened.facts()).toEqual({ completeness: blocksReceived(45, 45), mutableUntil: lastMs + 24 * 3_600_000 });
  });

  it('resume exactly where they stopped', async () => {
    const { source, requestedUrls, state } = await open();
    const parts = await collectParts(source.open(sid));
    const resumes = parts
      .filter(({ isDocumentEnd, progress }) => isDocumentEnd && progress)
      .map(({ resume }) => resume);
    const before = requestedUrls().length;
    const rest = await collectParts(source.open(sid, { resume: resumes[0] }));
    expect(requestedUrls().slice(before)).toHaveLength(2);
    expect(splitDocuments(rest)).toHaveLength(2);

    // Nothing is new, so only the list is requested.
    const countBefore = requestedUrls().length;
    expect(await collectParts(source.open(sid, { resume: resumes[2] }))).toEqual([]);
    expect(requestedUrls()).toHaveLength(countBefore);

    // One more block, as in a live session.
    state.recordings[sid]?.blocks?.push({ bytes: jsonl(events.slice(0, 1)), startMs: 1, endMs: 1 });
    const grown = await collectParts(source.open(sid, { resume: resumes[2] }));
    expect(requestedUrls().at(-1)).toContain('start_blob_key=45&end_blob_key=45');
    expect(grown.at(-1)?.progress).toEqual({ done: 46, total: 46 });

    // A late block before the others shifts their positions.
    state.recordings[sid]?.blocks?.unshift({ bytes: jsonl(events.slice(0, 1)), startMs: 0, endMs: 0 });
    const changed = collectParts(source.open(sid, { resume: resumes[2] }));
    await expect(changed).rejects.toMatchObject({ code: 'remote-changed' });
  });

  it('are complete after an incomplete batch: missing blocks are requested alone', async () => {
    const blocks = blocksOf(45);
    for (const index of [3, 44]) Object.assign(blocks[index] ?? {}, { isLost: 'in-batches' });
    const { source, requestedUrls } = await open({ recordings: { [sid]: { blocks } } });
    const opened = source.open(sid);
    const { facts } = await importInMemory(joinDocuments(await collectParts(opened)));
    expect(facts.events).toBe(events.length);
    expect(opened.facts().completeness).toEqual(blocksReceived(45, 45));
    expect(requestedUrls().filter((url) => /start_blob_key=(\d+)&end_blob_key=\1$/.test(url))).toHaveLength(2);
  });

  it('are marked as partial when a block is lost', async () => {
    const blocks = blocksOf(45);
    const gone = blocks[30];
    Object.assign(gone ?? {}, { isLost: 'always' });
    const { source } = await open({ recordings: { [sid]: { blocks } } });
    const opened = source.open(sid);
    const { facts } = await importInMemory(joinDocuments(await collectParts(opened)));
    expect(facts.events).toBe(events.length - (gone?.bytes.toString().trimEnd().split('\n').length ?? 0));
    expect(opened.facts().completeness).toEqual(blocksReceived(44, 45));
  });

  it('are marked as partial when a lost block’s times are those of its neighbours', async () => {
    const blocks = blocksOf(47);
    // Each block ends at the moment at which the next one starts, and events of that moment are in both.
    for (const [index, block] of blocks.entries()) {
      const next = blocks[index + 1];
      if (!next) continue;
      block.endMs = next.startMs;
      block.bytes = Buffer.concat([
        block.bytes,
        jsonl([{ type: 5, data: { tag: 'seam', payload: index }, timestamp: next.startMs }]),
      ]);
    }
    const opened = (await open({ recordings: { [sid]: { blocks } } })).source.open(sid);
    await collectParts(opened);
    expect(opened.facts().completeness).toEqual(blocksReceived(47, 47));
    for (const index of [4, 21, 22]) Object.assign(blocks[index] ?? {}, { isLost: 'always' });
    const { source, requestedUrls } = await open({ recordings: { [sid]: { blocks } } });
    const lossy = source.open(sid);
    await collectParts(lossy);
    expect(lossy.facts().completeness).toEqual(blocksReceived(44, 47));
    expect(requestedUrls()).toHaveLength(3 + 2);
  });

  it('are marked as partial when a lost block’s times are mentioned by another’s data', async () => {
    const blocks = blocksOf(12);
    const lost = blocks[5];
    Object.assign(lost ?? {}, { isLost: 'always' });
    const mention = {
      type: 5,
      data: { timestamp: (lost?.startMs ?? 0) + 1, payload: { timestamp: lost?.endMs } },
      timestamp: blocks[6]?.startMs ?? 0,
    };
    if (blocks[6]) blocks[6].bytes = Buffer.concat([jsonl([mention]), blocks[6].bytes]);
    const { source } = await open({ recordings: { [sid]: { blocks } } });
    const opened = source.open(sid);
    await collectParts(opened);
    expect(opened.facts().completeness).toEqual(blocksReceived(11, 12));
  });

  it('request blocks without times alone, and judge each by its reply', async () => {
    const blocks = blocksOf(60).map((block, index) => (index % 20 === 19 ? block : { ...block, isTimeless: true }));
    const { source, requestedUrls } = await open({ recordings: { [sid]: { blocks } } });
    const opened = source.open(sid);
    const { facts } = await importInMemory(joinDocuments(await collectParts(opened)));
    expect(facts.events).toBe(events.length);
    expect(opened.facts().completeness).toEqual(blocksReceived(60, 60));
    expect(requestedUrls()).toHaveLength(60);
    for (const index of [3, 40]) Object.assign(blocks[index] ?? {}, { isLost: 'always' });
    const lossy = (await open({ recordings: { [sid]: { blocks } } })).source.open(sid);
    await collectParts(lossy);
    expect(lossy.facts().completeness).toEqual(blocksReceived(58, 60));
  });

  it('fail for the moment when the storage lists nothing, also when they are followed', async () => {
    const { source, state } = await open();
    const parts = await collectParts(source.open(sid));
    const recording = state.recordings[sid];
    if (recording) recording.isUnlisted = true;
    for (const resume of [undefined, parts.at(-1)?.resume]) {
      await expect(collectParts(source.open(sid, { resume }))).rejects.toMatchObject({ code: 'remote-no-data' });
    }
    expect(errorTable['remote-no-data'].retryable).toBe(true);
  });

  it('skip a lost batch after a limited number of single requests', async () => {
    const blocks = blocksOf(60);
    blocks.forEach((block, index) => {
      if (index < 20 || index >= 41) block.isLost = 'always';
    });
    const { source, requestedUrls } = await open({ recordings: { [sid]: { blocks } } });
    const opened = source.open(sid);
    const documents = splitDocuments(await collectParts(opened));
    expect(documents).toHaveLength(2);
    expect(opened.facts().completeness).toEqual(blocksReceived(21, 60));
    // One request shows that all of a run is lost.
    expect(requestedUrls()).toHaveLength(3 + 1);
  });

  it.each<[string, PostHogState['recordings'][string] | undefined, string]>([
    ['is lost completely', { blocks: blocksOf(45).map((block) => ({ ...block, isLost: 'always' })) }, 'remote-lost'],
    ['was deleted', { isDeleted: true }, 'remote-deleted'],
    ['never existed', undefined, 'remote-not-found'],
  ])('fail with a specific error: one that %s', async (_, recording, code) => {
    const { source } = await open({ recordings: recording ? { [sid]: recording } : {} });
    await expect(collectParts(source.open(sid))).rejects.toMatchObject({ code });
  });

  it('are not read twice if the newer storage has them', async () => {
    const blobs = { '1747540783283-1747540787122': jsonl(events) };
    const { source, requestedUrls } = await open({
      recordings: { [sid]: { blocks: blocksOf(1), blobs, realtime: '{"snapshots":[]}' } },
    });
    await collectParts(source.open(sid));
    expect(requestedUrls()).toHaveLength(1);
    expect(requestedUrls()[0]).toContain('source=blob_v2&');
  });

  it('are read from the older storage, and the last minutes from real-time data', async () => {
    const [early = [], late = []] = cutEvents(events, 2);
    const blobs = { [`${early[0]?.timestamp}-${early.at(-1)?.timestamp}`]: jsonl(early) };
    const realtime = JSON.stringify({ snapshots: late.map((event) => ({ window_id: 'window-1', data: [event] })) });
    const { source, requestedUrls } = await open({ recordings: { [sid]: { blobs, realtime } } });
    const opened = source.open(sid);
    const parts = await collectParts(opened);
    const { facts } = await importInMemory(joinDocuments(parts));
    expect(facts.events).toBe(events.length);
    expect(opened.facts().mutableUntil).toBe((early.at(-1)?.timestamp ?? 0) + 24 * 3_600_000);
    const before = requestedUrls().length;
    await collectParts(source.open(sid, { resume: parts.at(-1)?.resume }));
    expect(
      requestedUrls()
        .slice(before)
        .map((url) => url.split('?')[1]),
    ).toEqual(['source=realtime']);
  });

  it('are read as one file from long-term storage, and are final', async () => {
    const { source } = await open({ recordings: { [sid]: { lts: jsonl(events) } } });
    const opened = source.open(sid);
    const { facts } = await importInMemory(joinDocuments(await collectParts(opened)));
    expect(facts.events).toBe(events.length);
    expect(opened.facts()).toEqual({ completeness: blocksReceived(1, 1), mutableUntil: undefined });
  });

  it('stop when they are cancelled', async () => {
    const { source, server } = await open();
    const stop = new AbortController();
    const { parts } = source.open(sid, { signal: stop.signal });
    await parts[Symbol.asyncIterator]().next();
    stop.abort();
    await expect(
      collectParts({ parts, facts: () => ({ completeness: [], mutableUntil: undefined }) }),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  it('leave neither key nor query in the log', async () => {
    const { source, transport } = await open();
    await source.verify();
    await source.search({ email: 'canary-mail@example.com' });
    await collectParts(source.open(sid));
    refuseCanary(transport.log);
    expect(JSON.stringify(transport.log)).not.toMatch(/canary|blob_key/);
  });

  it('link to PostHog’s own player', async () => {
    const { source, server } = await open();
    expect(source.deepLink(sid, 1_600_000_000_000.4)).toBe(
      `${server.origin}/project/42/replay/${sid}?timestamp=1600000000000`,
    );
    expect(source.deepLink('../x')).toBeUndefined();
  });
});

describe('PostHog’s recorded payloads', () => {
  const derived = (name: string): Buffer => readFileSync(fixturePath(`sources/posthog/${name}`));

  it('are read from lists of sources', () => {
    const plan = (name: string) =>
      planBlocks(v.parse(BlockList, JSON.parse(derived(name).toString())).sources, undefined);
    expect(plan('sources.v2_mixed.json').steps.map(({ query }) => query)).toEqual([
      { source: 'blob_v2', start_blob_key: '0', end_blob_key: '0' },
    ]);
    const old = plan('sources.v1_realtime.json');
    expect(old.steps.map(({ query }) => query.source)).toEqual(['blob']);
    expect(old.realtime?.query).toEqual({ source: 'realtime' });
    expect(old.lastMs).toBe(Date.UTC(2025, 4, 23, 10, 22, 13, 168));
  });

  it('are rebuilt from blocks with compressed fields', async () => {
    const archive = 'sources/posthog/derived-blob_v2.tar.gz';
    const { sources } = JSON.parse((await readFixtureMember(archive, 'sources.json')).toString()) as {
      sources: { start_timestamp: string; end_timestamp: string; blob_key: string }[];
    };
    const blocks = await Promise.all(
      sources.map(async ({ start_timestamp, end_timestamp, blob_key }) => ({
        bytes: await readFixtureMember(archive, `blob_${blob_key}.jsonl`),
        startMs: Date.parse(start_timestamp),
        endMs: Date.parse(end_timestamp),
      })),
    );
    const { source, requestedUrls } = await open({ recordings: { [sid]: { blocks } } });
    const opened = source.open(sid);
    const { facts } = await importInMemory(joinDocuments(await collectParts(opened)));
    const expected = JSON.parse((await readFixtureMember(archive, 'expected_events.json')).toString()) as unknown[];
    expect(facts.events).toBe(expected.length);
    expect(facts.windows).toHaveLength(2);
    expect(requestedUrls()).toHaveLength(1);
    expect(opened.facts().completeness).toEqual(blocksReceived(blocks.length, blocks.length));
  });
});
