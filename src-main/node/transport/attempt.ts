import type { Dispatcher } from 'undici';
import { CasementError, type ErrorCode } from '../../contract/errors';
import type { Connect } from './connector';
import type { Exchange } from './exchange';
import { toTransportError, type Phase } from './failure';
import { detectExcessBody } from './excess-body';
import { deferEndWhilePaused } from './undici-5360';
import type { TransportLimits } from './limits';

/** One entry of the request log. Never contains a query, a header or a body. */
export interface TransportLogEntry {
  method: string;
  host: string;
  /** Without the query. */
  path: string;
  /** 0 if no reply arrived. */
  status: number;
  ms: number;
  /** Size of the body on the wire, in bytes. */
  bytes: number;
  /** Absent if the request succeeded. */
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
  /** A redirect is a reply like any other. */
  readsRedirects: boolean;
}

/** A reply whose head has arrived. It holds its connection until `finish`. */
export interface OpenReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** The body as sent on the wire; its bytes are counted for the log. */
  wire: AsyncIterable<Uint8Array>;
  /** Returns the Casement error for one that was thrown while reading. */
  explain: (thrown: unknown) => CasementError;
  /** Closes the connection and writes the log entry. Later calls do nothing. */
  finish: (error?: CasementError) => void;
}

/**
 * Sends a request once, on a connection that no other request uses: an overlong reply or a connection that died while
 * idle can't affect the next request. TLS sessions are not resumed, so the certificate is checked each time.
 */
export async function sendRequest(
  request: AttemptRequest,
  exchange: Exchange,
  context: AttemptContext,
): Promise<OpenReply> {
  const { limits, nowMs } = context;
  const progress = { status: 0, bytes: 0, phase: 'waiting' as Phase, isFinished: false, isReset: false };
  let hasMore = (): boolean => false;
  // Loaded with the first request, because the library is large and would delay the start of the app.
  const { Client } = await import('undici');
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
    // The exchange has its own timers. undici's restart with each byte, or stop when ours must not.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const startedAt = nowMs();
  const explain = (thrown: unknown): CasementError => exchange.stopReason ?? toTransportError(thrown, progress, limits);
  const finish = (error?: CasementError): void => {
    if (progress.isFinished) return;
    progress.isFinished = true;
    exchange.signal.removeEventListener('abort', onStop);
    exchange.clearStepTimer();
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

  const onStop = (): void => finish(exchange.stopReason);
  exchange.signal.addEventListener('abort', onStop, { once: true });

  try {
    exchange.signal.throwIfAborted();
    exchange.expectWithin(limits.answerMs);
    const response = await client.request({ ...request, body: request.body ?? null });
    exchange.clearStepTimer();
    progress.status = response.statusCode;
    progress.phase = 'reading';
    const wire = readWire(response.body, exchange, limits, (bytes) => (progress.bytes += bytes), hasMore);
    const opened = { status: response.statusCode, headers: flatten(response.headers), wire, explain, finish };
    if (!context.readsRedirects && opened.status >= 300 && opened.status < 400)
      throw new CasementError('remote-redirect');
    return opened;
  } catch (thrown) {
    const error = explain(thrown);
    finish(error);
    throw error;
  }
}

/** The idle timer runs only while we wait for the server, never while the reader processes a chunk. */
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
    exchange.clearStepTimer();
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
