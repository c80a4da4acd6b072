import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { plainDocuments } from '../../../src-main/node/intake/unpack-documents';
import type { RecordingPart } from '../../../src-main/core/sources/source';
import { casement, casementUntil, type CommandResult } from '../../helpers/command-line';
import { fullStoryKey, fullStoryOf, postHogKey, postHogOf, sentryKey, sentryOf } from '../../helpers/platform-samples';
import { makeTempFolder } from '../../helpers/temp-folder';
import { testAuthority, testIdentity } from '../../helpers/test-transport';
import { startHttpsServer } from '../../helpers/tls-server';

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

const filesIn = (path: string): string[] => readdirSync(path);

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
      sessions: [{ session: id, file, bytes: readFileSync(file).length, isPartial: false }],
    });
    expect(await eventsIn(file)).toBe(events.length);
    expectNoKey(postHogKey, result, out);
    expect((await casement('timeline', file, '--format', 'md')).code).toBe(0);
  });

  it('saves all sessions of a Sentry user, and overwrites no file', async () => {
    const { listener, state, events } = sentryOf();
    const name = `11-${state.replays[0]?.id}`;
    const { args, out } = await serve('sentry', { organization: 'acme', project: '11' }, listener, sentryKey);
    for (const names of [[`${name}.json`], [`${name}-2.json`, `${name}.json`]]) {
      const result = await casement(...args, '--user', 'jane@example.com');
      expect(result.stderr).toContain('wrote ');
      expect(filesIn(out).sort()).toEqual(names);
      expectNoKey(sentryKey, result, out);
    }
    expect(await eventsIn(join(out, `${name}.json`))).toBe(events.length);
  });

  it('reports that the platform left out data', async () => {
    const { listener, id, place } = postHog({ hasLostBlock: true });
    const { args } = await serve('posthog', place, listener, postHogKey);
    const { code, stdout, stderr } = await casement(...args, '--session', id, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ sessions: [{ isPartial: true }] });
    expect(stderr).toContain('did not provide all of it');
  });

  it('leaves no file when the key is refused or the session is unknown, and exits with the platform’s error', async () => {
    const { listener, id, place } = postHog();
    const { args, out } = await serve('posthog', place, listener, 'phx_canary-another');
    const refused = await casement(...args, '--session', id);
    expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('key-refused') as string });
    expectNoKey('phx_canary-another', refused);
    expect(filesIn(out)).toEqual([]);
    writeFileSync(join(folder, 'key.txt'), postHogKey);
    const unknown = await casement(...args, '--session', '0196e180-73bd-7b72-869b-35ee20bbbcd2');
    expect(unknown).toMatchObject({ code: 4, stderr: expect.stringContaining('remote-not-found') as string });
    expect(filesIn(out)).toEqual([]);
    const noSessions = await casement(...args, '--user', 'nobody@example.com');
    expect(noSessions).toMatchObject({ code: 4, stderr: expect.stringContaining('remote-not-found') as string });
  });

  it('leaves no file when it is interrupted', async () => {
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

  it('reports wrong usage: no key, user and session together, or a platform without replays', async () => {
    const { listener, id, place } = postHog();
    const { args } = await serve('posthog', place, listener, postHogKey);
    const withoutKey = args.filter((_, index) => index !== 3 && index !== 4);
    for (const wrong of [[...withoutKey, '--session', id], args, [...args, '--session', id, '--user', 'a@b.example']])
      expect(await casement(...wrong)).toMatchObject({ code: 2 });
    const fullStory = await serve('fullstory', {}, fullStoryOf().listener, fullStoryKey);
    expect(await casement(...fullStory.args, '--session', 'u:1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no replay') as string,
    });
  });
});

describe('documents of a recording', () => {
  async function* parts(...list: [bytes: Buffer, isDocumentEnd: boolean][]): AsyncGenerator<RecordingPart> {
    for (const [bytes, isDocumentEnd] of list) yield { bytes, isDocumentEnd, resume: undefined };
    await Promise.resolve();
  }
  async function read(source: AsyncIterable<RecordingPart>): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of plainDocuments(source)) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  }

  it('are unpacked and separated wherever the chunks end', async () => {
    const packed = gzipSync('[3]');
    const source = parts(
      [Buffer.from('[1'), false],
      [Buffer.from(']'), true],
      [Buffer.alloc(0), true],
      [packed.subarray(0, 1), false],
      [packed.subarray(1, 9), false],
      [packed.subarray(9), false],
      [Buffer.alloc(0), true],
      [Buffer.from('[4]'), true],
    );
    expect(await read(source)).toBe('[1]\n[3]\n[4]\n');
  });

  it('are reported as damaged when compressed data is damaged; errors of the source are passed on', async () => {
    const packed = gzipSync('[3]');
    await expect(read(parts([packed.subarray(0, 12), true]))).rejects.toMatchObject({ code: 'recording-unreadable' });
    async function* failing(): AsyncGenerator<RecordingPart> {
      yield { bytes: packed.subarray(0, 12), isDocumentEnd: false, resume: undefined };
      await Promise.resolve();
      throw new Error('gone');
    }
    await expect(read(failing())).rejects.toThrow('gone');
  });
});
