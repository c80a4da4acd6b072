import { CasementError } from '../../contract/errors';
import type { FetchPort, FetchReply, FetchRequest, RequestSigner } from '../../core/sources/source';
import { ask, type Answer, type AttemptContext, type TransportLogEntry } from './attempt';
import { RequestBudget } from './budget';
import { openConnector, type ConnectorOptions } from './connector';
import { Exchange, untilStopped } from './exchange';
import { defaultLimits, type TransportLimits } from './limits';
import { isPlainPath, normaliseOrigin } from './origin';
import { fetchWithRetry, type RetryOptions } from './retry';
import { readBody, readJson } from './reply-body';

export type { TransportLogEntry };

export interface TransportOptions extends RetryOptions, ConnectorOptions {
  /** The one place that this transport talks to; `https:` only. */
  origin: string;
  /** The headers that show the key. Called for each attempt, and what it gives is kept nowhere; left out, none is shown. */
  sign?: RequestSigner;
  isOffline: () => boolean;
  /** What this transport may do; `GET` only if left out. */
  methods?: readonly ('GET' | 'POST')[];
  /** Read anew for each request where it is a function: what the user sets holds from the next one on. */
  limits?: Partial<TransportLimits> | (() => Partial<TransportLimits>);
  log?: (entry: TransportLogEntry) => void;
  /** What it shares with all others of its credential; one of its own if left out. Asked for each request. */
  budget?: (() => Promise<RequestBudget>) | undefined;
  /** The clock, for tests. */
  nowMs?: () => number;
}

export interface Transport {
  fetch: FetchPort;
  /** Ends what is under way with `cancelled`; nothing can be fetched afterwards. */
  close: () => Promise<void>;
}

/** Headers that only the transport may set: they say who we are, where we go and how the bytes are framed. */
const ownHeaders =
  /^(authorization|host|cookie|connection|keep-alive|content-length|transfer-encoding|accept-encoding|te|upgrade|expect|user-agent|proxy-.*)$/;

/** Throws `connection-address` or `connection-ca` for options that can't be used. */
export function createTransport(options: TransportOptions): Transport {
  const currentLimits = (): TransportLimits => ({
    ...defaultLimits,
    ...(typeof options.limits === 'function' ? options.limits() : options.limits),
  });
  const origin = normaliseOrigin(options.origin);
  const shared: Omit<AttemptContext, 'limits'> = {
    origin,
    connect: openConnector(origin, currentLimits().connectMs, options),
    nowMs: options.nowMs ?? Date.now,
    log: options.log ?? (() => undefined),
  };
  const underWay = new Set<Exchange>();
  const ownBudget = new RequestBudget({}, { ...(options.wait && { wait: options.wait }) });
  let isClosed = false;

  async function fetch(request: FetchRequest): Promise<FetchReply> {
    if (isClosed) throw new CasementError('cancelled');
    refuseMisuse(request, options.methods ?? ['GET']);
    const limits = currentLimits();
    const exchange = new Exchange(limits.totalMs, request.signal);
    underWay.add(exchange);
    const end = (): void => {
      exchange.end();
      underWay.delete(exchange);
    };
    exchange.signal.addEventListener('abort', end, { once: true });
    try {
      if (options.isOffline()) throw new CasementError('offline');
      const budget = options.budget ? await untilStopped(options.budget(), exchange.signal) : ownBudget;
      const context = { ...shared, limits };
      const ask = (): Promise<Answer> => askOnce(request, exchange, options, context);
      const answer = await fetchWithRetry(request, exchange, budget, ask, { ...options, ...context });
      return toReply(answer, limits, end);
    } catch (thrown) {
      end();
      throw thrown;
    }
  }

  return {
    fetch,
    close() {
      isClosed = true;
      for (const exchange of underWay) exchange.stop(new CasementError('cancelled'));
      return Promise.resolve();
    },
  };
}

async function askOnce(
  request: FetchRequest,
  exchange: Exchange,
  options: TransportOptions,
  context: AttemptContext,
): Promise<Answer> {
  exchange.signal.throwIfAborted();
  if (options.isOffline()) throw new CasementError('offline');
  const { method, path, body, headers, accept = 'application/json' } = request;
  const credentials = await untilStopped(
    showKey(options, { method, url: `${context.origin}${path}` }),
    exchange.signal,
  );
  return ask(
    {
      method,
      path,
      body,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
        accept,
        'accept-encoding': 'gzip',
        'user-agent': 'Casement',
        ...credentials,
      },
    },
    exchange,
    context,
  );
}

async function showKey(
  { sign }: TransportOptions,
  request: Parameters<RequestSigner>[0],
): Promise<Readonly<Record<string, string>>> {
  const headers = (await sign?.(request)) ?? {};
  // What a header can't hold is no key; undici's own complaint about it would travel further than it should.
  if (!Object.values(headers).every((value) => /^[\x20-\x7e]+$/.test(value))) throw new CasementError('key-refused');
  return headers;
}

function toReply(answer: Answer, limits: TransportLimits, end: () => void): FetchReply {
  const closing: Answer = {
    ...answer,
    finish(error) {
      answer.finish(error);
      end();
    },
  };
  return {
    status: answer.status,
    headers: answer.headers,
    json: (limitBytes) => readJson(closing, limits, limitBytes),
    bytes: () => readBody(closing, limits),
    discard: () => closing.finish(),
  };
}

/** Our own code asked for what a connection never does: a bug, and stopped here whatever it was meant for. */
function refuseMisuse(request: FetchRequest, methods: readonly string[]): void {
  const names = Object.keys(request.headers ?? {});
  const isFine =
    methods.includes(request.method) &&
    isPlainPath(request.path) &&
    names.every((name) => /^[a-z][a-z0-9-]*$/.test(name) && !ownHeaders.test(name));
  if (!isFine) throw new CasementError('bug');
}
