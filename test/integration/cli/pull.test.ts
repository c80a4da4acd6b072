import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { inputOf } from '../../../src-main/core/recording/parse';
import { plainDocuments, withoutRepeats } from '../../../src-main/node/intake/unpack-documents';
import { fileServer } from '../../helpers/contract-servers/file-server';
import { casement, casementUntil, type CommandResult } from '../../helpers/command-line';
import { cutEvents, readDemoEvents } from '../../helpers/demo-events';
import {
  fullStoryKey,
  fullStoryOf,
  postHogKey,
  postHogOf,
  sentryKey,
  sentryOf,
  umamiLogin,
  umamiOf,
  umamiToken,
} from '../../helpers/platform-samples';
import { startConnectProxy } from '../../helpers/proxy-servers';
import { makeTempFolder } from '../../helpers/temp-folder';
import { testAuthority, testIdentity } from '../../helpers/test-transport';
import { startHttpsServer, testLeaf } from '../../helpers/tls-server';

let folder: string;
beforeEach(async () => {
  folder = await makeTempFolder();
});

/** Starts a platform on real TLS and writes its source and key files. Returns the arguments that use them. */
async function serve(kind: string, place: object, listener: Parameters<typeof startHttpsServer>[1], key: string) {
  const server = await startHttpsServer(testIdentity, listener);
  onTestFinished(() => server.close());
  const source = join(folder, 'source.json');
  const keyFile = join(folder, 'key.txt');
  writeFileSync(source, JSON.stringify({ kind, origin: server.origin, place, caPem: testAuthority.certPem }));
  writeFileSync(keyFile, `${key}\n`);
  const out = join(folder, 'out');
  return { server, out, args: ['pull', '--source', source, '--key-file', keyFile, '--out', out] };
}

function postHog(served: NonNullable<Parameters<typeof postHogOf>[0]> = {}) {
  const { listener, state, events } = postHogOf(served);
  return { listener, events, id: state.sessions[0]?.id ?? '', place: { project: '42' } };
}

/** Returns the number of events that `inspect` reports for a downloaded file. */
async function eventsIn(file: string): Promise<number> {
  const { stdout } = await casement('inspect', file, '--json');
  return (JSON.parse(stdout) as { recordings: { events: number }[] }).recordings[0]?.events ?? 0;
}

/** Returns the files in a folder, but for the hidden list of those that are complete. */
const filesIn = (path: string): string[] => readdirSync(path).filter((name) => name !== '.casement-pulled');

/** Expects that neither the output nor the written files contain the key. */
function expectNoKey(key: string, { stdout, stderr }: CommandResult, out?: string): void {
  const secret = key.replace(/^.*?(?=canary)/, '');
  expect(secret).toMatch(/^canary/);
  expect(stdout + stderr).not.toContain(secret);
  if (out === undefined) return;
  for (const name of filesIn(out)) expect(readFileSync(join(out, name), 'utf8')).not.toContain(secret);
}

describe('pull', () => {
  it('saves a PostHog session as a file that other commands read', async () => {
    const { listener, events, id, place } = postHog();
    const { args, out } = await serve('posthog', place, listener, postHogKey);
    const result = await casement(...args, '--session', id, '--json');
    expect(result.stderr).toContain('wrote ');
    expect(result.code).toBe(0);
    expect(filesIn(out)).toEqual([`${id}.json`]);
    const file = join(out, `${id}.json`);
    expect(JSON.parse(result.stdout)).toEqual({
      key: {
        holder: 'Support',
        scopes: [{ name: 'session_recording:read', evidence: 'reported' }],
        warnings: [],
      },
      sessions: [
        {
          session: id,
          outcome: 'complete',
          file,
          bytes: readFileSync(file).length,
          events: events.length,
          completeness: [{ unit: 'blocks', received: 3, expected: 3 }],
          isPartial: false,
          mayGrowUntil: expect.any(String) as string,
        },
      ],
      isCut: false,
      unusable: 0,
    });
    expect(await eventsIn(file)).toBe(events.length);
    expectNoKey(postHogKey, result, out);
    expect((await casement('timeline', file, '--format', 'md')).code).toBe(0);
  });

  it('saves all sessions of a Sentry user, and none twice', async () => {
    const { listener, state, events } = sentryOf();
    const name = `11-${state.replays[0]?.id}`;
    const { args, out } = await serve('sentry', { organization: 'acme', project: '11' }, listener, sentryKey);
    for (const _run of [1, 2]) {
      const result = await casement(...args, '--user', 'jane@example.com');
      expect(result.code).toBe(0);
      expect(filesIn(out)).toEqual([`${name}.json`]);
      expectNoKey(sentryKey, result, out);
    }
    expect(await eventsIn(join(out, `${name}.json`))).toBe(events.length);
  });

  it('never reports a part of a session as complete', async () => {
    const { listener, id, place } = postHog({ hasLostBlock: true });
    const { args } = await serve('posthog', place, listener, postHogKey);
    const { code, stdout, stderr } = await casement(...args, '--session', id, '--json');
    expect(code).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({
      sessions: [
        { outcome: 'incomplete', isPartial: true, completeness: [{ unit: 'blocks', received: 2, expected: 3 }] },
      ],
    });
    expect(stderr).toContain('Not complete: 1 of 3 blocks missing');
    // A button of the app.
    expect(stderr).not.toContain('Check for updates');
  });

  it('leaves no file when the key is refused or the session is unknown, and exits with the platform’s error', async () => {
    const { listener, id, place } = postHog();
    const { args, out } = await serve('posthog', place, listener, 'phx_canary-another');
    const refused = await casement(...args, '--session', id);
    expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('key-refused') as string });
    expect(refused.stderr).not.toContain('trying again');
    expectNoKey('phx_canary-another', refused);
    expect(filesIn(out)).toEqual([]);
    writeFileSync(join(folder, 'key.txt'), postHogKey);
    const unknown = await casement(...args, '--session', '0196e180-73bd-7b72-869b-35ee20bbbcd2');
    expect(unknown).toMatchObject({ code: 4, stderr: expect.stringContaining('remote-not-found') as string });
    expect(filesIn(out)).toEqual([]);
    const noSessions = await casement(...args, '--user', 'nobody@example.com');
    expect(noSessions).toMatchObject({ code: 4, stderr: expect.stringContaining('remote-no-sessions') as string });
  });

  it('leaves no file when it is interrupted before anything has arrived', async () => {
    const { listener, id, place } = postHog();
    const { args, out } = await serve('posthog', place, listener, postHogKey);
    const stop = new AbortController();
    const { code } = await casementUntil(stop.signal, [...args, '--session', id], (line) => {
      if (line.startsWith('downloading')) stop.abort();
    });
    expect(code).toBe(130);
    expect(filesIn(out)).toEqual([]);
  });

  it.each<[string, object | string, RegExp]>([
    ['invalid JSON', 'kind: posthog', /not valid JSON/],
    ['an unknown platform', { kind: 'else', origin: 'https://x.test' }, /kind/],
    ['no address', { kind: 'posthog' }, /origin/],
    ['a key', { kind: 'posthog', origin: 'https://x.test', key: 'phx_1' }, /key/],
    ['a missing organization', { kind: 'sentry', origin: 'https://x.test' }, /place\.organization/],
  ])('reports wrong usage for a source file with %s', async (_, content, reason) => {
    const source = join(folder, 'source.json');
    writeFileSync(source, typeof content === 'string' ? content : JSON.stringify(content));
    const { code, stderr } = await casement('pull', '--source', source, '--session', 'x', '--out', folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toContain('phx_1');
  });

  it('reports wrong usage: no key, user and session together, or two sources of the key', async () => {
    const { listener, id, place } = postHog();
    const { args } = await serve('posthog', place, listener, postHogKey);
    const withoutKey = args.filter((_, index) => index !== 3 && index !== 4);
    for (const wrong of [[...withoutKey, '--session', id], args, [...args, '--session', id, '--user', 'a@b.example']])
      expect(await casement(...wrong)).toMatchObject({ code: 2 });
    for (const wrong of [
      ['--connection', 'Shop'],
      ['--connection', 'Shop', '--source', 's.json'],
    ])
      expect(
        await casement('pull', ...wrong.concat('--key-file', 'k', '--out', folder, '--session', id)),
      ).toMatchObject({
        code: 2,
      });
  });
});

/** Replies to the requests that `isFailing` chooses with a failure, and to all others as the platform does. */
const failing =
  (listener: RequestListener, isFailing: (url: string) => boolean, fail: (response: ServerResponse) => void) =>
  (request: IncomingMessage, response: ServerResponse): void =>
    isFailing(request.url ?? '') ? fail(response) : listener(request, response);

const drop = (response: ServerResponse): void => void response.socket?.destroy();
const fail500 = (response: ServerResponse): void =>
  void response.writeHead(500, { 'content-type': 'application/json' }).end('{"detail":"x"}');

/** Returns whether the first of a number of calls happen. */
function times(count: number): () => boolean {
  let left = count;
  return () => left-- > 0;
}

describe('the key of a pull', () => {
  it('is judged as in the app: owner, permissions and warnings come first', async () => {
    const { listener, id, place } = postHog({ scopes: ['session_recording:read', 'feature_flag:write'] });
    const { args } = await serve('posthog', place, listener, postHogKey);
    const result = await casement(...args, '--session', id, '--json');
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(
      /^key of Support, permissions: session_recording:read, feature_flag:write\nwarning: “feature_flag:write” can change/,
    );
    const { key } = JSON.parse(result.stdout) as { key: { warnings: string[] } };
    expect(key.warnings).toHaveLength(1);
    expectNoKey(postHogKey, result);
  });

  it('is refused if the app would refuse it, before anything is downloaded', async () => {
    const { listener, id, place } = postHog({ scopes: ['feature_flag:read'] });
    const { args, server } = await serve('posthog', place, listener, postHogKey);
    const result = await casement(...args, '--session', id);
    expect(result).toMatchObject({ code: 4, stderr: expect.stringMatching(/^key-scope: /) as string });
    expect(server.requests.filter(({ url }) => url.includes('snapshots'))).toEqual([]);
  });
});

describe('a password in place of a key', () => {
  it('is exchanged for a login, and printed nowhere', async () => {
    const { listener, state, events } = umamiOf();
    const place = { website: state.websiteId };
    const { args, out, server } = await serve('umami', place, listener, umamiLogin);
    const result = await casement(...args, '--user', 'jane@example.com');
    expect(result).toMatchObject({ code: 0 });
    const [name = ''] = filesIn(out);
    expect(await eventsIn(join(out, name))).toBe(events.length);
    expectNoKey(umamiLogin, result, out);
    expectNoKey(umamiToken, result, out);
    expect(server.requests.filter(({ url }) => url === '/api/auth/login')).toHaveLength(1);
  });
});

describe('a recording in several files', () => {
  it('is saved as one, and not as complete if a file is missing', async () => {
    const events = readDemoEvents();
    const lists = cutEvents(events, 3).map((list) => list.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const files = Object.fromEntries(
      [0, 1, 3].map((part, index) => [`/rec/s-1/${part}.ndjson.gz`, { bytes: gzipSync(lists[index] ?? '') }]),
    );
    const listener = fileServer({ files: { ...files, '/rec/s-2/0.ndjson.gz': { bytes: gzipSync(lists.join('')) } } });
    const { args, out } = await serve('https', { template: '/rec/{id}/{part}.ndjson.gz' }, listener, 'no-canary');
    expect(await casement(...args, '--session', 's-2')).toMatchObject({ code: 0 });
    const { stdout } = await casement(...args, '--session', 's-1', '--json');
    expect(stdout).toContain('"received": 3');
    expect(stdout).toContain('"expected": 4');
    expect(stdout).toContain('"outcome": "incomplete"');
    for (const name of filesIn(out)) expect(await eventsIn(join(out, name))).toBe(events.length);
  });
});

describe('a user with several sessions', () => {
  const ids = ['7e07485f12f9416b8b1426260799b51f', 'a', 'b'].map((id) => id.padEnd(32, '0'));
  function sentryWithThree() {
    const { listener, state, events } = sentryOf();
    const [replay] = state.replays;
    if (!replay) throw new Error('no replay');
    state.replays = ids.map((id) => ({ ...replay, id }));
    const segments = state.segments[`11:${replay.id}`] ?? [];
    state.segments = Object.fromEntries(ids.map((id) => [`11:${id}`, segments]));
    return { listener, state, events };
  }
  const place = { organization: 'acme', project: '11' };
  const user = ['--user', 'jane@example.com', '--json'];

  it('gives those that can be pulled, and reports the one that fails', async () => {
    const { listener, events } = sentryWithThree();
    const isBad = (url: string): boolean => url.includes(`${ids[1]}/recording-segments`);
    const { args, out } = await serve('sentry', place, failing(listener, isBad, fail500), sentryKey);
    const result = await casement(...args, ...user);
    expect(result.code).toBe(4);
    expect(JSON.parse(result.stdout)).toMatchObject({
      sessions: [
        { session: `11:${ids[0]}`, outcome: 'complete', events: events.length },
        { session: `11:${ids[1]}`, outcome: 'failed', error: { code: 'remote-failed' } },
        { session: `11:${ids[2]}`, outcome: 'complete' },
      ],
    });
    expect(result.stderr).toContain(`failed 11:${ids[1]}: remote-failed`);
    expect(result.stderr).toContain('pull-failed: 1 of 3 sessions');
    expect(filesIn(out).sort()).toEqual([`11-${ids[0]}.json`, `11-${ids[2]}.json`].sort());
  });

  it('ends when the key is refused, and says which sessions were not tried', async () => {
    const { listener, state } = sentryWithThree();
    const revoke = (response: ServerResponse): void => {
      state.keys = {};
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"detail":"Invalid token"}');
    };
    const isBad = (url: string): boolean => url.includes(`${ids[1]}/recording-segments`);
    const { args } = await serve('sentry', place, failing(listener, isBad, revoke), sentryKey);
    const result = await casement(...args, ...user);
    expect(result).toMatchObject({ code: 4, stderr: expect.stringContaining('\nkey-refused') as string });
    expect((JSON.parse(result.stdout) as { sessions: object[] }).sessions).toMatchObject([
      { outcome: 'complete' },
      { outcome: 'failed', error: { code: 'key-refused' } },
      { session: `11:${ids[2]}`, outcome: 'skipped' },
    ]);
  });

  it('ends when a firewall blocks the requests', async () => {
    const { listener } = sentryWithThree();
    const block = (response: ServerResponse): void =>
      void response.writeHead(403, { 'content-type': 'text/html' }).end('<html>Blocked</html>');
    const { args } = await serve(
      'sentry',
      place,
      failing(listener, (url) => url.includes('recording-segments'), block),
      sentryKey,
    );
    expect(JSON.parse((await casement(...args, ...user)).stdout)).toMatchObject({
      sessions: [
        { outcome: 'failed', error: { code: 'remote-blocked' } },
        { outcome: 'skipped', reason: 'not-tried' },
        { outcome: 'skipped', reason: 'not-tried' },
      ],
    });
  });

  it('leaves no part file if only empty lists arrived before a fault', async () => {
    const { listener, state } = sentryWithThree();
    state.segments[`11:${ids[0]}`] = Array.from({ length: 250 }, () => '[]');
    let page = 0;
    const isSecond = (url: string): boolean => url.includes('recording-segments') && page++ > 0;
    const { args, out } = await serve('sentry', place, failing(listener, isSecond, fail500), sentryKey);
    expect(await casement(...args, '--session', `11:${ids[0]}`)).toMatchObject({
      code: 4,
      stderr: expect.not.stringContaining('what arrived') as string,
    });
    expect(page).toBeGreaterThan(1);
    expect(filesIn(out)).toEqual([]);
  });

  it('leaves no file for a recording without events', async () => {
    const { listener, state } = sentryWithThree();
    state.segments[`11:${ids[0]}`] = ['[]', '[]'];
    const { args, out } = await serve('sentry', place, listener, sentryKey);
    const result = await casement(...args, '--session', `11:${ids[0]}`, '--json');
    expect(result.code).not.toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({ sessions: [{ outcome: 'failed' }] });
    expect(filesIn(out)).toEqual([]);
  });
});

describe('blocks that overlap', () => {
  it('are downloaded twice to find missing ones, and written once', async () => {
    const { listener, state, events } = postHogOf({ blockCount: 4 });
    const [id = ''] = Object.keys(state.recordings);
    // Each block claims the complete time of the session, so no event proves which one it is of.
    const { blocks = [] } = state.recordings[id] ?? {};
    const [startMs, endMs] = [blocks[0]?.startMs ?? 0, blocks.at(-1)?.endMs ?? 0];
    for (const block of blocks) Object.assign(block, { startMs, endMs });
    const { args, out, server } = await serve('posthog', { project: '42' }, listener, postHogKey);
    expect(await casement(...args, '--session', id)).toMatchObject({ code: 0 });
    expect(server.requests.filter(({ url }) => url.includes('start_blob_key')).length).toBeGreaterThan(1);
    const lines = readFileSync(join(out, `${id}.json`), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    expect(lines).toHaveLength(events.length);
  });
});

describe('a fault that passes', () => {
  const isBlocks = (url: string): boolean => url.includes('start_blob_key');

  it.each<[string, (response: ServerResponse) => void]>([
    ['a lost connection', drop],
    ['a server error', fail500],
    [
      'a cut reply',
      (response) => void response.writeHead(200, { 'content-length': 9 }).write('x', () => drop(response)),
    ],
  ])('is tried again: %s', async (_, fault) => {
    const { listener, events, id, place } = postHog();
    const isFirst = times(3);
    const served = failing(listener, (url) => isBlocks(url) && isFirst(), fault);
    const { args, out } = await serve('posthog', place, served, postHogKey);
    const { code, stderr } = await casement(...args, '--session', id);
    expect(stderr).toContain('trying again in 1 s');
    expect(code).toBe(0);
    expect(await eventsIn(join(out, `${id}.json`))).toBe(events.length);
  });

  it('is given up after a few tries without progress', async () => {
    const { listener, id, place } = postHog();
    const { args } = await serve('posthog', place, failing(listener, isBlocks, fail500), postHogKey);
    const waits: number[] = [];
    const wait = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
    const { code } = await casementUntil(new AbortController().signal, [...args, '--session', id], undefined, { wait });
    expect(code).toBe(4);
    expect(waits).toEqual([1000, 5000, 20_000]);
  });
});

describe('an interrupted pull', () => {
  /** Starts PostHog with 50 blocks, in batches of 20. The third batch fails until `repair`. */
  async function interrupted() {
    const { listener, events, id, place } = postHog({ blockCount: 50 });
    let isBroken = true;
    const isThird = (url: string): boolean => isBroken && url.includes('start_blob_key=40');
    const served = await serve('posthog', place, failing(listener, isThird, fail500), postHogKey);
    const pull = () => casement(...served.args, '--session', id, '--json');
    const first = await pull();
    return { ...served, id, events, first, pull, repair: () => (isBroken = false) };
  }
  const batches = (requests: readonly { url: string }[]): string[] =>
    requests.flatMap(({ url }) => /start_blob_key=(\d+)/.exec(url)?.[1] ?? []);

  it('keeps what has arrived, and continues there when the command is run again', async () => {
    const { out, id, events, first, server, pull, repair } = await interrupted();
    expect(first.code).toBe(4);
    expect(JSON.parse(first.stdout)).toMatchObject({
      sessions: [{ outcome: 'failed', error: { code: 'remote-failed' }, partFile: join(out, `${id}.part`) }],
    });
    expect(filesIn(out).sort()).toEqual([`${id}.part`, `${id}.part.json`]);
    const asked = server.requests.length;
    repair();
    const second = await pull();
    expect(second.stderr).toContain('continuing an earlier download');
    expect(JSON.parse(second.stdout)).toMatchObject({
      sessions: [
        {
          outcome: 'complete',
          events: events.length,
          completeness: [{ unit: 'blocks', received: 50, expected: 50 }],
        },
      ],
    });
    expect(batches(server.requests.slice(asked))).toEqual(['40']);
    expect(filesIn(out)).toEqual([`${id}.json`]);
  });

  it('starts again if the server no longer knows the position', async () => {
    const { out, id, events, server, pull, repair } = await interrupted();
    const state = join(out, `${id}.part.json`);
    const text = readFileSync(state, 'utf8').replace(/("resume":"blob_v2:\d+:)\d+/, '$11');
    writeFileSync(state, text);
    const asked = server.requests.length;
    repair();
    expect(await pull()).toMatchObject({ code: 0 });
    expect(batches(server.requests.slice(asked))).toEqual(['0', '20', '40']);
    expect(await eventsIn(join(out, `${id}.json`))).toBe(events.length);
  });

  it.each<[string, (state: string, part: string) => void]>([
    [
      'belongs to another session',
      (state) => writeFileSync(state, readFileSync(state, 'utf8').replace(/[0-9a-f]{64}/, 'x')),
    ],
    ['is shorter than its state says', (_, part) => writeFileSync(part, '[')],
    ['has an unreadable state', (state) => writeFileSync(state, '{')],
  ])('starts again if the part file %s', async (_, damage) => {
    const { out, id, events, pull, repair } = await interrupted();
    damage(join(out, `${id}.part.json`), join(out, `${id}.part`));
    repair();
    expect(await pull()).toMatchObject({ code: 0 });
    expect(await eventsIn(join(out, `${id}.json`))).toBe(events.length);
    expect(filesIn(out)).toEqual([`${id}.json`]);
  });

  it('continues within a compressed file whose server reports versions', async () => {
    // The demo's events compress well; random texts make a file that arrives in several pieces.
    const recorded = readDemoEvents().map((event) => ({ ...event, salt: randomBytes(2000).toString('base64') }));
    const bytes = gzipSync(JSON.stringify(recorded));
    let isBroken = true;
    const isFirst = times(1);
    const listener = fileServer({
      files: { '/r.json.gz': { bytes, type: 'application/gzip', etag: '"v1"' } },
      cutAfter: () => (!isBroken ? undefined : isFirst() ? Math.floor(bytes.length / 2) : 0),
    });
    const { args, out, server } = await serve('https', { template: '/{id}.json.gz' }, listener, '');
    const asked = [...args, '--session', 'r'];
    expect((await casement(...asked)).code).toBe(4);
    expect(filesIn(out).sort()).toEqual(['r.part', 'r.part.json']);
    const { length } = readFileSync(join(out, 'r.part'));
    isBroken = false;
    expect((await casement(...asked)).code).toBe(0);
    expect(server.requests.at(-1)?.headers.range).toBe(`bytes=${length}-`);
    expect(JSON.parse(readFileSync(join(out, 'r.json'), 'utf8'))).toHaveLength(recorded.length);
  });

  it('keeps the files private', async () => {
    const { out } = await interrupted();
    for (const name of filesIn(out)) expect(statSync(join(out, name)).mode & 0o077).toBe(0);
  });
});

describe('a damaged recording', () => {
  const lines = (from: number, to: number): Buffer =>
    Buffer.from(
      readDemoEvents()
        .slice(from, to)
        .map((event) => `${JSON.stringify(event)}\n`)
        .join(''),
    );
  const list = (from: number, to: number): Buffer => Buffer.from(JSON.stringify(readDemoEvents().slice(from, to)));
  const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length >> 1);

  it.each<[string, string, Record<string, Buffer>, RegExp, number]>([
    [
      'cut-off list',
      '/{id}.json',
      { '/s.json': half(list(0, 200)) },
      /the recording is cut off|an event is not valid JSON/,
      40,
    ],
    [
      'cut-off list among several files',
      '/{id}/{part}.json',
      { '/s/0.json': list(0, 100), '/s/1.json': half(list(100, 200)), '/s/2.json': list(200, 300) },
      /an event is not valid JSON|the list of events is damaged/,
      200,
    ],
    [
      'cut-off compressed file among several',
      '/{id}/{part}.ndjson.gz',
      {
        '/s/0.ndjson.gz': gzipSync(lines(0, 100)),
        '/s/1.ndjson.gz': half(gzipSync(lines(100, 200))),
        '/s/2.ndjson.gz': gzipSync(lines(200, 300)),
      },
      /1 of 3 files can’t be read to the end/,
      200,
    ],
    [
      'compressed file that isn’t one behind its first bytes',
      '/{id}/{part}.ndjson.gz',
      { '/s/0.ndjson.gz': gzipSync(lines(0, 100)), '/s/1.ndjson.gz': Buffer.from('\x1f\x8bxxxxxxxxxxxxxxx', 'latin1') },
      /1 of 2 files can’t be read to the end/,
      100,
    ],
  ])('is incomplete, and the rest is kept: %s', async (_, template, files, sentence, least) => {
    const served = Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, { bytes }]));
    const { args, out } = await serve('https', { template }, fileServer({ files: served }), 'no-canary');
    const { code, stdout, stderr } = await casement(...args, '--session', 's', '--json');
    expect(stderr).toMatch(sentence);
    expect(code).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({
      sessions: [{ outcome: 'incomplete', isPartial: true }],
      error: { code: 'pull-incomplete' },
    });
    expect(filesIn(out)).toEqual(['s.json']);
    expect(await eventsIn(join(out, 's.json'))).toBeGreaterThanOrEqual(least);
  });

  it('is kept as far as it arrived if the platform deletes it in the middle', async () => {
    const { listener, id, place } = postHog({ blockCount: 50 });
    const isGone = (url: string): boolean => url.includes('start_blob_key=40');
    const notFound = (response: ServerResponse): void =>
      void response
        .writeHead(404, { 'content-type': 'application/json' })
        .end('{"type":"invalid_request","code":"not_found","detail":"Not found.","attr":null}');
    const { args, out } = await serve('posthog', place, failing(listener, isGone, notFound), postHogKey);
    const { code, stdout } = await casement(...args, '--session', id, '--json');
    expect(code).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({
      sessions: [{ outcome: 'incomplete', error: { code: 'remote-not-found' } }],
    });
    expect(filesIn(out)).toEqual([`${id}.json`]);
  });
});

describe('a pull that is run again', () => {
  it('skips a session whose file is complete, until the file is removed or changed', async () => {
    const { listener, state } = sentryOf();
    const id = `11:${state.replays[0]?.id}`;
    const { args, out, server } = await serve('sentry', { organization: 'acme' }, listener, sentryKey);
    // The platform may add events for an hour; the clock of the command is later.
    const pull = () =>
      casementUntil(new AbortController().signal, [...args, '--session', id, '--json'], undefined, {
        now: () => new Date(Date.UTC(2100, 0)),
      });
    const outcome = async (): Promise<unknown> =>
      (JSON.parse((await pull()).stdout) as { sessions: unknown[] }).sessions[0];
    const first = await outcome();
    expect(first).toMatchObject({ outcome: 'complete' });
    const asked = server.requests.length;
    const { file, bytes, events } = first as { file: string; bytes: number; events: number };
    expect(await outcome()).toMatchObject({ outcome: 'skipped', reason: 'already-complete', file, bytes, events });
    expect(server.requests.slice(asked).filter(({ url }) => url.includes('segments'))).toEqual([]);
    writeFileSync(file, '[]');
    expect(await outcome()).toMatchObject({ outcome: 'complete' });
    expect(filesIn(out)).toHaveLength(2);
    expect(readFileSync(file, 'utf8')).toBe('[]');
  });

  it('downloads a session again that is incomplete or may grow, and writes no second file if it is the same', async () => {
    const { listener, id, place } = postHog({ hasLostBlock: true });
    const { args, out, server } = await serve('posthog', place, listener, postHogKey);
    await casement(...args, '--session', id);
    const asked = server.requests.length;
    expect(await casement(...args, '--session', id)).toMatchObject({ code: 7 });
    expect(server.requests.slice(asked).some(({ url }) => url.includes('start_blob_key'))).toBe(true);
    expect(filesIn(out)).toEqual([`${id}.json`]);
  });
});

describe('the list of a user’s sessions', () => {
  /** Starts PostHog with a list of given pages, and the same recording for each session. */
  async function listed(...pages: string[][]) {
    const { listener, state } = postHogOf({});
    const [row] = state.sessions;
    const recording = Object.values(state.recordings)[0];
    if (!row || !recording) throw new Error('no recording');
    for (const id of pages.flat()) state.recordings[id] = recording;
    const withList: RequestListener = (request, response) => {
      const url = new URL(request.url ?? '', 'https://x.test');
      if (!url.pathname.endsWith('/session_recordings/')) return listener(request, response);
      const offset = Number(url.searchParams.get('offset') ?? 0);
      const starts = pages.map((_, index) => pages.slice(0, index).flat().length);
      const index = starts.indexOf(offset);
      const results = (pages[index] ?? []).map((id) => ({ ...row, id }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ results, has_next: index < pages.length - 1 }));
    };
    const { args } = await serve('posthog', { project: '42' }, withList, postHogKey);
    const result = await casement(...args, '--user', 'jane@example.com', '--json');
    return { ...result, report: JSON.parse(result.stdout) as { sessions: { session: string }[] } };
  }

  it('is read to its end past a session whose ID is invalid, which counts as failed', async () => {
    const { code, stderr, report } = await listed(['s-1', 'weird/../id ü'], ['s-2', 's-3']);
    expect(report).toMatchObject({ isCut: true, unusable: 1, error: { code: 'pull-failed' } });
    expect(report.sessions.map(({ session }) => session)).toEqual(['s-1', 's-2', 's-3']);
    expect(stderr).toContain('one listed session can’t be downloaded');
    expect(stderr).toContain('1 of 4 sessions could not be downloaded');
    expect(stderr).not.toContain('only the newest');
    expect(code).toBe(4);
  });

  it('gives each session once, though two pages have it', async () => {
    const { code, report } = await listed(['s-1', 's-2'], ['s-2', 's-3']);
    expect(code).toBe(0);
    expect(report.sessions.map(({ session }) => session)).toEqual(['s-1', 's-2', 's-3']);
  });
});

describe('--session', () => {
  it.each<[string, (id: string, origin: string) => string]>([
    ['a link', (id, origin) => `${origin}/organizations/acme/replays/${id}/?query=x`],
    ['the ID that the platform’s player shows', (id) => id],
  ])('takes %s', async (_, write) => {
    const { listener, state, events } = sentryOf();
    const id = state.replays[0]?.id ?? '';
    const { args, out, server } = await serve('sentry', { organization: 'acme' }, listener, sentryKey);
    const { code, stdout } = await casement(...args, '--session', write(id, server.origin), '--json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { sessions: object[] }).sessions).toMatchObject([
      { session: `11:${id}`, outcome: 'complete' },
    ]);
    expect(await eventsIn(join(out, `11-${id}.json`))).toBe(events.length);
  });

  it('refuses a link to another server', async () => {
    const { listener } = sentryOf();
    const { args } = await serve('sentry', { organization: 'acme' }, listener, sentryKey);
    const link = 'https://sentry.example/organizations/acme/replays/7e07485f12f9416b8b1426260799b51f/';
    expect(await casement(...args, '--session', link)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the link is not of a session') as string,
    });
  });
});

describe('--json', () => {
  it('prints JSON also if the key is refused, or no session or user is found', async () => {
    const { listener, id, place } = postHog();
    const { args } = await serve('posthog', place, listener, 'phx_canary-another');
    const reportOf = async (...asked: string[]): Promise<unknown> =>
      JSON.parse((await casement(...args, ...asked, '--json')).stdout);
    expect(await reportOf('--session', id)).toMatchObject({ key: null, sessions: [], error: { code: 'key-refused' } });
    writeFileSync(join(folder, 'key.txt'), postHogKey);
    expect(await reportOf('--session', '0196e180-73bd-7b72-869b-35ee20bbbcd2')).toMatchObject({
      sessions: [{ outcome: 'failed' }],
      error: { code: 'remote-not-found' },
    });
    expect(await reportOf('--user', 'nobody@example.com')).toMatchObject({
      key: { holder: 'Support' },
      sessions: [],
      error: { code: 'remote-no-sessions' },
    });
  });
});

describe('the proxy of the environment', () => {
  it('is used', async () => {
    const { listener, events, id } = postHog();
    const host = 'posthog.invalid';
    const server = await startHttpsServer(testLeaf(testAuthority, [host]), listener);
    onTestFinished(() => server.close());
    const proxy = await startConnectProxy(Number(new URL(server.origin).port), { login: 'jane:pass' });
    const source = join(folder, 'source.json');
    const settings = { kind: 'posthog', origin: `https://${host}`, place: { project: '42' } };
    writeFileSync(source, JSON.stringify({ ...settings, caPem: testAuthority.certPem }));
    writeFileSync(join(folder, 'key.txt'), postHogKey);
    const args = ['pull', '--source', source, '--key-file', join(folder, 'key.txt'), '--out', folder, '--session', id];
    const run = (env: NodeJS.ProcessEnv) => casementUntil(new AbortController().signal, args, undefined, { env });
    const proxied = { HTTPS_PROXY: `http://jane:pass@${proxy.host}:${proxy.port}` };
    const { code, stderr } = await run(proxied);
    expect(stderr).not.toContain('pass@');
    expect(code).toBe(0);
    expect(new Set(proxy.asked)).toEqual(new Set([`${host}:443`]));
    expect(await eventsIn(join(folder, `${id}.json`))).toBe(events.length);
    const direct = await run({ ...proxied, NO_PROXY: '.invalid' });
    expect(direct).toMatchObject({ code: 4, stderr: expect.stringContaining('remote-no-host') as string });
  });
});

describe('a connection of the app', () => {
  const stored = {
    id: 'c-00000001',
    kind: 'posthog',
    name: 'Shop',
    place: { project: '42' },
    verdict: { holder: 'x' },
  };
  async function connected(names = ['Shop']) {
    const { listener, id } = postHog();
    const { server, out } = await serve('posthog', {}, listener, postHogKey);
    const all = names.map((name, index) => ({
      ...stored,
      id: `c-0000000${index + 1}`,
      name,
      origin: server.origin,
      caPem: testAuthority.certPem,
    }));
    writeFileSync(join(folder, 'connections.json'), JSON.stringify(all));
    const accounts: string[] = [];
    const readKeychain = (account: string): Promise<string | undefined> => {
      accounts.push(account);
      return Promise.resolve(account === 'connection/c-00000001' ? postHogKey : undefined);
    };
    const pull = (name: string) =>
      casementUntil(
        new AbortController().signal,
        ['pull', '--connection', name, '--session', id, '--out', out],
        undefined,
        { env: { CASEMENT_HOME: folder }, readKeychain },
      );
    return { pull, out, id, accounts };
  }

  it('is found by its name, and its key in the keychain', async () => {
    const { pull, out, id, accounts } = await connected();
    for (const name of ['Shop', 'shop', 'c-00000001']) {
      const result = await pull(name);
      expect(result.code).toBe(0);
      expectNoKey(postHogKey, result, out);
    }
    expect(filesIn(out)).toEqual([`${id}.json`]);
    expect(new Set(accounts)).toEqual(new Set(['connection/c-00000001']));
  });

  it('uses the valid token of a sign-in and the extra header, and never renews the token', async () => {
    const token = 'pha_canary-77';
    const { listener, state } = postHogOf({});
    const [id = ''] = Object.keys(state.recordings);
    state.keys = { [token]: { label: '', scopes: ['session_recording:read'], scoped_teams: [42] } };
    state.isOAuth = true;
    const gate: typeof listener = (request, response) => {
      if (request.headers['x-gate'] === 'canary-open-77') listener(request, response);
      else response.writeHead(403).end();
    };
    const { server, out } = await serve('posthog', {}, gate, token);
    const signIn = { clientId: 'c', scopes: ['session_recording:read'], projects: ['42'] };
    const gateway = { headers: ['x-gate'], hasCertificate: false };
    const connection = { ...stored, origin: server.origin, caPem: testAuthority.certPem, place: {}, signIn, gateway };
    writeFileSync(join(folder, 'connections.json'), JSON.stringify([connection]));
    const entries: Record<string, string> = {
      'connection/c-00000001/headers': JSON.stringify({ id: 'ab', parts: 2 }),
      'connection/c-00000001/headers/ab/0': '[{"name":"x-gate",',
      'connection/c-00000001/headers/ab/1': '"value":"canary-open-77"}]',
    };
    const pull = (expiresAt: number) => {
      entries['connection/c-00000001/tokens'] = JSON.stringify({ accessToken: token, refreshToken: 'r', expiresAt });
      return casementUntil(
        new AbortController().signal,
        ['pull', '--connection', 'Shop', '--session', id, '--out', out],
        undefined,
        { env: { CASEMENT_HOME: folder }, readKeychain: (account) => Promise.resolve(entries[account]) },
      );
    };
    const result = await pull(Date.UTC(2100, 0));
    expect(result.code).toBe(0);
    expectNoKey(token, result, out);
    expectNoKey('canary-open-77', result, out);
    expect(server.requests.some(({ method }) => method === 'POST')).toBe(false);
    const before = server.requests.length;
    expect(await pull(0)).toMatchObject({ code: 2, stderr: expect.stringContaining('sign-in') as string });
    expect(server.requests).toHaveLength(before);
    delete entries['connection/c-00000001/headers/ab/1'];
    expect(await pull(Date.UTC(2100, 0))).toMatchObject({
      stderr: expect.stringContaining('gateway-missing') as string,
    });
    expect(server.requests).toHaveLength(before);
  });

  it('is refused if there is none, more than one, or no key', async () => {
    const { pull } = await connected(['Shop', 'Shop', 'Blog']);
    expect(await pull('Docs')).toMatchObject({ code: 2, stderr: expect.stringContaining('“Blog”') as string });
    expect(await pull('Shop')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('c-00000001 and c-00000002') as string,
    });
    expect(await pull('Blog')).toMatchObject({ code: 2, stderr: expect.stringContaining('key-missing') as string });
  });
});

describe('a platform without replay', () => {
  it('gives a timeline that the other commands read', async () => {
    const { listener, id } = fullStoryOf();
    const { args, out } = await serve('fullstory', {}, listener, fullStoryKey);
    expect((await casement(...args, '--session', id)).code).toBe(0);
    const file = join(out, '111-222.json');
    expect(filesIn(out)).toEqual(['111-222.json']);
    expect(await eventsIn(file)).toBe(2);
    writeFileSync(file, readFileSync(file, 'utf8').replace('Pay now', 'Bill for Zoe Quill'));
    const timeline = async (policy: string): Promise<string> =>
      (await casement('timeline', file, '--format', 'md', '--policy', policy)).stdout;
    expect(await timeline('readable')).toContain('PERSON-1');
    expect(await timeline('private-by-default')).not.toMatch(/Zoe|Quill/);
    const packed = join(folder, 'x.casement');
    expect((await casement('pack', file, '--out', packed)).code).toBe(0);
    expect((await casement('verify', packed)).code).toBe(0);
    expect(await casement('redact', file, '--out', join(folder, 'r.json'))).toMatchObject({ code: 2 });
  });
});

describe('documents of a recording', () => {
  const tally = () => ({ documents: 0, damaged: 0 });
  /** Returns the text of documents, each in chunks. */
  async function read(documents: Buffer[][], counts = tally(), filter?: Parameters<typeof plainDocuments>[2]) {
    const pieces: Uint8Array[] = [];
    const inputs = documents.map((chunks) => inputOf(...chunks));
    for await (const piece of plainDocuments(inputs, counts, filter)) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  }

  it('are unpacked and separated wherever the chunks end', async () => {
    const packed = gzipSync('[3]');
    const counts = tally();
    const text = await read(
      [
        [Buffer.from('[1'), Buffer.from(']')],
        [],
        [packed.subarray(0, 1), packed.subarray(1, 9), packed.subarray(9)],
        [Buffer.from('[4]')],
      ],
      counts,
    );
    expect(text).toBe('[1]\n[3]\n[4]\n');
    expect(counts).toEqual({ documents: 3, damaged: 0 });
  });

  it('are kept up to the damage, which stops no other document; errors of the source are passed on', async () => {
    const packed = gzipSync(randomBytes(40_000).toString('hex'));
    const counts = tally();
    const text = await read([[packed.subarray(0, 30_000)], [gzipSync('[3]')]], counts);
    expect(text).toMatch(/^[0-9a-f]{40000,}\n\[3\]\n$/);
    expect(counts).toEqual({ documents: 2, damaged: 1 });
    const failing = {
      async *open(): AsyncGenerator<Uint8Array> {
        yield packed.subarray(0, 12);
        await Promise.resolve();
        throw new Error('gone');
      },
    };
    const drain = async (): Promise<void> => {
      for await (const _piece of plainDocuments([failing], tally()));
    };
    await expect(drain()).rejects.toThrow('gone');
  });

  it('lose the lines that an earlier document has, and keep those that one document repeats', async () => {
    const chunks = (text: string): Buffer[] => text.match(/.{1,3}/gs)?.map((chunk) => Buffer.from(chunk)) ?? [];
    const documents = ['{"a":1}\n{"b":2}\n{"b":2}\n', '{"b":2}\n{"c":3}', '{"c":3}\n{"d":4}\n'].map(chunks);
    const text = await read(documents, tally(), withoutRepeats());
    expect(text.split('\n').filter((line) => line !== '')).toEqual([
      '{"a":1}',
      '{"b":2}',
      '{"b":2}',
      '{"c":3}',
      '{"d":4}',
    ]);
    expect(await read(documents)).toContain('{"b":2}\n{"c":3}\n{"c":3}\n');
  });
});
