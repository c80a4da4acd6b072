import type { RequestListener } from 'node:http';
import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PullId } from '../../../src-main/contract/ids';
import type { PlatformKind } from '../../../src-main/contract/source';
import type { StoredSession } from '../../../src-main/contract/session';
import { fileServer, type FileServerState } from '../../helpers/contract-servers/file-server';
import { amplitudeOf, amplitudePair, postHogKey, postHogOf, sentryKey, sentryOf } from '../../helpers/platform-samples';
import { makeHome, openServices } from '../../helpers/services';
import { resourcePath } from '../../helpers/fixtures';
import { collectEvents, contentOf } from '../../helpers/stored-session';
import { testIdentity } from '../../helpers/test-transport';
import { startHttpsServer } from '../../helpers/tls-server';

interface Platform {
  kind: PlatformKind;
  place: Record<string, string>;
  key: string;
  remoteId: string;
  listener: RequestListener;
  /** Returns what identifies a request for recording data; undefined for any other request. */
  fetched: (url: string) => string | undefined;
  fileHosts?: string[];
}

const postHog = (blockCount = 100): Platform & ReturnType<typeof postHogOf> => {
  const served = postHogOf({ blockCount });
  const [remoteId = ''] = Object.keys(served.state.recordings);
  const fetched = (url: string): string | undefined => /start_blob_key=\d+/.exec(url)?.[0];
  return { ...served, kind: 'posthog', place: { project: '42' }, key: postHogKey, remoteId, fetched };
};

const sentry = (): Platform => ({
  ...sentryOf(),
  kind: 'sentry',
  place: { organization: 'acme' },
  key: sentryKey,
  remoteId: '11:7e07485f12f9416b8b1426260799b51f',
  fetched: (url) => (url.includes('/recording-segments/') ? (/cursor=[^&]+/.exec(url)?.[0] ?? 'first') : undefined),
});

const demoFile = (name: string): Buffer => gunzipSync(readFileSync(resourcePath(`demo/${name}.json.gz`)));

/** A session in one file. Without an ETag, no part of it can be requested. */
const files = (bytes: Buffer, etag?: string): Platform & { state: FileServerState } => {
  const state: FileServerState = { files: { '/rec/a.json': { bytes, ...(etag !== undefined && { etag }) } } };
  const place = { template: '/rec/{id}.json' };
  const fetched = (url: string): string | undefined => (url.startsWith('/rec/') ? url : undefined);
  return { kind: 'https', place, key: 'Bearer x', remoteId: 'a', state, listener: fileServer(state), fetched };
};

/** A platform whose replies can be interrupted, and an app that can be started again with the state of an earlier one. */
async function connect(platform: Platform) {
  // For each request, `stopAt` returns the number of body bytes after which the reply hangs, -1 to drop the connection, or undefined.
  const control = { stopAt: (_url: string): number | undefined => undefined };
  const requested: string[] = [];
  const server = await startHttpsServer(testIdentity, (request, response) => {
    const url = request.url ?? '';
    const name = platform.fetched(url);
    if (name !== undefined) requested.push(name);
    const bytes = control.stopAt(url);
    if (bytes === 0) return;
    if (bytes === -1) return void response.destroy();
    if (bytes !== undefined) {
      response.end = ((body: Buffer | string) => {
        response.write(Buffer.from(body).subarray(0, bytes));
        return response;
      }) as typeof response.end;
    }
    platform.listener(request, response);
  });
  onTestFinished(() => server.close());
  const home = await makeHome();
  const options = { ...(platform.fileHosts && { fileHosts: platform.fileHosts }) };
  const first = await openServices({ home, ...options });
  const { kind, place, key, remoteId } = platform;
  const connection = await first.add({ kind, place, key, origin: server.origin });
  const start = async () => {
    const app = await openServices({ home, ...options });
    return { ...app, pullIt: (jobId?: string) => app.pull(connection.id, remoteId, jobId) };
  };
  /** Starts a pull in an app that is abandoned once the platform hangs. */
  const cut = async (stopAt: typeof control.stopAt): Promise<void> => {
    const app = await start();
    let isHanging = false;
    control.stopAt = (url) => {
      const bytes = stopAt(url);
      isHanging ||= bytes !== undefined;
      return bytes;
    };
    app.pullIt().catch(() => undefined);
    await expect.poll(() => isHanging).toBe(true);
    control.stopAt = () => undefined;
  };
  const hangAt = (isIt: (url: string) => boolean): void => {
    control.stopAt = (url) => (isIt(url) ? 0 : undefined);
  };
  const breakAt = (isIt: (url: string) => boolean): void => {
    control.stopAt = (url) => (isIt(url) ? -1 : undefined);
  };
  return { home, server, requested, start, cut, hangAt, breakAt };
}

async function reference(platform: Platform): Promise<unknown> {
  const { start } = await connect(platform);
  const { vault, pullIt } = await start();
  return contentOf(vault, await pullIt());
}

const interrupted = ({ worker }: Awaited<ReturnType<typeof openServices>>) => worker.call('pull.interrupted', {});

describe('a pull whose process ended', () => {
  it('from PostHog resumes after the last complete blocks, with the same result as an uninterrupted pull', async () => {
    const complete = await reference(postHog());
    const { cut, start, requested } = await connect(postHog());
    await cut((url) => (url.includes('start_blob_key=60') ? 0 : undefined));
    const before = requested.length;
    const app = await start();
    const [pull] = await interrupted(app);
    expect(pull).toMatchObject({ from: 'posthog', sourceName: 'Shop' });
    expect(pull?.resumesAt).toBeGreaterThan(100_000);
    const session = await app.pullIt();
    expect(await contentOf(app.vault, session)).toEqual(complete);
    expect(session.isPartial).toBeUndefined();
    expect(requested.slice(before)).toEqual(['start_blob_key=60', 'start_blob_key=80']);
    expect(await interrupted(app)).toEqual([]);
  });

  it('from PostHog requests interrupted blocks again, without duplicate events', async () => {
    const complete = await reference(postHog());
    const { cut, start, requested } = await connect(postHog());
    await cut((url) => (url.includes('start_blob_key=40') ? 30_000 : undefined));
    const before = requested.length;
    const app = await start();
    expect(await contentOf(app.vault, await app.pullIt())).toEqual(complete);
    expect(requested.slice(before)[0]).toBe('start_blob_key=40');
  });

  it('from Sentry resumes with the interrupted page', async () => {
    const complete = await reference(sentry());
    const { cut, start, requested } = await connect(sentry());
    await cut((url) => (url.includes('cursor=') ? 0 : undefined));
    const before = requested.length;
    const app = await start();
    expect(await contentOf(app.vault, await app.pullIt())).toEqual(complete);
    expect(requested.slice(before)).not.toContain('first');
  });

  it('from Amplitude fetches no file twice', async () => {
    const fetched: string[] = [];
    const open = async (): Promise<Platform> => {
      let storeOrigin = '';
      const { listener, store } = amplitudeOf(() => storeOrigin);
      const server = await startHttpsServer(testIdentity, (request, response) => {
        fetched.push((request.url ?? '').split('?')[0] ?? '');
        if (isHanging && request.url?.includes('/2.json.gz')) return;
        store(request, response);
      });
      onTestFinished(() => server.close());
      storeOrigin = server.origin;
      const fileHosts = [new URL(server.origin).host];
      const remoteId = 'device-1/1764000000000';
      return {
        kind: 'amplitude',
        place: {},
        key: amplitudePair,
        remoteId,
        listener,
        fetched: () => undefined,
        fileHosts,
      };
    };
    let isHanging = false;
    const complete = await reference(await open());
    const { start } = await connect(await open());
    const first = await start();
    fetched.length = 0;
    isHanging = true;
    first.pullIt().catch(() => undefined);
    await expect.poll(() => fetched.some((path) => path.includes('/2.json.gz'))).toBe(true);
    isHanging = false;
    fetched.length = 0;
    const app = await start();
    expect(await contentOf(app.vault, await app.pullIt())).toEqual(complete);
    expect(fetched).toEqual(['/replays/2.json.gz']);
  });

  it('from a file resumes at the last stored byte', async () => {
    const served = (): Platform => files(demoFile('harbor-checkout'), '"v1"');
    const complete = await reference(served());
    const { cut, start, server } = await connect(served());
    await cut((url) => (url.startsWith('/rec/') ? 700_000 : undefined));
    const app = await start();
    // Data sent before the interruption may not be on the disk yet.
    await expect.poll(async () => (await interrupted(app))[0]?.resumesAt ?? 0).toBeGreaterThan(400_000);
    expect(await contentOf(app.vault, await app.pullIt())).toEqual(complete);
    const { headers } = server.requests.at(-1) ?? {};
    expect(headers).toMatchObject({ 'if-match': '"v1"' });
    expect(headers?.range).toMatch(/^bytes=[45]\d{5}-$/);
  });

  it('from a platform that can’t resume keeps the old data until the new pull is complete', async () => {
    const bytes = demoFile('sb-admin2-multipage-canvas');
    const complete = (await reference(files(bytes))) as { events: unknown };
    const platform = files(bytes);
    const { cut, start } = await connect(platform);
    await cut((url) => (url.startsWith('/rec/') ? Math.round(bytes.length * 0.8) : undefined));
    const app = await start();
    await expect.poll(async () => (await interrupted(app))[0]?.bytes ?? 0).toBeGreaterThan(1_000_000);
    expect((await interrupted(app))[0]?.resumesAt).toBe(0);
    const served = platform.state.files;
    platform.state.files = {};
    await expect(app.pullIt()).rejects.toMatchObject({ code: 'remote-not-found' });
    const [kept] = await app.vault.list();
    expect(kept).toMatchObject({ isPartial: true });
    expect(kept?.facts.events).toBeGreaterThan(10);
    platform.state.files = served;
    const session = await app.pullIt();
    expect(session.isPartial).toBeUndefined();
    expect(await collectEvents(app.vault, session.id)).toEqual(complete.events);
    expect(await app.vault.list()).toHaveLength(1);
  });
});

describe('a resume position that is no longer valid', () => {
  it('restarts the pull from the beginning', async () => {
    const complete = await reference(postHog());
    const served = postHog();
    const { cut, start, requested } = await connect(served);
    await cut((url) => (url.includes('start_blob_key=60') ? 0 : undefined));
    const blocks = served.state.recordings[served.remoteId]?.blocks ?? [];
    const [early] = blocks;
    if (early) blocks.unshift({ ...early, bytes: Buffer.from(''), startMs: early.startMs - 1 });
    const before = requested.length;
    const app = await start();
    const session = await app.pullIt();
    expect(requested[before]).toBe('start_blob_key=0');
    expect(await contentOf(app.vault, session)).toEqual(complete);
    expect(await interrupted(app)).toEqual([]);
  });

  it('keeps the data if the platform has deleted the recording', async () => {
    const served = postHog();
    const { cut, start } = await connect(served);
    await cut((url) => (url.includes('start_blob_key=60') ? 0 : undefined));
    delete served.state.recordings[served.remoteId];
    const app = await start();
    await expect(app.pullIt()).rejects.toMatchObject({ code: 'remote-not-found' });
    const [kept] = await app.vault.list();
    expect(kept?.isPartial).toBe(true);
    expect(kept?.facts.events).toBe(Math.round((served.events.length * 60) / 100));
  });

  it('restarts the pull if the journal is damaged', async () => {
    const complete = await reference(postHog());
    const { cut, start, home } = await connect(postHog());
    await cut((url) => (url.includes('start_blob_key=60') ? 0 : undefined));
    const [vaultName = ''] = await readdir(home.folder);
    const pulls = join(home.folder, vaultName, 'pulls');
    const [name = ''] = await readdir(pulls);
    const chunk = join(pulls, name, '0');
    const bytes = await readFile(chunk);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(chunk, bytes);
    const app = await start();
    expect(await contentOf(app.vault, await app.pullIt())).toEqual(complete);
  });
});

describe('the journal of an interrupted pull', () => {
  it('is encrypted, and deleted when it is discarded', async () => {
    const { cut, start, home } = await connect(postHog());
    await cut((url) => (url.includes('start_blob_key=60') ? 0 : undefined));
    const app = await start();
    const [vaultName = ''] = await readdir(home.folder);
    const folder = join(home.folder, vaultName, 'pulls');
    const names = await readdir(folder, { recursive: true });
    const all = [...names, ...(await Promise.all(names.map((name) => readFile(join(folder, name)).catch(() => ''))))];
    expect(all.join('\n')).not.toMatch(/0196e180|jane|harbor|window-1/);
    const [pull] = await interrupted(app);
    await app.worker.call('pull.discard', { id: v.parse(PullId, pull?.id) });
    expect(await interrupted(app)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is kept when the platform fails, and deleted when the user cancels the pull', async () => {
    const served = postHog();
    const { start, requested, breakAt } = await connect(served);
    const app = await start();
    breakAt((url) => url.includes('start_blob_key=60'));
    await expect(app.pullIt()).rejects.toMatchObject({ code: 'remote-gone' });
    const [partial]: StoredSession[] = await app.vault.list();
    expect(partial?.isPartial).toBe(true);
    expect(await interrupted(app)).toHaveLength(1);
    breakAt(() => false);
    const before = requested.length;
    const session = await app.pullIt();
    expect(requested.slice(before)[0]).toBe('start_blob_key=60');
    expect(session).toMatchObject({ id: partial?.id, facts: { events: served.events.length } });
    expect(session.isPartial).toBeUndefined();

    const other = await connect(postHog());
    const stopped = await other.start();
    other.hangAt((url) => url.includes('start_blob_key=60'));
    const pulling = stopped.pullIt('job-stop');
    await expect.poll(() => stopped.progress.some(({ done }) => done > 0)).toBe(true);
    stopped.jobs.cancel('job-stop');
    await expect(pulling).rejects.toMatchObject({ code: 'cancelled' });
    expect(await interrupted(stopped)).toEqual([]);

    const resumed = await connect(postHog());
    await resumed.cut((url) => (url.includes('start_blob_key=60') ? 0 : undefined));
    const app2 = await resumed.start();
    resumed.hangAt((url) => url.includes('start_blob_key=80'));
    const again = app2.pullIt('job-again');
    await expect.poll(() => resumed.requested.at(-1)).toContain('=80');
    app2.jobs.cancel('job-again');
    await expect(again).rejects.toMatchObject({ code: 'cancelled' });
    expect(await interrupted(app2)).toHaveLength(1);
  });

  it('records that the platform lost data before the resume position', async () => {
    const served = postHog();
    const blocks = served.state.recordings[served.remoteId]?.blocks ?? [];
    Object.assign(blocks[5] ?? {}, { isLost: 'always' });
    const { cut, start } = await connect(served);
    await cut((url) => (url.includes('start_blob_key=60') ? 0 : undefined));
    const app = await start();
    expect((await app.pullIt()).isPartial).toBe(true);
  });
});
