import { gzipSync } from 'node:zlib';
import { amplitudeServer, presignedStore } from './contract-servers/amplitude';
import { fullStoryServer } from './contract-servers/fullstory';
import { openReplayServer } from './contract-servers/openreplay';
import { postHogServer, type PostHogState } from './contract-servers/posthog';
import { sentryServer, type SentryState } from './contract-servers/sentry';
import { umamiServer, type UmamiState } from './contract-servers/umami';
import { cutEvents, readDemoEvents } from './demo-events';

/** Data for contract servers in tests that don't depend on it. */

export const postHogKey = 'phx_canary-5f1c9ab7d2e84a60';

export interface ServedPostHog {
  scopes?: string[];
  /** The second of three blocks can't be read. */
  hasLostBlock?: boolean;
  /** The session began a minute ago; `addLastBlock` adds its last block. */
  isLive?: boolean;
  /** Number of blocks that its events are split into, 3 by default. */
  blockCount?: number;
}

/** Returns a PostHog server with one session of the demo, in three blocks. */
export function postHogOf({
  scopes = ['session_recording:read'],
  hasLostBlock = false,
  isLive = false,
  blockCount = 3,
}: ServedPostHog) {
  const recorded = readDemoEvents();
  // A live session's last event was a second ago.
  const shift = isLive ? Date.now() - 1000 - (recorded.at(-1)?.timestamp ?? 0) : 0;
  const events = recorded.map((event) => ({ ...event, timestamp: event.timestamp + shift }));
  const id = '0196e180-73bd-7b72-869b-35ee20bbbcd1';
  const blocks = cutEvents(events, blockCount).map((list, index) => ({
    bytes: Buffer.from(list.map((event) => `${JSON.stringify(['window-1', event])}\n`).join('')),
    startMs: list[0]?.timestamp ?? 0,
    endMs: list.at(-1)?.timestamp ?? 0,
    ...(hasLostBlock && index === 1 && { isLost: 'always' as const }),
  }));
  const served = isLive ? blocks.slice(0, 2) : blocks;
  const addLastBlock = (): void => void served.push(...blocks.slice(2));
  const state: PostHogState = {
    keys: { [postHogKey]: { label: 'Support', scopes, scoped_teams: [42] } },
    project: 42,
    sessions: [
      {
        id,
        distinct_id: 'user-7',
        start_time: '2026-11-23T10:00:00.123000Z',
        end_time: '2026-11-23T10:01:00Z',
        recording_duration: 60,
        start_url: 'https://shop.example/cart',
        console_error_count: 3,
        person: { name: 'Jane', properties: { email: 'jane@example.com', $browser: 'Firefox' } },
      },
    ],
    recordings: { [id]: { blocks: served } },
    nowMs: Date.UTC(2026, 10, 24),
    requestsLeft: 1000,
  };
  return { listener: postHogServer(state), state, events, addLastBlock };
}

export const sentryKey = 'sntryu_canary-5f1c9ab7d2e84a60';

/** Returns a Sentry server with one replay of the demo, in 250 segments. */
export function sentryOf() {
  const events = readDemoEvents();
  const id = '7e07485f12f9416b8b1426260799b51f';
  const state: SentryState = {
    keys: { [sentryKey]: ['org:read', 'project:read'] },
    organization: 'acme',
    user: { email: 'agent@acme.example' },
    replays: [
      {
        id,
        project_id: '11',
        started_at: '2026-11-20T10:00:00+00:00',
        finished_at: '2026-11-20T10:02:30+00:00',
        user: { id: '7', email: 'jane@example.com', username: null, display_name: 'Jane', ip: '10.0.0.1' },
        urls: ['https://shop.example/cart'],
        error_ids: [],
        count_segments: 250,
        is_archived: false,
        browser: { name: 'Firefox', version: '140' },
      },
    ],
    segments: { [`11:${id}`]: cutEvents(events, 250).map((list) => JSON.stringify(list)) },
    requestsLeft: 1000,
  };
  return { listener: sentryServer(state), state, events };
}

export const umamiToken = 'canary-5f1c9ab7d2e84a60';
export const umamiLogin = 'support:canary-password:7';

/** Returns an Umami server with one replay of the demo. */
export function umamiOf() {
  const events = readDemoEvents();
  const id = '22222222-2222-4222-8222-222222222222';
  const state: UmamiState = {
    token: umamiToken,
    password: 'canary-password:7',
    user: { username: 'support', role: 'view-only', isAdmin: false },
    websiteId: 'b59e9c65-ae32-47f1-8400-119fcf4861c4',
    replays: [
      {
        id,
        sessionId: '11111111-1111-4111-8111-111111111111',
        browser: 'firefox',
        os: 'Mac OS',
        eventCount: String(events.length),
        startedAt: '2026-11-20T10:00:00.000Z',
        endedAt: '2026-11-20T10:01:00.000Z',
        distinctId: 'jane@example.com',
      },
    ],
    recordings: {
      [id]: Buffer.from(JSON.stringify({ sessionId: 'x', events, startedAt: null, eventCount: events.length })),
    },
  };
  return { listener: umamiServer(state), state, events };
}

export const amplitudePair = 'api-key-1:canary-5f1c9ab7d2e84a60';

/** Returns an Amplitude server with one replay of the demo in three files, and the file store; `store` returns the store's origin. */
export function amplitudeOf(store: () => string) {
  const events = readDemoEvents();
  const id = 'device-1/1764000000000';
  const files = Object.fromEntries(
    cutEvents(events, 3).map((list, index) => [`/replays/${index}.json.gz`, gzipSync(JSON.stringify(list))]),
  );
  const listener = amplitudeServer({
    pair: amplitudePair,
    replays: [{ replay_id: id, amplitude_id: 77, device_id: 'device-1', start_time: '2026-11-20T10:00:00.000Z' }],
    users: [{ user_id: 'jane@example.com', amplitude_id: 77 }],
    files: { [id]: Object.keys(files) },
    store,
    filesInPage: 2,
    requestsLeft: 1000,
    generation: 1,
  });
  return { listener, store: presignedStore({ files, generation: 1 }), events };
}

export const fullStoryKey = 'na1.canary-5f1c9ab7d2e84a60';

/** Returns a FullStory server with one session, which opens a page and clicks on it. */
export function fullStoryOf() {
  const id = '111:222';
  const listener = fullStoryServer({
    keys: { [fullStoryKey]: 'architect' },
    me: { email: 'agent@acme.example', orgId: 'ACME1-na1' },
    sessions: ['{"userId":"111","sessionId":"222","createdTime":1763632800,"fsUrl":"https://app.fullstory.com/x"}'],
    usersOf: () => ({ email: 'jane@example.com', uid: 'u-7' }),
    events: {
      [id]: JSON.stringify({
        events: [
          {
            event_time: '2026-11-20T10:00:00Z',
            event_type: 'navigate',
            source_properties: { url: 'https://shop.example/cart' },
          },
          {
            event_time: '2026-11-20T10:00:05Z',
            event_type: 'click',
            event_properties: { target: { text: 'Pay now' } },
          },
        ],
      }),
    },
    requestsLeft: 1000,
  });
  return { listener, id };
}

export const openReplayKey = 'canary-5f1c9ab7d2e84a60';

/** Returns an OpenReplay server with one session of two events. */
export function openReplayOf() {
  const listener = openReplayServer({
    key: openReplayKey,
    projectKey: 'shop',
    sessions: {
      'jane@example.com': ['{"sessionId":"901","startTs":1763632800000,"endTs":1763632860000,"eventsCount":2}'],
    },
    events: {
      '901': [
        '{"$event_name":"LOCATION","created_at":1763632800000,"$properties":{"url":"https://shop.example/cart"}}',
        '{"$event_name":"CLICK","created_at":1763632805000,"$properties":{"label":"Pay now"}}',
      ],
    },
  });
  return { listener };
}
