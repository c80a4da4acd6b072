import { CasementError } from '../../contract/errors';
import type { FetchPort, FetchReply, FetchRequest, RequestSigner } from '../../core/sources/source';
import { sendRequest, type OpenReply, type AttemptContext, type TransportLogEntry } from './attempt';
import { RequestBudget } from './budget';
import { openConnector, type ConnectorOptions } from './connector';
import { Exchange, untilStopped } from './exchange';
import { defaultLimits, type TransportLimits } from './limits';
import { isPlainPath, normaliseOrigin } from './origin';
import { fetchWithRetry, type RetryOptions } from './retry';
import { readBody, readJson } from './reply-body';

export type { TransportLogEntry };

export interface TransportOptions extends RetryOptions, ConnectorOptions {
  /** The only origin that this transport connects to; `https:` only. */
  origin: string;
  /** Returns the headers with the key. Called for each attempt; the result is not stored. No key is sent if absent. */
  sign?: RequestSigner;
  isOffline: () => boolean;
  /** Allowed methods; only `GET` by default. */
  methods?: readonly ('GET' | 'POST')[];
  /** Redirects are replies that the source reads, and never follows. Otherwise they fail with `remote-redirect`. */
  readsRedirects?: true;
  /** A function is called for each request, so that changed settings apply from the next one. */
  limits?: Partial<TransportLimits> | (() => Partial<TransportLimits>);
  log?: (entry: TransportLogEntry) => void;
  /** Returns the budget shared by all transports with this credential; its own by default. Called for each request. */
  budget?: ((path: string) => Promise<RequestBudget>) | undefined;
  /** Replaced in tests. */
  nowMs?: () => number;
}

export interface Transport {
  fetch: FetchPort;
  /** Ends pending requests with `cancelled`. Later requests fail. */
  close: () => Promise<void>;
}

/** Headers for authentication, routing and framing, which only the transport may set. */
const reservedHeaders =
  /^(authorization|host|cookie|connection|keep-alive|content-length|transfer-encoding|accept-encoding|te|upgrade|expect|user-agent|proxy-.*)$/;

/** Throws `connection-address` or `connection-ca` for invalid options. */
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
    readsRedirects: options.readsRedirects === true,
  };
  const pending = new Set<Exchange>();
  const ownBudget = new RequestBudget({}, { ...(options.wait && { wait: options.wait }) });
  let isClosed = false;

  async function fetch(request: FetchRequest): Promise<FetchReply> {
    if (isClosed) throw new CasementError('cancelled');
    refuseMisuse(request, options.methods ?? ['GET']);
    const limits = currentLimits();
    const exchange = new Exchange(limits.totalMs, request.signal);
    pending.add(exchange);
    const end = (): void => {
      exchange.end();
      pending.delete(exchange);
    };
    exchange.signal.addEventListener('abort', end, { once: true });
    try {
      if (options.isOffline()) throw new CasementError('offline');
      const budget = options.budget ? await untilStopped(options.budget(request.path), exchange.signal) : ownBudget;
      const context = { ...shared, limits };
      const attempt = (): Promise<OpenReply> => attemptOnce(request, exchange, options, context);
      const opened = await fetchWithRetry(request, exchange, budget, attempt, { ...options, ...context });
      return toReply(opened, limits, end);
    } catch (thrown) {
      end();
      throw thrown;
    }
  }

  return {
    fetch,
    close() {
      isClosed = true;
      for (const exchange of pending) exchange.stop(new CasementError('cancelled'));
      return Promise.resolve();
    },
  };
}

async function attemptOnce(
  request: FetchRequest,
  exchange: Exchange,
  options: TransportOptions,
  context: AttemptContext,
): Promise<OpenReply> {
  exchange.signal.throwIfAborted();
  if (options.isOffline()) throw new CasementError('offline');
  const { method, path, body, headers, accept = 'application/json' } = request;
  const gatewayHeaders = await untilStopped(readGatewayHeaders(options), exchange.signal);
  const credentials = await untilStopped(
    signRequest(options, { method, url: `${context.origin}${path}` }),
    exchange.signal,
  );
  return sendRequest(
    {
      method,
      path,
      body,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
        ...gatewayHeaders,
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

async function signRequest(
  { sign }: TransportOptions,
  request: Parameters<RequestSigner>[0],
): Promise<Readonly<Record<string, string>>> {
  const headers = (await sign?.(request)) ?? {};
  // A key with other characters is invalid; undici's error would quote it.
  if (!Object.values(headers).every((value) => /^[\x20-\x7e]+$/.test(value))) throw new CasementError('key-refused');
  return headers;
}

async function readGatewayHeaders({ gateway }: TransportOptions): Promise<Readonly<Record<string, string>>> {
  const headers = (await gateway?.readHeaders()) ?? [];
  return Object.fromEntries(headers.map(({ name, value }) => [name, value]));
}

function toReply(opened: OpenReply, limits: TransportLimits, end: () => void): FetchReply {
  const closing: OpenReply = {
    ...opened,
    finish(error) {
      opened.finish(error);
      end();
    },
  };
  return {
    status: opened.status,
    headers: opened.headers,
    json: (limitBytes) => readJson(closing, limits, limitBytes),
    bytes: () => readBody(closing, limits),
    discard: () => closing.finish(),
  };
}

/** Throws `bug` for a request that no source may send. */
function refuseMisuse(request: FetchRequest, methods: readonly string[]): void {
  const names = Object.keys(request.headers ?? {});
  const isAllowed =
    methods.includes(request.method) &&
    isPlainPath(request.path) &&
    names.every((name) => /^[a-z][a-z0-9-]*$/.test(name) && !reservedHeaders.test(name));
  if (!isAllowed) throw new CasementError('bug');
}
