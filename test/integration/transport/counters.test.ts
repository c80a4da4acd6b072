import { onTestFinished, expect, it } from 'vitest';
import { createSourceFactory } from '../../../src-main/node/platforms/source-factory';
import { openNetwork } from '../../../src-main/node/transport/network';
import { collectParts } from '../../helpers/collect-parts';
import { postHogServer } from '../../helpers/contract-servers/posthog';
import { postHogKey, postHogOf } from '../../helpers/platform-samples';
import { testAuthority, testIdentity } from '../../helpers/test-transport';
import { startHttpsServer } from '../../helpers/tls-server';

/** Opens sources at one PostHog server through the network of the app, which never waits here. */
async function openSources(keys: readonly string[], change: Partial<Parameters<typeof postHogServer>[0]>) {
  const { state } = postHogOf({ blockCount: 60 });
  const [key] = Object.values(state.keys);
  if (key) for (const name of keys) state.keys[name] = key;
  Object.assign(state, change);
  const server = await startHttpsServer(testIdentity, postHogServer(state));
  onTestFinished(() => server.close());
  const waits: number[] = [];
  const network = openNetwork({
    isOffline: () => false,
    wait: (ms) => Promise.resolve(waits.push(ms)),
  });
  const openSource = createSourceFactory(network);
  const opened = keys.map((secret) => {
    const caPem = testAuthority.certPem;
    const target = { kind: 'posthog', origin: server.origin, place: { project: '42' }, account: undefined } as const;
    return openSource({ ...target, caPem, pins: undefined, key: () => Promise.resolve(secret) });
  });
  onTestFinished(async () => void (await Promise.all(opened.map((one) => one.close()))));
  const [remoteId = ''] = Object.keys(state.recordings);
  return { sources: opened.map(({ source }) => source), remoteId, server, waits };
}

it('a limit of snapshots doesn’t stop the list', async () => {
  const { sources, remoteId } = await openSources([postHogKey], { snapshotsLeft: 0 });
  const [source] = sources;
  if (!source) throw new Error('no source');
  await expect(collectParts(source.open(remoteId))).rejects.toMatchObject({ code: 'remote-rate-limited' });
  expect((await source.search({})).sessions).toHaveLength(1);
});

it('a limit of one key doesn’t stop another', async () => {
  const { sources, remoteId, server } = await openSources([postHogKey, 'phx_other-key'], { snapshotsLeft: 0 });
  for (const source of sources) {
    const before = server.requests.length;
    await expect(collectParts(source.open(remoteId))).rejects.toMatchObject({ code: 'remote-rate-limited' });
    expect(server.requests.length).toBeGreaterThan(before);
  }
});

it('a server without limits is not slowed down', async () => {
  const { sources, remoteId, server, waits } = await openSources([postHogKey], {});
  const [source] = sources;
  if (!source) throw new Error('no source');
  for (let pulls = 0; pulls < 20; pulls++) await collectParts(source.open(remoteId));
  for (let searches = 0; searches < 30; searches++) await source.search({});
  // More than the limits of PostHog's cloud allow in a minute.
  expect(server.requests.length).toBe(20 * 4 + 30);
  expect(waits).toEqual([]);
});
