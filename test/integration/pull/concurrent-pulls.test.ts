import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { forEachLimit } from '../../../src-renderer/shell/sources/for-each-limit';
import { umamiOf, umamiToken } from '../../helpers/platform-samples';
import { openApp } from '../../helpers/services';

interface Limit {
  requests: number;
  perMs: number;
  /** Replies contain the number of requests left. Otherwise only a 429 shows that the limit was exceeded. */
  isAnnounced?: boolean;
}

/** Rate-limits a platform, and records the highest number of requests in a window and the number of refused ones. */
function limited(inner: RequestListener, { requests, perMs, isAnnounced }: Limit) {
  const state = { refused: 0, peak: 0 };
  let [window, count] = [0, 0];
  let startMs: number | undefined;
  const listener: RequestListener = (request, response) => {
    const current = Math.floor((Date.now() - (startMs ??= Date.now())) / perMs);
    if (current !== window) [window, count] = [current, 0];
    state.peak = Math.max(state.peak, ++count);
    const left = Math.max(0, requests - count);
    // They replace the platform's own, which describe another limit.
    const headers = {
      'ratelimit-remaining': left,
      'ratelimit-reset': Math.ceil((startMs + (window + 1) * perMs - Date.now()) / 1000),
    };
    if (isAnnounced) Object.entries(headers).forEach(([name, value]) => response.setHeader(name, value));
    if (count <= requests) return inner(request, response);
    state.refused++;
    response.writeHead(429, { 'retry-after': String(Math.ceil(perMs / 1000)), 'content-length': 0 }).end();
  };
  return { listener, state };
}

describe('several concurrent pulls', () => {
  /** A platform with one recording under several ids. */
  const openUmami = async (limit: Limit) => {
    const { listener, state: platform, events } = umamiOf();
    const [id = ''] = Object.keys(platform.recordings);
    const ids = ['3', '4', '5', '6', '7', '8'].map((digit) => id.replaceAll('2', digit));
    for (const other of ids) platform.recordings[other] = platform.recordings[id] ?? Buffer.of();
    const { listener: limitedListener, state } = limited(listener, limit);
    const app = await openApp(limitedListener);
    const place = { website: platform.websiteId };
    const connection = await app.add({ kind: 'umami', place, key: umamiToken });
    return { ...app, connection, ids, events, state };
  };

  const pullAll = async ({ connection, ids, pull }: Awaited<ReturnType<typeof openUmami>>): Promise<number[]> => {
    const stored: number[] = [];
    const one = async (id: string): Promise<void> => void stored.push((await pull(connection.id, id)).facts.events);
    await forEachLimit(ids, 3, one, () => false);
    return stored;
  };

  it('all complete, and a platform that announces its limit never gets a request above it', async () => {
    const app = await openUmami({ requests: 3, perMs: 3000, isAnnounced: true });
    expect(await pullAll(app)).toEqual(app.ids.map(() => app.events.length));
    expect(app.requests.length).toBeGreaterThan(3);
    expect(app.state.refused).toBe(0);
    expect(app.state.peak).toBeLessThanOrEqual(3);
  });

  it('all complete when only a 429 announces the limit; refused ones wait together', async () => {
    const app = await openUmami({ requests: 3, perMs: 3000 });
    expect(await pullAll(app)).toEqual(app.ids.map(() => app.events.length));
    expect(app.state.refused).toBeGreaterThan(0);
    expect(app.state.peak).toBeLessThanOrEqual(3 + 3);
  });

  it('report the wait to their job, and stop at once', async () => {
    const { connection, ids, state, pull, jobs, progress } = await openUmami({ requests: 4, perMs: 600_000 });
    const pulls = ids.map((id, at) => pull(connection.id, id, `job-${at}`));
    const outcomes = Promise.allSettled(pulls);
    await expect.poll(() => progress.some(({ phase, total }) => phase === 'waiting' && total > 50_000)).toBe(true);
    ids.forEach((_, at) => jobs.cancel(`job-${at}`));
    const ended = await outcomes;
    expect(
      ended.some((each) => each.status === 'rejected' && (each.reason as { code: string }).code === 'cancelled'),
    ).toBe(true);
    expect(state.peak).toBeLessThanOrEqual(4 + 4);
  });
});
