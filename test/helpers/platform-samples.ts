import { postHogServer, type PostHogState } from './contract-servers/posthog';
import { cutEvents, readDemoEvents } from './demo-events';

/** What contract servers serve where it doesn't matter what. */

export const postHogKey = 'phx_canary-5f1c9ab7d2e84a60';

export interface ServedPostHog {
  scopes?: string[];
  /** The second of three blocks can't be had. */
  hasLostBlock?: boolean;
}

/** A PostHog with one session of the demo's, in three blocks. */
export function postHogOf({ scopes = ['session_recording:read', 'person:read'], hasLostBlock = false }: ServedPostHog) {
  const events = readDemoEvents();
  const id = '0196e180-73bd-7b72-869b-35ee20bbbcd1';
  const blocks = cutEvents(events, 3).map((list, index) => ({
    bytes: Buffer.from(list.map((event) => `${JSON.stringify(['window-1', event])}\n`).join('')),
    startMs: list[0]?.timestamp ?? 0,
    endMs: list.at(-1)?.timestamp ?? 0,
    ...(hasLostBlock && index === 1 && { isLost: 'always' as const }),
  }));
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
    recordings: { [id]: { blocks } },
    nowMs: Date.UTC(2026, 10, 24),
    requestsLeft: 1000,
  };
  return { listener: postHogServer(state), state, events };
}
