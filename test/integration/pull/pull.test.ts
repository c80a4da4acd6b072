import { readFileSync } from 'node:fs';
import { onTestFinished, describe, expect, it } from 'vitest';
import { damageWords } from '../../../src-main/contract/words/recording';
import { Keys } from '../../../src-main/services/keys';
import { fakeKeychain } from '../../helpers/in-process';
import { resourcePath } from '../../helpers/fixtures';
import { testIdentity } from '../../helpers/test-transport';
import { openServices } from '../../helpers/services';
import { startHttpsServer, type HttpsServer } from '../../helpers/tls-server';

const recording = readFileSync(resourcePath('demo/harbor-checkout.json.gz'));
const page = {
  sessions: [
    {
      id: 'abc-1',
      user_email: 'priya.raman@harbor-example.com',
      started_at: '2026-11-23T10:00:00Z',
      duration_ms: 33_000,
      event_count: 1393,
      entry_page: 'https://shop.example/',
      error_count: 11,
      browser: 'Chromium',
    },
  ],
  next_cursor: null,
};

/** Sends the recording, completely or not. */
type Delivery = (response: Parameters<Parameters<typeof startHttpsServer>[1]>[1]) => void;

const complete: Delivery = (response) => {
  response.setHeader('content-type', 'application/gzip').setHeader('content-length', recording.length).end(recording);
};
const resetInTheMiddle: Delivery = (response) => {
  response.setHeader('content-type', 'application/gzip').setHeader('content-length', recording.length);
  response.write(recording.subarray(0, 20_000), () => response.socket?.destroy());
};
const endsEarly: Delivery = (response) => {
  response.setHeader('content-type', 'application/gzip').end(recording.subarray(0, 20_000));
};
const stalls: Delivery = (response) => {
  response.setHeader('content-type', 'application/gzip').setHeader('content-length', recording.length);
  response.write(recording.subarray(0, 20_000));
};

async function connect(deliver: Delivery, status = 200) {
  const state = { status };
  const server: HttpsServer = await startHttpsServer(testIdentity, (request, response) => {
    response.statusCode = state.status;
    response.setHeader('content-type', 'application/json');
    if (state.status !== 200) response.end('{"error":{"code":"x","message":"y"}}');
    else if (request.url === '/v1/me') response.end('{"label":"test","scopes":["sessions:read"]}');
    else if (request.url?.endsWith('/recording')) deliver(response);
    else response.end(JSON.stringify(page));
  });
  onTestFinished(() => server.close());
  const { add, ...app } = await openServices();
  const connection = await add({ kind: 'server', origin: server.origin, place: {}, key: 'key-canary-0001' });
  await app.connections.search(connection.id, {}, undefined);
  const pull = (jobId = 'job-1') => app.pull(connection.id, 'abc-1', jobId);
  return { ...app, connection, pull, state };
}

describe('a pull', () => {
  it('stores the complete session, titled by its user, and reports its progress', async () => {
    const { pull, vault, progress } = await connect(complete);
    const session = await pull();
    expect(session).toMatchObject({ title: 'priya.raman@harbor-example.com', from: 'server', remoteId: 'abc-1' });
    expect(session.facts.events).toBe(1393);
    expect(session).not.toHaveProperty('missingParts');
    expect(await vault.list()).toHaveLength(1);
    expect(progress.filter(({ phase }) => phase === 'fetching').at(-1)?.done).toBe(recording.length);
  });

  it('reports the number of events read so far', async () => {
    const start = Date.UTC(2026, 10, 23);
    const node = { type: 0, id: 1, childNodes: [] };
    const first = [
      { type: 4, timestamp: start, data: { href: 'https://a.example/', width: 10, height: 10 } },
      { type: 2, timestamp: start, data: { node, initialOffset: { top: 0, left: 0 } } },
    ];
    const rest = Array.from({ length: 60_000 }, (_, index) => ({
      type: 3,
      timestamp: start + index,
      data: { source: 1, positions: [{ x: index, y: 1, id: 1, timeOffset: 0 }] },
    }));
    const body = Buffer.from(JSON.stringify([...first, ...rest]));
    const { pull, progress } = await connect((response) => {
      response.setHeader('content-length', body.length).end(body);
    });
    const session = await pull();
    const counts = progress.flatMap(({ phase, events }) => (phase === 'fetching' && events ? [events] : []));
    expect(counts.length).toBeGreaterThan(1);
    expect(counts).toEqual([...counts].sort((one, other) => one - other));
    expect(counts.at(-1)).toBeLessThanOrEqual(session.facts.events);
  });

  it('keeps the data received when the connection breaks, marked as partial, until a later pull completes it', async () => {
    let deliver = resetInTheMiddle;
    const { pull, vault } = await connect((response) => deliver(response));
    await expect(pull()).rejects.toMatchObject({ code: 'remote-cut' });
    const [kept] = await vault.list();
    expect(kept).toMatchObject({ isPartial: true });
    expect(kept?.facts.events).toBeGreaterThan(10);
    // The list has announced the number of events.
    const received = kept?.missingParts?.[0]?.received ?? 0;
    expect(kept?.missingParts).toEqual([{ unit: 'events', received, expected: 1393 }]);
    expect(received).toBeLessThan(1393);
    deliver = complete;
    const session = await pull('job-2');
    expect(session.id).toBe(kept?.id);
    expect(session.isPartial).toBeUndefined();
    expect(session.facts.events).toBe(1393);
  });

  it('keeps nothing if no event was received', async () => {
    const { pull, vault } = await connect((response) => {
      response.setHeader('content-type', 'application/gzip').setHeader('content-length', recording.length);
      response.write(recording.subarray(0, 20), () => response.socket?.destroy());
    });
    await expect(pull()).rejects.toMatchObject({ code: 'remote-cut' });
    expect(await vault.list()).toEqual([]);
  });

  it('keeps a recording that is truncated on the server, and counts the damage', async () => {
    const { pull } = await connect(endsEarly);
    const { facts, isPartial, missingParts } = await pull();
    expect(facts.events).toBeGreaterThan(10);
    expect(isPartial).toBe(true);
    expect(missingParts).toMatchObject([{ unit: 'events', expected: 1393 }]);
    expect(facts.damage.map(({ reason }) => reason)).toContain(damageWords.compressedCutOff);
  });

  it('adds only new events to a session that is in the library', async () => {
    let body = recording.subarray(0, 60_000);
    const { pull, vault } = await connect((response) => {
      response.setHeader('content-type', 'application/gzip').end(body);
    });
    const first = await pull();
    body = recording;
    const second = await pull('job-2');
    expect(second.id).toBe(first.id);
    expect(second.facts.events).toBe(1393);
    expect(second.generation).toBe(first.generation + 1);
    expect(await vault.list()).toHaveLength(1);
  });

  it('stores nothing when it is cancelled', async () => {
    const { pull, vault, jobs, progress } = await connect(stalls);
    const pulling = pull('job-9');
    await expect.poll(() => progress.some(({ done }) => done > 0)).toBe(true);
    jobs.cancel('job-9');
    await expect(pulling).rejects.toMatchObject({ code: 'cancelled' });
    expect(await vault.list()).toEqual([]);
  });

  it('marks a key that the server refuses, and accepts a new one', async () => {
    const { connection, connections, pull, state, keychain } = await connect(complete);
    state.status = 401;
    await expect(pull()).rejects.toMatchObject({ code: 'key-refused' });
    expect(await connections.list()).toMatchObject([{ key: 'refused' }]);
    await expect(
      connections.renewKey({ id: connection.id, key: 'key-canary-0002', allowKeyForThisRun: false }),
    ).rejects.toMatchObject({ code: 'key-refused' });
    expect([...keychain.entries.values()]).toEqual(['key-canary-0001']);

    state.status = 200;
    await connections.renewKey({ id: connection.id, key: 'key-canary-0003', allowKeyForThisRun: false });
    expect(await connections.list()).toMatchObject([{ key: 'keychain' }]);
    expect([...keychain.entries.values()]).toEqual(['key-canary-0003']);
  });
});

describe('keys', () => {
  it.each([
    ['none', 'keychain-none'],
    ['locked', 'keychain-locked'],
    ['hanging', 'keychain-locked'],
  ] as const)('are kept in memory only, and only with permission, when the keychain is %s', async (state, code) => {
    const keychain = fakeKeychain(state);
    const keys = new Keys(keychain);
    await expect(keys.save('a', 'secret', false)).rejects.toMatchObject({ code });
    expect(keychain.entries.size).toBe(0);
    expect(await keys.find('a')).toBe(state === 'none' ? 'missing' : 'locked');
    expect(await keys.save('a', 'secret', true)).toBe('this-run');
    expect(await keys.read('a')).toBe('secret');
    expect(keychain.entries.size).toBe(0);
  });
});
