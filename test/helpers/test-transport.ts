import { inspect } from 'node:util';
import { onTestFinished } from 'vitest';
import { authorize } from '../../src-main/core/sources/authorize';
import { CasementError } from '../../src-main/contract/errors';
import type { FetchReply, FetchRequest } from '../../src-main/core/sources/source';
import {
  createTransport,
  type Transport,
  type TransportLogEntry,
  type TransportOptions,
} from '../../src-main/node/transport/transport';
import { RequestBudget } from '../../src-main/node/transport/budget';
import { startHttpsServer, testCa, testLeaf, type HttpsServer } from './tls-server';

/** A key that must never occur in an error or in the log. */
export const keyCanary = 'canary-5f1c9ab7d2e84a60';

export interface TestTransport extends Transport {
  log: TransportLogEntry[];
  /** The requested waits in ms; the test doesn't wait. */
  waits: number[];
  /** Fetches and returns the error, after checking that it doesn't contain the canary. Throws if there is no error. */
  failure: (
    path?: string,
    use?: (reply: FetchReply) => Promise<unknown>,
    signal?: AbortSignal,
  ) => Promise<{ code: string; details?: unknown }>;
}

/** Opens a transport with the canary as its key. It is closed after the test. */
export function openTransport(options: Partial<TransportOptions> & { origin: string }): TestTransport {
  const log: TransportLogEntry[] = [];
  const waits: number[] = [];
  const wait = (ms: number): Promise<unknown> => Promise.resolve(waits.push(ms));
  // With one request at a time, a source that sends a request before it has read a reply would deadlock.
  const budget = new RequestBudget({ concurrent: 1 }, { wait });
  const transport = createTransport({
    budget: () => Promise.resolve(budget),
    sign: authorize(`Bearer ${keyCanary}`),
    isOffline: () => false,
    log: (entry) => log.push(entry),
    wait,
    ...options,
    // A test with its own wait needs its own budget.
    ...(options.wait && !options.budget && { budget: undefined }),
  });
  onTestFinished(() => transport.close());
  return {
    ...transport,
    log,
    waits,
    async failure(path = '/v1/me', use = (reply) => reply.json(1_000_000), signal) {
      try {
        await use(await transport.fetch({ method: 'GET', path, signal }));
      } catch (error) {
        refuseCanary(error);
        refuseCanary(log);
        if (error instanceof CasementError) return error.toReply();
        throw error;
      }
      throw new Error('it succeeded');
    },
  };
}

export const testAuthority = testCa();
export const testIdentity = testLeaf(testAuthority);

type Handler = Parameters<typeof startHttpsServer>[1];

/** Starts a well-behaved server, and opens a transport to it. Both are closed after the test. */
export async function openPair(
  handler: Handler,
  options: Partial<TransportOptions> = {},
): Promise<{ server: HttpsServer; transport: TestTransport }> {
  const server = await startHttpsServer(testIdentity, handler);
  onTestFinished(() => server.close());
  return { server, transport: openTransport({ origin: server.origin, caPem: testAuthority.certPem, ...options }) };
}

export const sendJson: Handler = (_, response) =>
  void response.setHeader('content-type', 'application/json').end('{"a":1}');

export const get = (path: string, rest: Partial<FetchRequest> = {}): FetchRequest => ({ method: 'GET', path, ...rest });

/** Throws if the canary occurs anywhere in an error or a log, including hidden properties. */
export function refuseCanary(value: unknown): void {
  const text = inspect(value, { depth: 20, showHidden: true }) + (value instanceof Error ? String(value.stack) : '');
  if (text.includes(keyCanary)) throw new Error('the key is in an error or in the log');
}

/** Reads a body to its end. Returns its length in bytes. */
export async function drain(reply: FetchReply): Promise<number> {
  let total = 0;
  for await (const chunk of reply.bytes()) total += chunk.length;
  return total;
}
