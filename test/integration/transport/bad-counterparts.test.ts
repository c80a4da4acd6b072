import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { errorSentence, toErrorReply, type ErrorCode, type ErrorDetails } from '../../../src-main/contract/errors';
import { capAdvice } from '../../../src-main/contract/words/caps';
import type { TransportLimits } from '../../../src-main/node/transport/limits';
import { readDemoEvents } from '../../helpers/demo-events';
import { collectEvents } from '../../helpers/stored-session';
import { testAuthority } from '../../helpers/test-transport';
import { reply, testCa, testLeaf, validFor, type ServerBehavior } from '../../helpers/tls-server';
import { expectPartial, openFailingServerApp, failsAtBlock } from '../../helpers/failing-server-app';

// As seen from the services: through the real transport, over TLS, into the vault.

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;
const type = { 'content-type': 'application/jsonl' };
const line = (event: unknown): string => `${JSON.stringify(['window-1', event])}\n`;
const canned = (answer: string | Buffer): ServerBehavior => ({ onRequest: (socket) => socket.end(answer) });

/** Writes as fast as it is taken, for as long as it is. */
const endless = (head: string, piece: string): ServerBehavior => ({
  onRequest(socket) {
    const write = (): void => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', write);
    socket.write(head);
    write();
  },
});

const chunkedHead = 'HTTP/1.1 200 OK\r\ncontent-type: application/jsonl\r\ntransfer-encoding: chunked\r\n\r\n';
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const lastAt = readDemoEvents().at(-1)?.timestamp ?? 0;
const clickAt = (ms: number): string =>
  line({ type: 3, timestamp: lastAt + ms, data: { source: 2, type: 2, id: 1, x: 1, y: 1 } });
const click = clickAt(0);
const clicks = (count: number): string => Array.from({ length: count }, (_, at) => clickAt(at)).join('');

/** A byte now and then. */
const drip: ServerBehavior = {
  onRequest(socket: TLSSocket) {
    socket.write(reply('[', { ...type, 'content-length': '100000' }));
    const timer = setInterval(() => socket.write(' '), 20);
    socket.on('close', () => clearInterval(timer));
  },
};

const elsewhere = (location: string): ServerBehavior => canned(reply('', { location }, '302 Found'));
const oldTls = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

interface Row {
  name: string;
  bad: ServerBehavior;
  limits?: Partial<TransportLimits>;
  code: ErrorCode;
  details?: ErrorDetails;
  /** Events that the bad answer itself brings before it ends. */
  brings?: 'some';
}

const rows: Row[] = [
  {
    name: 'a body without end',
    bad: endless(chunkedHead, chunk(clicks(200))),
    limits: { wireBytes: megabyte },
    code: 'remote-too-large',
    details: { limit: '1 MB', advice: capAdvice('wireBytes') },
    brings: 'some',
  },
  {
    name: 'a gzip bomb',
    bad: canned(reply(gzipSync(Buffer.alloc(64 * megabyte, ' ')), { ...type, 'content-encoding': 'gzip' })),
    limits: { inflatedBytes: megabyte },
    code: 'remote-inflated',
    details: { limit: '1 MB', advice: capAdvice('inflatedBytes') },
  },
  {
    name: 'a slow drip',
    bad: drip,
    limits: { totalMs: 700 },
    code: 'remote-timeout',
    details: { seconds: 1, advice: capAdvice('totalMs') },
  },
  {
    name: 'silence within the body',
    bad: { onRequest: (socket) => void socket.write(reply('', { ...type, 'content-length': '10' })) },
    limits: { idleMs: 500 },
    code: 'remote-timeout',
    details: { seconds: 1 },
  },
  {
    name: 'a length that is too small',
    bad: canned(reply(clicks(20), { ...type, 'content-length': String(click.length * 2) })),
    code: 'remote-length',
    brings: 'some',
  },
  {
    name: 'a length that is too large',
    bad: canned(reply(clicks(2), { ...type, 'content-length': '100000' })),
    code: 'remote-cut',
    brings: 'some',
  },
  { name: 'a stream cut short', bad: canned(`${chunkedHead}${chunk(click)}`), code: 'remote-cut', brings: 'some' },
  {
    name: 'a head of 10 MB',
    bad: endless('HTTP/1.1 200 OK\r\n', `x-filler: ${'a'.repeat(kilobyte)}\r\n`),
    code: 'remote-head-large',
    details: { limit: '16 KB', advice: capAdvice('headerBytes') },
  },
  {
    name: 'a web page',
    bad: canned(reply('<!doctype html><p>Sign in</p>', { 'content-type': 'text/html' })),
    code: 'remote-web-page',
  },
  { name: 'a picture', bad: canned(reply('x', { 'content-type': 'image/png' })), code: 'remote-not-recording' },
  { name: 'no HTTP', bad: canned('SSH-2.0-OpenSSH_9.7\r\n'), code: 'remote-not-http' },
  {
    name: 'compression that is none',
    bad: canned(reply(click, { ...type, 'content-encoding': 'gzip' })),
    code: 'remote-compression',
  },
  {
    name: 'no length',
    bad: canned(`HTTP/1.1 200 OK\r\ncontent-type: application/jsonl\r\n\r\n${click}`),
    code: 'remote-no-length',
  },
  { name: 'a redirect to http', bad: elsewhere('http://localhost/'), code: 'remote-redirect' },
  { name: 'a redirect to another host', bad: elsewhere('https://other.example/'), code: 'remote-redirect' },
  { name: 'a key that is over after an hour', bad: canned(reply('{}', {}, '401 Unauthorized')), code: 'key-refused' },
  {
    name: 'an expired certificate',
    bad: { leaf: testLeaf(testAuthority, undefined, validFor(-10, -1)) },
    code: 'tls-expired',
  },
  {
    name: 'a certificate of tomorrow, by this computer’s clock',
    bad: { leaf: testLeaf(testAuthority, undefined, validFor(1, 10)) },
    code: 'tls-expired',
  },
  { name: 'a self-signed certificate', bad: { leaf: testLeaf(undefined) }, code: 'tls-untrusted' },
  { name: 'a certificate of an unknown CA', bad: { leaf: testLeaf(testCa()) }, code: 'tls-untrusted' },
  {
    name: 'a certificate for another host',
    bad: { leaf: testLeaf(testAuthority, ['other.example']) },
    code: 'tls-wrong-host',
  },
  { name: 'TLS 1.1 and nothing newer', bad: { tls: oldTls }, code: 'tls-old' },
];

describe('a platform that fails in the middle of a pull', () => {
  it.each(rows)('$name: $code', async ({ bad, limits = {}, code, details, brings }) => {
    const app = await openFailingServerApp();
    app.startFailing({ behavior: bad, limits });
    const error: unknown = await app.pullIt().catch((thrown: unknown) => thrown);
    expect(toErrorReply(error)).toEqual({ code, ...(details && { details }) });
    expect(errorSentence(toErrorReply(error))).not.toContain('?');
    for (const { bytes } of app.log) expect(bytes).toBeLessThan(2 * megabyte);
    const kept = await expectPartial(app);
    if (brings) expect(kept).toBeGreaterThan(app.before);
    else expect(kept).toBe(app.before);

    app.stopFailing();
    const session = await app.pullIt();
    expect(app.asked.at(-2)).toBe(failsAtBlock);
    expect(session.isPartial).toBeUndefined();
    expect(session.facts.events).toBeGreaterThanOrEqual(app.served.events.length);
    expect(await collectEvents(app.vault, session.id)).toHaveLength(session.facts.events);
  });

  it('a reset in the middle of a reply: remote-gone', async () => {
    const app = await openFailingServerApp();
    let reset = (): void => undefined;
    app.startFailing({
      behavior: {
        onRequest(socket, drop) {
          reset = drop;
          socket.write(reply(click, { ...type, 'content-length': '100000' }));
        },
      },
    });
    const failing = expect(app.pullIt()).rejects.toMatchObject({ code: 'remote-gone' });
    const [recording] = Object.values(app.served.state.recordings);
    const blocks = recording?.blocks?.slice(0, failsAtBlock) ?? [];
    const before = blocks.reduce((bytes, block) => bytes + block.bytes.length, 0);
    await expect.poll(() => app.progress.at(-1)?.done ?? 0).toBeGreaterThan(before);
    reset();
    await failing;
    expect(await expectPartial(app)).toBe(app.before + 1);
    app.stopFailing();
    expect((await app.pullIt()).isPartial).toBeUndefined();
    expect(app.asked.at(-2)).toBe(failsAtBlock);
  });
});
