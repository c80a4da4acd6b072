import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRecordingServerSource } from '../../../src-main/core/sources/recording-server';
import type { FetchPort, FetchRequest, OpenRecording } from '../../../src-main/core/sources/source';

interface Canned {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  bytes?: Uint8Array[];
}

/** Opens a source on a fetch port that records the requests and gives the same reply to all. */
function openSource(canned: Canned) {
  const requests: FetchRequest[] = [];
  const seen = { discarded: 0 };
  const fetch: FetchPort = (request) => {
    requests.push(request);
    return Promise.resolve({
      status: canned.status ?? 200,
      headers: canned.headers ?? {},
      json: () => Promise.resolve(canned.json),
      bytes: async function* () {
        yield* await Promise.resolve(canned.bytes ?? []);
      },
      discard: () => void seen.discarded++,
    });
  };
  return { source: createRecordingServerSource(fetch), requests, seen };
}

const listed = {
  id: 'ses_1',
  user_email: 'jane@example.com',
  started_at: '2026-11-23T13:39:04.894Z',
  duration_ms: 33_203,
  event_count: 1393,
  entry_page: 'https://shop.example/cart',
  error_count: 11,
  browser: 'Firefox 140',
};
const list = (change: object = {}, next_cursor: unknown = null): Canned => ({
  json: { sessions: [{ ...listed, ...change }], next_cursor },
});

describe('verify', () => {
  test('reports the key’s label and scopes', async () => {
    const { source, requests } = openSource({ json: { label: 'Support', scopes: ['sessions:list'], more: 1 } });
    expect(await source.verify()).toEqual({
      holder: 'Support',
      scopes: [{ name: 'sessions:list', evidence: 'reported' }],
      overPrivileged: [],
    });
    expect(requests).toEqual([{ method: 'GET', path: '/v1/me', signal: undefined }]);
  });
});

test('reports scopes that Casement does not need', async () => {
  const { source } = openSource({ json: { label: 'All', scopes: ['recordings:read', 'users:delete', '*'] } });
  const { overPrivileged } = await source.verify();
  expect(overPrivileged.map(({ scope }) => scope)).toEqual(['users:delete', '*']);
});

describe('search', () => {
  test('requests one user’s sessions and converts them', async () => {
    const { source, requests } = openSource(list());
    expect(await source.search({ email: 'jane+shop@example.com' })).toEqual({
      sessions: [
        {
          remoteId: 'ses_1',
          user: 'jane@example.com',
          startedAt: Date.UTC(2026, 10, 23, 13, 39, 4, 894),
          durationMs: 33_203,
          eventCount: 1393,
          entryPage: 'https://shop.example/cart',
          errorCount: 11,
          browser: 'Firefox 140',
        },
      ],
      cursor: undefined,
      isTruncated: false,
    });
    expect(requests[0]?.path).toBe('/v1/sessions?limit=50&user_email=jane%2Bshop%40example.com');
  });

  test('lists all sessions for an empty email, and the next page for a cursor', async () => {
    const { source, requests } = openSource(list({}, 'page 3&'));
    expect((await source.search({ email: '' }, 'page 2&')).cursor).toBe('page 3&');
    expect(requests[0]?.path).toBe('/v1/sessions?limit=50&cursor=page+2%26');
  });

  test('asks for one session by its id, and finds none for an unknown or impossible one', async () => {
    const { source, requests } = openSource({ json: listed });
    expect((await source.search({ sessionId: 'ses_1' })).sessions.map(({ remoteId }) => remoteId)).toEqual(['ses_1']);
    expect(requests[0]?.path).toBe('/v1/sessions/ses_1');
    expect((await source.search({ sessionId: '../me' })).sessions).toEqual([]);
    expect(requests).toHaveLength(1);
    const unknown = openSource({ status: 404 });
    expect((await unknown.source.search({ sessionId: 'ses_2' })).sessions).toEqual([]);
    expect(unknown.seen.discarded).toBe(1);
  });

  test.each([
    ['https://shop.example/cart?token=1#x', 'https://shop.example/cart'],
    ['https://jane:pw@shop.example/', 'https://shop.example/'],
    ['https://shop.example/a@b', 'https://shop.example/a@b'],
    ['about:blank', 'about:blank'],
    ['', ''],
  ])('reduces the entry page %s to %s', async (entry_page, entryPage) => {
    const { source } = openSource(list({ entry_page }));
    expect((await source.search({ email: '' })).sessions[0]?.entryPage).toBe(entryPage);
  });

  const path = 'sessions.0';
  test.each<[string, Canned, string]>([
    ['a string', { json: 'secret' }, 'the response'],
    ['null', { json: null }, 'the response'],
    ['an error instead of a list', { json: { error: { code: 'secret' } } }, 'sessions'],
    ['sessions that are not a list', { json: { sessions: { 0: listed }, next_cursor: null } }, 'sessions'],
    ['more sessions than requested', { json: { sessions: Array(51).fill(listed), next_cursor: null } }, 'sessions'],
    ['a number as id', list({ id: 5 }), `${path}.id`],
    ['an id of two dots', list({ id: '..' }), `${path}.id`],
    ['an id with a slash', list({ id: 'a/b' }), `${path}.id`],
    ['a time without a zone', list({ started_at: '2026-11-23T13:39:04' }), `${path}.started_at`],
    ['an invalid date', list({ started_at: '2026-13-31T00:00:00Z' }), `${path}.started_at`],
    ['a negative duration', list({ duration_ms: -1 }), `${path}.duration_ms`],
    ['a fractional event count', list({ event_count: 1.5 }), `${path}.event_count`],
    ['a count that is not a safe integer', list({ error_count: 2 ** 60 }), `${path}.error_count`],
    ['a very long browser name', list({ browser: 'x'.repeat(10_000) }), `${path}.browser`],
    ['a cursor that is a number', list({}, 5), 'next_cursor'],
    ['a missing cursor', { json: { sessions: [] } }, 'next_cursor'],
  ])('refuses %s', async (_, canned, mismatch) => {
    const { source } = openSource(canned);
    await expect(source.search({ email: '' }, 'again')).rejects.toMatchObject({
      code: 'remote-shape',
      details: { place: mismatch },
    });
  });

  test('refuses the cursor that was sent', async () => {
    const { source } = openSource(list({}, 'again'));
    await expect(source.search({ email: '' }, 'again')).rejects.toMatchObject({ code: 'remote-endless' });
  });

  test('returns a page or throws remote-shape without text from the reply, for any reply', async () => {
    const marked = fc.string().map((text) => `canary${text}`);
    const json = fc.jsonValue().map((value) => (typeof value === 'string' ? `canary${value}` : value));
    const anything = fc.oneof(
      json,
      fc.record({
        sessions: fc.array(fc.record(Object.fromEntries(Object.keys(listed).map((key) => [key, json])))),
        next_cursor: json,
      }),
      fc
        .dictionary(marked, json)
        .map((extra) => ({ sessions: [{ ...listed, ...extra, id: 'canary !' }], next_cursor: null })),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const { source } = openSource({ json: value });
        const outcome = await source.search({ email: '' }).catch((error: unknown) => error);
        if (!(outcome instanceof Error)) return;
        expect(outcome).toMatchObject({ code: 'remote-shape' });
        expect(JSON.stringify(outcome)).not.toContain('canary');
      }),
    );
  });
});

describe('open', () => {
  const collect = async ({ parts }: OpenRecording): Promise<number[]> => {
    const all: number[] = [];
    let isDocumentEnd = false;
    for await (const part of parts) {
      all.push(...part.bytes);
      isDocumentEnd = part.isDocumentEnd;
    }
    expect(isDocumentEnd).toBe(true);
    return all;
  };

  test.each(['application/gzip', 'application/json; charset=utf-8', 'application/octet-stream'])(
    'reads %s',
    async (type) => {
      const bytes = [new Uint8Array([31, 139]), new Uint8Array([8])];
      const { source, requests } = openSource({ headers: { 'content-type': type }, bytes });
      expect(await collect(source.open('ses_1'))).toEqual([31, 139, 8]);
      expect(requests[0]).toMatchObject({
        path: '/v1/sessions/ses_1/recording',
        accept: expect.stringContaining('gzip') as string,
      });
    },
  );

  test.each([
    ['text/html', 'remote-web-page'],
    ['image/png', 'remote-not-recording'],
    ['', 'remote-not-recording'],
  ])('refuses “%s”', async (type, code) => {
    const { source, seen } = openSource({ headers: { 'content-type': type } });
    await expect(collect(source.open('ses_1'))).rejects.toMatchObject({ code });
    expect(seen.discarded).toBe(1);
  });

  test.each(['..', '.', '', 'a/b', 'a?b', 'a b', '%2e%2e', 'ä', 'x'.repeat(300)])(
    'never requests the id “%s”',
    async (id) => {
      const { source, requests } = openSource({});
      await expect(collect(source.open(id))).rejects.toMatchObject({ code: 'remote-not-found' });
      expect(requests).toEqual([]);
    },
  );
});

describe('a status', () => {
  const cases: [number, string, string][] = [
    [401, 'key-refused', 'key-refused'],
    [403, 'key-forbidden', 'key-forbidden'],
    [404, 'remote-no-service', 'remote-not-found'],
    [410, 'remote-no-service', 'remote-deleted'],
    [429, 'remote-rate-limited', 'remote-rate-limited'],
    [500, 'remote-failed', 'remote-failed'],
    [503, 'remote-failed', 'remote-failed'],
    [204, 'remote-odd', 'remote-odd'],
    [206, 'remote-odd', 'remote-odd'],
    [400, 'remote-odd', 'remote-odd'],
    [418, 'remote-odd', 'remote-odd'],
  ];
  test.each(cases)('of %i throws %s for a list, %s for a recording', async (status, ofList, ofRecording) => {
    const { source, seen } = openSource({ status, headers: { 'retry-after': '9' } });
    await expect(source.verify()).rejects.toMatchObject({ code: ofList });
    await expect(source.search({ email: '' })).rejects.toMatchObject({ code: ofList });
    const opening = source.open('ses_1').parts[Symbol.asyncIterator]().next();
    await expect(opening).rejects.toMatchObject({ code: ofRecording });
    expect(seen.discarded).toBe(3);
  });

  test('is reported with the wait for 429, and with its number for 5xx', async () => {
    const limited = openSource({ status: 429, headers: { 'retry-after': '9' } });
    await expect(limited.source.verify()).rejects.toMatchObject({ details: { seconds: 9 } });
    await expect(openSource({ status: 502 }).source.verify()).rejects.toMatchObject({ details: { status: 502 } });
  });
});
