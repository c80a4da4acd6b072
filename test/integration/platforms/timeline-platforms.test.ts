import { createMemoryStore } from '../../../src-main/core/recording/normalise/normalise';
import { describe, expect, it } from 'vitest';
import { defaultThresholds } from '../../../src-main/contract/settings';
import { entryText } from '../../../src-main/contract/words/timeline';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { prepareStored } from '../../../src-main/worker/jobs/export/exports';
import { readTimelineBy } from '../../../src-main/worker/jobs/library/timelines';
import { KeyedMutex } from '../../../src-main/contract/shared/mutex';
import { fullStoryKey, fullStoryOf, openReplayKey, openReplayOf } from '../../helpers/platform-samples';
import { openApp } from '../../helpers/services';

describe('a FullStory connection', () => {
  const open = async () => {
    const { listener, id } = fullStoryOf();
    const app = await openApp(listener);
    return { ...app, id, connection: await app.add({ kind: 'fullstory', place: {}, key: fullStoryKey }) };
  };

  it('stores a session once, as a timeline without a replay', async () => {
    const { connection, connections, pull, vault } = await open();
    expect(connection.capabilities.isReplayable).toBe(false);
    const { sessions } = await connections.search(connection.id, { uid: 'u-7' }, undefined);
    const remoteId = sessions[0]?.remoteId ?? '';
    const stored = await pull(connection.id, remoteId);
    expect(stored).toMatchObject({ isTimelineOnly: true, title: 'u-7', facts: { events: 2, durationMs: 5000 } });
    const again = await pull(connection.id, remoteId);
    expect(again.id).toBe(stored.id);
    expect(await vault.list()).toHaveLength(1);
    const timeline = await readTimelineBy(vault, new KeyedMutex(), stored.id, { ...defaultThresholds, idleMs: 60_000 });
    expect(timeline.map(({ kind, atMs }) => ({ kind, atMs }))).toEqual([
      { kind: 'navigation', atMs: 0 },
      { kind: 'click', atMs: 5000 },
    ]);
  });

  it('is exported like any other, without the user', async () => {
    const { connection, pull, vault, id } = await open();
    const stored = await pull(connection.id, id);
    const choice = { policy: findPolicy('incident'), hasNotes: false, thresholds: defaultThresholds };
    const job = { signal: new AbortController().signal, onProgress: () => undefined };
    const { entries, startedAt } = await prepareStored(vault, stored, choice, createMemoryStore(), job);
    expect(entries.map(entryText)).toEqual((await vault.readTimeline(stored.id)).map(entryText));
    expect(startedAt).toBe(Date.UTC(2026, 10, 20, 10));
  });

  it('links to FullStory’s own player in the account of the key', async () => {
    const { connection, connections, id, store } = await open();
    expect(await store.read()).toMatchObject([{ account: 'ACME1-na1' }]);
    expect(await connections.deepLink(connection.id, id, 0)).toBe(
      'https://app.fullstory.com/ui/ACME1-na1/session/111:222',
    );
  });

  it('sends no search that the platform doesn’t support', async () => {
    const { connection, connections, requests } = await open();
    const before = requests.length;
    const searching = connections.search(connection.id, { distinctId: 'x' }, undefined);
    await expect(searching).rejects.toMatchObject({ code: 'search-unknown' });
    expect(requests).toHaveLength(before);
  });
});

describe('an OpenReplay connection', () => {
  it('searches by POST, and stores a session as a timeline', async () => {
    const { add, connections, pull } = await openApp(openReplayOf().listener);
    const connection = await add({ kind: 'openreplay', place: { projectKey: 'shop' }, key: openReplayKey });
    const { sessions } = await connections.search(connection.id, { email: 'jane@example.com' }, undefined);
    const stored = await pull(connection.id, sessions[0]?.remoteId ?? '');
    expect(stored).toMatchObject({ isTimelineOnly: true, from: 'openreplay', facts: { events: 2 } });
    await expect(connections.deepLink(connection.id, '901', 0)).rejects.toMatchObject({ code: 'link-unknown' });
  });
});
