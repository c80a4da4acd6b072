import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode, type ErrorCode } from '../../contract/errors';
import { errorForStatus } from '../../core/sources/check-reply';
import type { FetchRequest } from '../../core/sources/fetch-port';
import { readLimits, waitSeconds } from '../../core/sources/rate-limit-headers';
import type { OpenReply, AttemptContext } from './attempt';
import type { Permit, RequestBudget, Turn } from './budget';
import { untilStopped, type Exchange } from './exchange';

export interface RetryOptions {
  /**
   * Reports that the request with this signal waits for the platform's limit: the expected wait in ms (0 = unknown, undefined
   * = done). Returns whether the UI shows the wait and can cancel it.
   */
  onWait?: (signal: AbortSignal | undefined, waitMs: number | undefined) => boolean;
  /** The 5xx statuses that are documented as temporary; 503 by default. */
  passing?: readonly number[];
  /** Replaced in tests. */
  random?: () => number;
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

type RetryContext = RetryOptions & Pick<AttemptContext, 'limits' | 'nowMs'>;

/** Retries of one request, by cause. */
const maxRetries = {
  /** No reply. */
  lost: 1,
  /** After a 429; more often if a job shows the wait. */
  limited: 1,
  limitedVisible: 8,
  /** After a 5xx that is documented as temporary. */
  passing: 2,
};

/** RFC 9110 defines 503 as temporary. */
const passingStatuses = [503];

/**
 * Sends a request and retries it where that is safe: after the wait that a 429 asks for, and for a GET without a reply or
 * with a temporary error. Each attempt waits for the budget that the request shares with others.
 */
export async function fetchWithRetry(
  request: FetchRequest,
  exchange: Exchange,
  budget: RequestBudget,
  attempt: () => Promise<OpenReply>,
  options: RetryContext,
): Promise<OpenReply> {
  const { limits, random = Math.random, passing = passingStatuses } = options;
  const isGet = request.method === 'GET';
  const tries = { lost: 0, limited: 0, passing: 0 };
  let isVisible = false;
  for (;;) {
    const turn: Turn = {
      signal: exchange.signal,
      owner: request.signal,
      longestMs: limits.longestWaitMs,
      onWait: (waitMs) => (isVisible = options.onWait?.(request.signal, waitMs) ?? false),
    };
    const permit = await exchange.pause(() => budget.take(turn));
    const reply = await attemptWith(permit, attempt).catch((error: unknown) => {
      if (isGet && isLostBeforeReply(error) && tries.lost++ < maxRetries.lost) return undefined;
      throw error;
    });
    if (!reply) {
      await delay(200 + random() * 400, exchange, options);
      continue;
    }
    const nowMs = serverTime(reply, options);
    permit.onReply(readLimits(reply.headers, nowMs), reply.status !== 429);
    if (reply.status === 429) {
      reply.finish();
      const error = errorForStatus(reply, 'service', nowMs);
      // Everything that shares the budget has to wait too.
      budget.refuse(Number(error.details?.seconds) * 1000);
      if (tries.limited++ >= (isVisible ? maxRetries.limitedVisible : maxRetries.limited)) throw error;
    } else if (isGet && passing.includes(reply.status) && tries.passing < maxRetries.passing) {
      const seconds = waitSeconds(reply.headers, nowMs);
      if (seconds !== undefined && seconds * 1000 > limits.longestWaitMs) return reply;
      reply.finish();
      // Exponential backoff with jitter.
      budget.hold(seconds === undefined ? 500 * 2 ** tries.passing * (1 + random()) : seconds * 1000);
      tries.passing++;
    } else return reply;
  }
}

/** Releases the permit when the exchange is over, however it ends. */
async function attemptWith(permit: Permit, attempt: () => Promise<OpenReply>): Promise<OpenReply> {
  try {
    const reply = await attempt();
    return {
      ...reply,
      finish(error) {
        reply.finish(error);
        permit.release();
      },
    };
  } catch (error) {
    permit.release();
    throw error;
  }
}

async function delay(ms: number, exchange: Exchange, options: RetryContext): Promise<void> {
  const wait = options.wait ?? ((waitMs, signal) => sleep(waitMs, undefined, { signal }));
  // `wait` rejects with an AbortError; `untilStopped` rejects with the signal's reason.
  await untilStopped(wait(ms, exchange.signal), exchange.signal);
}

/** Returns the server's time from its Date header, or else ours, in ms since 1970. */
function serverTime({ headers }: OpenReply, { nowMs }: RetryContext): number {
  const dateMs = Date.parse(headers.date ?? '');
  return Number.isNaN(dateMs) ? nowMs() : dateMs;
}

/** Returns true if no part of a reply arrived. Certificate errors and timeouts are excluded: a retry would not help. */
function isLostBeforeReply(error: unknown): boolean {
  return hasCode(error, ...lostCodes);
}

const lostCodes: readonly ErrorCode[] = ['remote-unreachable', 'remote-no-host', 'remote-gone'];
