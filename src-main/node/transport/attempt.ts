import { Client, type Dispatcher } from 'undici';
import { CasementError, type ErrorCode } from '../../contract/errors';
import type { Connect } from './connector';
import type { Exchange } from './exchange';
import { toTransportError, type Phase } from './failure';
import { detectExcessBody } from './excess-body';
import { deferEndWhilePaused } from './undici-5360';
import type { TransportLimits } from './limits';

/** One line of the log of what was asked of the network. Never a query, a header or a body. */
export interface TransportLogEntry {
  method: string;
  host: string;
  /** Without its query. */
  path: string;
  /** 0 when no head of a reply came. */
  status: number;
  ms: number;
  /** Bytes of the body, as they were on the wire. */
  bytes: number;
  /** How it failed; absent when it didn't. */
  code?: ErrorCode;
}

export interface AttemptRequest {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string | undefined;
}

export interface AttemptContext {
  origin: string;
  connect: Connect;
  limits: TransportLimits;
  nowMs: () => number;
  log: (entry: TransportLogEntry) => void;
}

/** A reply whose head has come, with the connection that it holds. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** The body's bytes on the wire, counted. */
  wire: AsyncIterable<Uint8Array>;
  /** What an error that came up while reading means. */
  explain: (thrown: unknown) => CasementError;
  /** Drops the connection and writes the log's line; only the first call counts. */
  finish: (error?: CasementError) => void;
}

/**
 * Asks once, on a connection of its own that no other request ever uses: a reply that is longer than it said, or a
 * connection that died while it lay idle, can't touch the next one. TLS sessions are not resumed, so every
 * connection's certificate is checked.
 */
export async function ask(request: AttemptRequest, exchange: Exchange, context: AttemptContext): Promise<Answer> {
  const { limits, nowMs } = context;
  const progress = { status: 0, bytes: 0, phase: 'asking' as Phase, isFinished: false, isReset: false };
  let hasMore = (): boolean => false;
  const client = new Client(context.origin, {
    connect: (options, callback) =>
      context.connect(
        options,
        (...result) => {
          if (result[1]) {
            deferEndWhilePaused(result[1], () => progress.isFinished);
            hasMore = detectExcessBody(result[1]);
            result[1].once('error', ({ code }: NodeJS.ErrnoException) => (progress.isReset = code === 'ECONNRESET'));
          }
          callback(...result);
        },
        exchange.signal,
      ),
    pipelining: 0,
    maxHeaderSize: limits.headerBytes,
    // The exchange holds the clocks: these two start anew with each byte or stop where ours must not.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const startedAt = nowMs();
  const explain = (thrown: unknown): CasementError => exchange.verdict ?? toTransportError(thrown, progress, limits);
  const finish = (error?: CasementError): void => {
    if (progress.isFinished) return;
    progress.isFinished = true;
    exchange.signal.removeEventListener('abort', onStop);
    exchange.rest();
    void client.destroy();
    context.log({
      method: request.method,
      host: new URL(context.origin).host,
      path: request.path.split('?', 1)[0] ?? '',
      status: progress.status,
      ms: nowMs() - startedAt,
      bytes: progress.bytes,
      ...(error === undefined ? {} : { code: error.code }),
    });
  };

  const onStop = (): void => finish(exchange.verdict);
  exchange.signal.addEventListener('abort', onStop, { once: true });

  try {
    exchange.signal.throwIfAborted();
    exchange.expectWithin(limits.answerMs);
    const reply = await client.request({ ...request, body: request.body ?? null });
    exchange.rest();
    progress.status = reply.statusCode;
    progress.phase = 'reading';
    const wire = readWire(reply.body, exchange, limits, (bytes) => (progress.bytes += bytes), hasMore);
    const answer = { status: reply.statusCode, headers: flatten(reply.headers), wire, explain, finish };
    if (answer.status >= 300 && answer.status < 400) throw new CasementError('remote-redirect');
    return answer;
  } catch (thrown) {
    const error = explain(thrown);
    finish(error);
    throw error;
  }
}

/** The clock runs only while we wait for the server, never while we are busy with what it sent. */
async function* readWire(
  body: AsyncIterable<Uint8Array>,
  exchange: Exchange,
  limits: TransportLimits,
  count: (bytes: number) => void,
  hasMore: () => boolean,
): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    exchange.signal.throwIfAborted();
    exchange.expectWithin(limits.idleMs);
    const next = await chunks.next();
    exchange.rest();
    if (next.done === true) {
      if (hasMore()) throw new CasementError('remote-length');
      return;
    }
    count(next.value.length);
    yield next.value;
  }
}

function flatten(headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(entries);
}
