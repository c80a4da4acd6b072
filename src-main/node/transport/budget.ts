import { setTimeout as sleep } from 'node:timers/promises';
import { CasementError } from '../../contract/errors';
import type { Pace } from '../../core/sources/pace';
import type { RateLimitInfo } from '../../core/sources/retry-after';
import { RateWindow } from './rate-window';

/** Nobody is served better by more of them at once, and most platforms count them. */
const usualConcurrent = 4;

/** Whoever sees that they wait, and can stop it, waits up to an hour (the longest window of a documented limit), ms. */
const longestSeenMs = 3_600_000;

/** A request that stands in line. */
export interface Turn {
  /** Aborts with the error that the wait ends with. */
  signal: AbortSignal;
  /** Whom it is for: among several, whoever was served longest ago comes next. */
  owner: unknown;
  /** A longer wait is refused with `remote-rate-limited`, unless somebody sees it, ms. */
  longestMs: number;
  /** Told how long it will be, ms, 0 where nobody knows, and undefined when it is over. True where somebody sees it and can stop it. */
  tell: (waitMs: number | undefined) => boolean;
}

/** The leave to ask once. */
export interface Permit {
  /** The head of the reply has come, with what it says of the platform's limits. */
  heard: (news: RateLimitInfo) => void;
  /** The exchange is over. Only the first call counts. */
  release: () => void;
}

interface Waiting extends Turn {
  resolve: (permit: Permit) => void;
  reject: (error: Error) => void;
  wasTold: boolean;
}

interface BudgetPorts {
  /** A clock that never goes back, ms. */
  nowMs?: () => number;
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * All requests that share one of a platform's limits, such as those of one key: how many at once, how many in which time, and until when
 * the platform wants none at all.
 *
 * The first request goes alone, and so does the first after each wait: only its reply, which tells what the platform wants, lets the others go.
 * This is also for a restart. All of this lives in memory, so a new run has forgotten how many were asked lately and a moment until which to
 * wait; but it can ask only once before it is told again.
 */
export class RequestBudget {
  private readonly windows: RateWindow[];
  private readonly waiting: Waiting[] = [];
  private readonly served = new Map<unknown, number>();
  private concurrent: number;
  private underWay = 0;
  private hasHeard = false;
  private grants = 0;
  private heldUntilMs = -Infinity;
  /** As the platform last told it, less what was asked since. */
  private left: { requests: number; untilMs: number } | undefined;
  private nap: { untilMs: number; end: AbortController } | undefined;
  private passedMs = -Infinity;

  constructor(
    { rates = [], concurrent = usualConcurrent }: Pace = {},
    private readonly ports: BudgetPorts = {},
  ) {
    this.windows = rates.map((rate) => new RateWindow(rate));
    this.concurrent = concurrent;
  }

  /** Errors: the signal's reason; remote-rate-limited where it would take too long. */
  async take(turn: Turn): Promise<Permit> {
    turn.signal.throwIfAborted();
    return new Promise<Permit>((resolve, reject) => {
      const waiting: Waiting = { ...turn, resolve, reject, wasTold: false };
      const onAbort = (): void => {
        this.leave(waiting, () => reject(turn.signal.reason as Error));
        this.serve();
      };
      turn.signal.addEventListener('abort', onAbort, { once: true });
      waiting.resolve = (permit) => {
        turn.signal.removeEventListener('abort', onAbort);
        resolve(permit);
      };
      waiting.reject = (error) => {
        turn.signal.removeEventListener('abort', onAbort);
        reject(error);
      };
      this.waiting.push(waiting);
      this.serve();
    });
  }

  /** The platform wants no request for so long, ms. */
  hold(ms: number): void {
    this.heldUntilMs = Math.max(this.heldUntilMs, this.now() + ms);
    this.hasHeard = false;
    this.serve();
  }

  private serve(): void {
    for (;;) {
      const next = this.next();
      if (!next) return this.wake();
      const delayMs = this.delayMs();
      if (this.underWay >= (this.hasHeard ? this.concurrent : 1)) return this.tellAll(0);
      if (delayMs === 0) {
        this.grant(next);
        continue;
      }
      if (delayMs === Infinity) return this.tellAll(0);
      this.tellAll(delayMs);
      if (this.waiting.length > 0) this.sleep(delayMs);
      else this.wake();
      return;
    }
  }

  /** Whoever was served longest ago; of one owner, whoever came first. */
  private next(): Waiting | undefined {
    const order = ({ owner }: Waiting): number => this.served.get(owner) ?? 0;
    return this.waiting.reduce<Waiting | undefined>(
      (best, each) => (best === undefined || order(each) < order(best) ? each : best),
      undefined,
    );
  }

  private grant(turn: Waiting): void {
    this.served.set(turn.owner, ++this.grants);
    this.underWay++;
    if (this.left) this.left.requests--;
    const counted = this.windows.map((window) => window.add());
    let isOver = false;
    const count = (): void => counted.forEach((entry) => (entry.atMs ??= this.now()));
    this.leave(turn, () =>
      turn.resolve({
        heard: (news) => {
          count();
          this.hasHeard = true;
          this.learn(news);
          this.serve();
        },
        release: () => {
          if (isOver) return;
          isOver = true;
          count();
          this.underWay--;
          if (this.underWay === 0 && this.waiting.length === 0) this.served.clear();
          this.serve();
        },
      }),
    );
  }

  private learn({ left, concurrent }: RateLimitInfo): void {
    if (concurrent !== undefined) this.concurrent = Math.min(this.concurrent, concurrent);
    if (!left) return;
    // Those that are under way may not have been counted yet when the reply was written, and replies may overtake each other.
    const requests = left.requests - (this.underWay - 1);
    const untilMs = this.now() + left.resetMs;
    this.forgetPast();
    this.left = {
      requests: Math.min(requests, this.left?.requests ?? Infinity),
      untilMs: Math.max(untilMs, this.left?.untilMs ?? 0),
    };
  }

  /** How long no request may go, ms; Infinity where that hangs on one that is under way. */
  private delayMs(): number {
    const now = this.now();
    this.forgetPast();
    const isSpent = this.left !== undefined && this.left.requests <= 0;
    return Math.max(
      0,
      this.heldUntilMs - now,
      isSpent && this.left ? this.left.untilMs - now : 0,
      ...this.windows.map((window) => window.delayMs(now)),
    );
  }

  private forgetPast(): void {
    if (!this.left || this.left.untilMs > this.now()) return;
    if (this.left.requests <= 0) this.hasHeard = false;
    this.left = undefined;
  }

  private tellAll(delayMs: number): void {
    for (const turn of [...this.waiting]) {
      turn.wasTold = true;
      if (delayMs <= (turn.tell(delayMs) ? longestSeenMs : turn.longestMs)) continue;
      const seconds = Math.ceil(delayMs / 1000);
      this.leave(turn, () => turn.reject(new CasementError('remote-rate-limited', { seconds })));
    }
  }

  private leave(turn: Waiting, end: () => void): void {
    const at = this.waiting.indexOf(turn);
    if (at === -1) return;
    this.waiting.splice(at, 1);
    if (turn.wasTold) turn.tell(undefined);
    end();
  }

  private sleep(ms: number): void {
    const untilMs = this.now() + ms;
    if (this.nap && this.nap.untilMs <= untilMs + 1) return;
    this.wake();
    const end = new AbortController();
    this.nap = { untilMs, end };
    const wait = this.ports.wait ?? ((napMs, signal) => sleep(napMs, undefined, { signal }));
    wait(ms, end.signal).then(
      () => {
        if (end.signal.aborted) return;
        this.nap = undefined;
        // A timer may come a moment early by another clock.
        this.passedMs = Math.max(this.passedMs, untilMs);
        this.serve();
      },
      () => undefined,
    );
  }

  private wake(): void {
    this.nap?.end.abort();
    this.nap = undefined;
  }

  private now(): number {
    return Math.max(this.passedMs, (this.ports.nowMs ?? (() => performance.now()))());
  }
}
