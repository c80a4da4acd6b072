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

// These tests pull through the services and the real transport, over TLS, into a vault.

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;
const type = { 'content-type': 'application/jsonl' };
const line = (event: unknown): string => `${JSON.stringify(['window-1', event])}\n`;
const canned = (answer: string | Buffer): ServerBehavior => ({ onRequest: (socket) => socket.end(answer) });

/** Sends a head, then writes until the client closes the connection. */
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

/** Sends a body byte by byte. */
const drip: ServerBehavior = {
  onRequest(socket: TLSSocket) {
    socket.write(reply('[', { ...type, 'content-length': '100000' }));
    const timer = setInterval(() => socket.write(' '), 20);
    socket.on('close', () => clearInterval(timer));
  },
};

const redirect = (location: string): ServerBehavior => canned(reply('', { location }, '302 Found'));
const oldTls = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

interface Row {
  name: string;
  behavior: ServerBehavior;
  limits?: Partial<TransportLimits>;
  code: ErrorCode;
  details?: ErrorDetails;
  /** The failing reply contains events before it fails. */
  hasEvents?: true;
}

const rows: Row[] = [
  {
    name: 'an endless body',
    behavior: endless(chunkedHead, chunk(clicks(200))),
    limits: { wireBytes: megabyte },
    code: 'remote-too-large',
    details: { limit: '1 MB', advice: capAdvice('wireBytes') },
    hasEvents: true,
  },
  {
    name: 'a gzip bomb',
    behavior: canned(reply(gzipSync(Buffer.alloc(64 * megabyte, ' ')), { ...type, 'content-encoding': 'gzip' })),
    limits: { inflatedBytes: megabyte },
    code: 'remote-inflated',
    details: { limit: '1 MB', advice: capAdvice('inflatedBytes') },
  },
  {
    name: 'a body that arrives byte by byte',
    behavior: drip,
    limits: { totalMs: 700 },
    code: 'remote-timeout',
    details: { seconds: 1, advice: capAdvice('totalMs') },
  },
  {
    name: 'a body that stalls',
    behavior: { onRequest: (socket) => void socket.write(reply('', { ...type, 'content-length': '10' })) },
    limits: { idleMs: 500 },
    code: 'remote-timeout',
    details: { seconds: 1 },
  },
  {
    name: 'a Content-Length that is too small',
    behavior: canned(reply(clicks(20), { ...type, 'content-length': String(click.length * 2) })),
    code: 'remote-length',
    hasEvents: true,
  },
  {
    name: 'a Content-Length that is too large',
    behavior: canned(reply(clicks(2), { ...type, 'content-length': '100000' })),
    code: 'remote-cut',
    hasEvents: true,
  },
  {
    name: 'a truncated chunked body',
    behavior: canned(`${chunkedHead}${chunk(click)}`),
    code: 'remote-cut',
    hasEvents: true,
  },
  {
    name: 'headers of 10 MB',
    behavior: endless('HTTP/1.1 200 OK\r\n', `x-filler: ${'a'.repeat(kilobyte)}\r\n`),
    code: 'remote-head-large',
    details: { limit: '16 KB', advice: capAdvice('headerBytes') },
  },
  {
    name: 'a web page',
    behavior: canned(reply('<!doctype html><p>Sign in</p>', { 'content-type': 'text/html' })),
    code: 'remote-web-page',
  },
  { name: 'an image', behavior: canned(reply('x', { 'content-type': 'image/png' })), code: 'remote-not-recording' },
  { name: 'not HTTP', behavior: canned('SSH-2.0-OpenSSH_9.7\r\n'), code: 'remote-not-http' },
  {
    name: 'invalid gzip',
    behavior: canned(reply(click, { ...type, 'content-encoding': 'gzip' })),
    code: 'remote-compression',
  },
  {
    name: 'no Content-Length',
    behavior: canned(`HTTP/1.1 200 OK\r\ncontent-type: application/jsonl\r\n\r\n${click}`),
    code: 'remote-no-length',
  },
  { name: 'a redirect to http', behavior: redirect('http://localhost/'), code: 'remote-redirect' },
  { name: 'a redirect to another host', behavior: redirect('https://other.example/'), code: 'remote-redirect' },
  { name: 'an expired key', behavior: canned(reply('{}', {}, '401 Unauthorized')), code: 'key-refused' },
  {
    name: 'an expired certificate',
    behavior: { leaf: testLeaf(testAuthority, undefined, validFor(-10, -1)) },
    code: 'tls-expired',
  },
  {
    name: 'a certificate that is not valid yet',
    behavior: { leaf: testLeaf(testAuthority, undefined, validFor(1, 10)) },
    code: 'tls-expired',
  },
  { name: 'a self-signed certificate', behavior: { leaf: testLeaf(undefined) }, code: 'tls-untrusted' },
  { name: 'a certificate of an unknown CA', behavior: { leaf: testLeaf(testCa()) }, code: 'tls-untrusted' },
  {
    name: 'a certificate for another host',
    behavior: { leaf: testLeaf(testAuthority, ['other.example']) },
    code: 'tls-wrong-host',
  },
  { name: 'TLS 1.1 only', behavior: { tls: oldTls }, code: 'tls-old' },
];

describe('a platform that fails in the middle of a pull', () => {
  it.each(rows)('$name: $code', async ({ behavior, limits = {}, code, details, hasEvents }) => {
    const app = await openFailingServerApp();
    app.startFailing({ behavior, limits });
    const error: unknown = await app.pullIt().catch((thrown: unknown) => thrown);
    expect(toErrorReply(error)).toEqual({ code, ...(details && { details }) });
    expect(errorSentence(toErrorReply(error))).not.toContain('?');
    for (const { bytes } of app.log) expect(bytes).toBeLessThan(2 * megabyte);
    const kept = await expectPartial(app);
    if (hasEvents) expect(kept).toBeGreaterThan(app.before);
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
