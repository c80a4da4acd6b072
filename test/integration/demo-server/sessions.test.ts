import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createRecordingServerSource } from '../../../src-main/core/sources/recording-server';
import type { OpenRecording } from '../../../src-main/core/sources/source';
import { DemoCatalogue } from '../../../src-main/node/demo-server/catalogue';
import { ask, connectDemo, openDemoSource, startDemo, takeDemoKey } from '../../helpers/demo-server';
import { resourcePath } from '../../helpers/fixtures';

interface Event {
  type: number;
  timestamp: number;
  data: { plugin?: string; href?: string; payload?: { level?: string; requests?: { status?: number }[] } };
}

async function readEvents({ parts }: OpenRecording): Promise<Event[]> {
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of parts) chunks.push(bytes);
  return JSON.parse(gunzipSync(Buffer.concat(chunks)).toString('utf8')) as Event[];
}

const catalogue = v.parse(DemoCatalogue, JSON.parse(readFileSync(resourcePath('demo/sessions.json'), 'utf8')));
const readRecording = (file: string): Event[] =>
  JSON.parse(gunzipSync(readFileSync(resourcePath(`demo/${file}`))).toString('utf8')) as Event[];

describe('the catalogue', () => {
  test.each(Object.entries(catalogue.recordings))('describes %s correctly', (file, facts) => {
    const events = readRecording(file);
    const [first, last] = [events[0], events.at(-1)];
    const plugins = events.filter(({ type }) => type === 6).map(({ data }) => data);
    const consoleErrors = plugins.filter(
      ({ plugin, payload }) => plugin === 'rrweb/console@1' && payload?.level === 'error',
    );
    const requests = plugins.flatMap(({ payload }) => payload?.requests ?? []);
    const failed = requests.filter(({ status = 0 }) => status >= 400);
    expect(facts).toMatchObject({
      recordedAt: new Date(first?.timestamp ?? 0).toISOString(),
      durationMs: (last?.timestamp ?? 0) - (first?.timestamp ?? 0),
      eventCount: events.length,
      entryPage: events.find(({ type, data }) => type === 4 && data.href !== 'about:blank')?.data.href,
      errorCount: consoleErrors.length + failed.length,
    });
  });

  test('gives every session a recording and every recording a session, with unique ids', () => {
    const used = new Set(catalogue.sessions.map(({ recording }) => recording));
    expect([...used].sort()).toEqual(Object.keys(catalogue.recordings).sort());
    expect(new Set(catalogue.sessions.map(({ id }) => id)).size).toBe(catalogue.sessions.length);
  });
});

describe('the source, over TLS', () => {
  test('the demo’s workflow: find the customer, see the failing checkout first, pull it', async () => {
    const source = await openDemoSource(await startDemo());
    expect(await source.verify()).toEqual({
      holder: 'Demo key',
      scopes: ['sessions:list', 'recordings:read'].map((name) => ({ name, evidence: 'reported' })),
      overPrivileged: [],
    });
    const { sessions, cursor } = await source.search({ email: 'Priya.Raman@harbor-example.com' });
    expect(cursor).toBeUndefined();
    expect(sessions).toHaveLength(3);
    expect(sessions[0]).toEqual({
      remoteId: 'ses_7q2m4kd9',
      user: 'priya.raman@harbor-example.com',
      startedAt: Date.UTC(2026, 10, 23, 13, 39, 4, 894),
      durationMs: 33_203,
      eventCount: 1393,
      entryPage: 'http://127.0.0.1:4110/',
      errorCount: 11,
      browser: 'not recorded',
    });
    expect(await readEvents(source.open('ses_7q2m4kd9'))).toEqual(readRecording('harbor-checkout.json.gz'));
  });

  test('every listed session can be pulled, starts at the listed time, and differs in its times only', async () => {
    const source = await openDemoSource(await startDemo());
    const { sessions } = await source.search({ email: '' });
    expect(sessions).toHaveLength(catalogue.sessions.length);
    expect(sessions.map(({ startedAt }) => -startedAt)).toEqual(
      sessions.map(({ startedAt }) => -startedAt).sort((a, b) => a - b),
    );
    for (const session of sessions) {
      const events = await readEvents(source.open(session.remoteId));
      expect(events[0]?.timestamp).toBe(session.startedAt);
      const file = catalogue.sessions.find(({ id }) => id === session.remoteId)?.recording ?? '';
      const recorded = readRecording(file);
      const shiftMs = session.startedAt - (recorded[0]?.timestamp ?? 0);
      expect(events.map((event) => ({ ...event, timestamp: event.timestamp - shiftMs }))).toEqual(recorded);
    }
  });

  test('finds no sessions of an unknown user', async () => {
    const source = await openDemoSource(await startDemo());
    expect(await source.search({ email: 'nobody@example.com' })).toMatchObject({ sessions: [], cursor: undefined });
  });

  test('reports an unknown session', async () => {
    const source = await openDemoSource(await startDemo());
    await expect(readEvents(source.open('ses_none'))).rejects.toMatchObject({ code: 'remote-not-found' });
  });

  test('refuses a wrong key', async () => {
    const source = createRecordingServerSource(connectDemo(await startDemo(), 'Bearer cas_demo_wrong'));
    await expect(source.verify()).rejects.toMatchObject({ code: 'key-refused' });
  });

  test('answers as localhost and as 127.0.0.1', async () => {
    const server = await startDemo();
    const key = await takeDemoKey(server);
    for (const host of ['localhost', '127.0.0.1']) {
      expect((await ask(connectDemo(server, `Bearer ${key}`, host), '/v1/me')).status).toBe(200);
    }
  });
});
