import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode, type ErrorCode } from '../../contract/errors';
import { errorForStatus } from '../../core/sources/check-reply';
import type { FetchRequest } from '../../core/sources/fetch-port';
import { readLimits, waitSeconds } from '../../core/sources/retry-after';
import type { Answer, AttemptContext } from './attempt';
import type { Permit, RequestBudget, Turn } from './budget';
import { untilStopped, type Exchange } from './exchange';

export interface RetryOptions {
  /**
   * Told that a request with that signal waits for the platform's limit, how long (0 where nobody knows), and with undefined that it goes on.
   * True where somebody sees it and can stop it.
   */
  onWait?: (signal: AbortSignal | undefined, waitMs: number | undefined) => boolean;
  /** The 5xx that the platform documents as passing; 503 if left out. */
  passing?: readonly number[];
  /** Chance, and the wait between two attempts, for tests. */
  random?: () => number;
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

type Patience = RetryOptions & Pick<AttemptContext, 'limits' | 'nowMs'>;

/** How often one request is asked again. */
const mostTries = {
  /** Nobody answered. */
  lost: 1,
  /** After a 429 that nobody sees the wait for, and after one that a job shows. */
  limited: 1,
  limitedSeen: 8,
  /** After a 5xx that its documentation calls passing. */
  passing: 2,
};

/** RFC 9110 calls it temporary, and says that it will likely be over after a while. */
const passingStatuses = [503];

/**
 * One question, asked again where that is safe: after the wait that a 429 asks for, when a GET found nobody, or met a fault that passes. Each
 * time it stands in line with all that share its budget.
 */
export async function fetchWithRetry(
  request: FetchRequest,
  exchange: Exchange,
  budget: RequestBudget,
  ask: () => Promise<Answer>,
  options: Patience,
): Promise<Answer> {
  const { limits, random = Math.random, passing = passingStatuses } = options;
  const isGet = request.method === 'GET';
  const tries = { lost: 0, limited: 0, passing: 0 };
  let isSeen = false;
  for (;;) {
    const turn: Turn = {
      signal: exchange.signal,
      owner: request.signal,
      longestMs: limits.longestWaitMs,
      tell: (waitMs) => (isSeen = options.onWait?.(request.signal, waitMs) ?? false),
    };
    const permit = await exchange.pause(() => budget.take(turn));
    const answer = await askWith(permit, ask).catch((error: unknown) => {
      if (isGet && isLostBeforeReply(error) && tries.lost++ < mostTries.lost) return undefined;
      throw error;
    });
    if (!answer) {
      await pauseFor(200 + random() * 400, exchange, options);
      continue;
    }
    const nowMs = timeOf(answer, options);
    permit.heard(readLimits(answer.headers, nowMs));
    if (answer.status === 429) {
      answer.finish();
      const error = errorForStatus(answer, 'service', nowMs);
      // All that share the budget wait as well, this one or another.
      budget.hold(Number(error.details?.seconds) * 1000);
      if (tries.limited++ >= (isSeen ? mostTries.limitedSeen : mostTries.limited)) throw error;
    } else if (isGet && passing.includes(answer.status) && tries.passing < mostTries.passing) {
      const asked = waitSeconds(answer.headers, nowMs);
      if (asked !== undefined && asked * 1000 > limits.longestWaitMs) return answer;
      answer.finish();
      // Twice as long each time, and never the same for two that met the fault together.
      budget.hold(asked === undefined ? 500 * 2 ** tries.passing * (1 + random()) : asked * 1000);
      tries.passing++;
    } else return answer;
  }
}

/** The permit is given back when the exchange is over, however it ends. */
async function askWith(permit: Permit, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    const answer = await ask();
    return {
      ...answer,
      finish(error) {
        answer.finish(error);
        permit.release();
      },
    };
  } catch (error) {
    permit.release();
    throw error;
  }
}

async function pauseFor(ms: number, exchange: Exchange, options: Patience): Promise<void> {
  const wait = options.wait ?? ((waitMs, signal) => sleep(waitMs, undefined, { signal }));
  // The wait's own end is the signal's echo: the race tells the reason.
  await untilStopped(wait(ms, exchange.signal), exchange.signal);
}

/** By the server's own clock where it tells, ms since 1970. */
function timeOf({ headers }: Answer, { nowMs }: Patience): number {
  const told = Date.parse(headers.date ?? '');
  return Number.isNaN(told) ? nowMs() : told;
}

/** Nothing of a reply had come. A failed certificate or a time-out isn't among these: asking again would not help. */
function isLostBeforeReply(error: unknown): boolean {
  return hasCode(error, ...lostCodes);
}

const lostCodes: readonly ErrorCode[] = ['remote-unreachable', 'remote-no-host', 'remote-gone'];
