import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CasementError } from '../../../src-main/contract/errors';
import { createAmplitudeSource } from '../../../src-main/core/sources/amplitude/source';
import { createFullStorySource } from '../../../src-main/core/sources/fullstory/source';
import { createOpenReplaySource } from '../../../src-main/core/sources/openreplay/source';
import { createPostHogSource } from '../../../src-main/core/sources/posthog/source';
import { createSentrySource } from '../../../src-main/core/sources/sentry/source';
import type { FetchPort, FetchReply, PresignedFetch, Source } from '../../../src-main/core/sources/source';
import { createUmamiSource } from '../../../src-main/core/sources/umami/source';

const website = 'b59e9c65-ae32-47f1-8400-119fcf4861c4';
const replay = '7e07485f12f9416b8b1426260799b51f';

/** Gives the same reply to all requests. Counts its uses: a reply that is not used exactly once would hold a connection. */
function answerAll(json: unknown, status: number, headers: Record<string, string>) {
  const replies: { uses: number }[] = [];
  const give = (): Promise<FetchReply> => {
    const state = { uses: 0 };
    replies.push(state);
    if (replies.length > 200) throw new Error('endless requests');
    return Promise.resolve({
      status,
      headers: { 'content-type': 'application/json', ...headers },
      json: () => {
        state.uses++;
        return Promise.resolve(structuredClone(json));
      },
      bytes: async function* () {
        state.uses++;
        yield await Promise.resolve(new TextEncoder().encode(JSON.stringify(json)));
      },
      discard: () => void state.uses++,
    });
  };
  return { give, replies };
}

const platforms: [string, string, (fetch: FetchPort, presigned: PresignedFetch) => Source][] = [
  ['PostHog', 's-1', (fetch) => createPostHogSource(fetch, { origin: 'https://us.posthog.com', projectId: '1' })],
  [
    'Sentry',
    `1:${replay}`,
    (fetch) => createSentrySource(fetch, { origin: 'https://us.sentry.io', organization: 'acme' }),
  ],
  ['Amplitude', 'device/1', (fetch, fetchPresigned) => createAmplitudeSource(fetch, { fetchPresigned })],
  ['Umami', website, (fetch) => createUmamiSource(fetch, { websiteId: website })],
  ['OpenReplay', '901', (fetch) => createOpenReplaySource(fetch, { projectKey: 'shop', basePath: '/v2/api' })],
  ['FullStory', '111:222', (fetch) => createFullStorySource(fetch, { account: 'ACME' })],
];

const leaf = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('canary', 'blob_v2', 'blob', 'realtime', '5', 's-1', replay, '2026-11-20T10:00:00Z', 1e300, -1, 7),
  fc.constant('https://canary.s3.amazonaws.com/x?sig=canary'),
);
const keys = [
  ...['results', 'has_next', 'next_cursor', 'id', 'start_time', 'sources', 'source', 'blob_key', 'start_timestamp'],
  ...['data', 'started_at', 'project_id', 'auth', 'scopes', 'user', 'session_replays', 'files', 'next_page_token'],
  ...['replay_id', 'matches', 'count', 'startedAt', 'canary', 'sessions', 'sessionId', 'startTs', 'events', 'total'],
  ...[
    'created_at',
    '$event_name',
    '$properties',
    'createdTime',
    'userId',
    'event_time',
    'event_type',
    'users',
    '$user_id',
  ],
];
const { reply: anything } = fc.letrec((tie) => ({
  reply: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('reply'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...keys), tie('reply'), { maxKeys: 8 }),
  ),
}));
const status = fc.oneof(fc.constant(200), fc.constantFrom(201, 301, 400, 401, 403, 404, 410, 429, 500, 502, 503));
const headers = fc.constantFrom<Record<string, string>>(
  {},
  { link: '<https://x.test>; rel="next"; results="true"; cursor="0:1:0"' },
  { link: '<canary>; rel="next"; results="true"; cursor="canary canary"' },
  { 'content-type': 'text/html' },
);

describe.each(platforms)('%s with arbitrary replies', (_, remoteId, make) => {
  const operations: [string, (source: Source) => Promise<unknown>][] = [
    ['verify', (source) => source.verify()],
    ['search', (source) => source.search({ email: 'jane@example.com', from: 1, to: 2 })],
    [
      'open',
      async (source) => {
        for await (const part of source.open(remoteId).parts) void part;
      },
    ],
  ];
  test.each(operations)(
    '%s succeeds or throws a CasementError without text from the reply',
    async (_name, operation) => {
      await fc.assert(
        fc.asyncProperty(anything, status, headers, async (json, code, extra) => {
          const { give, replies } = answerAll(json, code, extra);
          const outcome = await operation(make(give, give)).catch((error: unknown) => error);
          for (const { uses } of replies) expect(uses).toBe(1);
          if (!(outcome instanceof Error)) return;
          expect(outcome).toBeInstanceOf(CasementError);
          expect(inspect(outcome, { depth: 10 })).not.toContain('canary');
          expect((outcome as CasementError).code).not.toBe('bug');
        }),
        { numRuns: 300 },
      );
    },
  );

  test.each(['', '.', '..', '../x', 'a b', 'a/../b/', '%2e%2e', 'ä', 'x'.repeat(300), 'a?b', 'a#b', 'a\nb'])(
    'never requests a session with the id “%s”',
    async (id) => {
      const asked: string[] = [];
      const fetch: FetchPort = ({ path }) => {
        asked.push(path);
        return Promise.reject(new Error('requested'));
      };
      const source = make(fetch, () => Promise.reject(new Error('asked')));
      const opening = source.open(id).parts[Symbol.asyncIterator]().next();
      await expect(opening).rejects.toMatchObject({ code: 'remote-not-found' });
      expect(asked).toEqual([]);
      expect(source.deepLink(id, 1)).toBeUndefined();
    },
  );
});
