import { setTimeout as sleep } from 'node:timers/promises';
import { CasementError } from '../../contract/errors';
import type { Pace } from '../../core/sources/pace';
import type { RateLimitInfo } from '../../core/sources/rate-limit-headers';

/** More concurrent requests are no faster, and most platforms limit them. */
const defaultConcurrent = 4;

/** The longest wait that the UI shows and can cancel: an hour, the longest window of a documented limit, ms. */
const maxVisibleWaitMs = 3_600_000;

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** A request that waits for its budget. */
export interface Turn {
  /** Its reason is the error that ends the wait. */
  signal: AbortSignal;
  /** Owners take turns: the one that was served longest ago is next. */
  owner: unknown;
  /** A longer wait fails with `remote-rate-limited` unless the UI shows it, ms. */
  longestMs: number;
  /** Reports the expected wait in ms (0 = unknown, undefined = done). Returns whether the UI shows it and can cancel. */
  onWait: (waitMs: number | undefined) => boolean;
}

/** Permission to send one request. */
export interface Permit {
  /** To be called when the head of the reply has arrived, with the limits that it reports, and whether the platform accepted the request. */
  onReply: (info: RateLimitInfo, isAccepted?: boolean) => void;
  /** To be called when the exchange is over. Later calls do nothing. */
  release: () => void;
}

interface Waiting extends Turn {
  resolve: (permit: Permit) => void;
  reject: (error: Error) => void;
  wasNotified: boolean;
}

interface BudgetPorts {
  /** A monotonic clock, ms. */
  nowMs?: () => number;
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Schedules the requests that share a platform's limits, such as all requests with one key: it bounds the concurrent
 * requests and the rate, and sends nothing while the platform asks to wait.
 *
 * The first request is sent alone, and so is the first one after each wait: its reply reports the limits, and only then
 * may others follow. This also covers a restart. The state is in memory, so a new run does not know about recent requests,
 * but it sends only one before the platform reports its limits again.
 */
export class RequestBudget {
  private readonly waiting: Waiting[] = [];
  private readonly lastServed = new Map<unknown, number>();
  private concurrent: number;
  private pending = 0;
  private hasReply = false;
  private grants = 0;
  private heldUntilMs = -Infinity;
  /** The last quota that the platform reported, minus the requests sent since. */
  private quota: { requests: number; untilMs: number } | undefined;
  /** The times at which the platform accepted a request in the last hour, ms. */
  private accepted: number[] = [];
  private perHour: number | undefined;
  private timer: { untilMs: number; end: AbortController } | undefined;
  private lastTimerMs = -Infinity;

  constructor(
    { concurrent = defaultConcurrent }: Pace = {},
    private readonly ports: BudgetPorts = {},
  ) {
    this.concurrent = concurrent;
  }

  /** Throws the signal's reason, or `remote-rate-limited` if the wait would be too long. */
  async take(turn: Turn): Promise<Permit> {
    turn.signal.throwIfAborted();
    return new Promise<Permit>((resolve, reject) => {
      const waiting: Waiting = { ...turn, resolve, reject, wasNotified: false };
      const onAbort = (): void => {
        this.remove(waiting, () => reject(turn.signal.reason as Error));
        this.schedule();
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
      this.schedule();
    });
  }

  /**
   * Sends no request for as long as the platform asks after it refused one, ms. A wait that ends an hour after the first request that it
   * accepted shows how many it accepts in an hour.
   */
  refuse(waitMs: number): void {
    const now = this.now();
    const accepted = this.acceptedSince(now - hourMs);
    const [first] = accepted;
    if (first !== undefined && waitMs > minuteMs && Math.abs(first + hourMs - now - waitMs) <= minuteMs) {
      this.perHour = accepted.length;
    }
    this.hold(waitMs);
  }

  /** The number of requests per hour that the platform accepts; undefined if its replies didn't show it. */
  get requestsPerHour(): number | undefined {
    return this.perHour;
  }

  /** Sends no request for this long, ms. */
  hold(ms: number): void {
    this.heldUntilMs = Math.max(this.heldUntilMs, this.now() + ms);
    this.hasReply = false;
    this.schedule();
  }

  private acceptedSince(fromMs: number): number[] {
    this.accepted = this.accepted.filter((atMs) => atMs > fromMs);
    return this.accepted;
  }

  private schedule(): void {
    for (;;) {
      const next = this.next();
      if (!next) return this.cancelTimer();
      const delayMs = this.delayMs();
      if (this.pending >= (this.hasReply ? this.concurrent : 1)) return this.notifyAll(0);
      if (delayMs === 0) {
        this.grant(next);
        continue;
      }
      if (delayMs === Infinity) return this.notifyAll(0);
      this.notifyAll(delayMs);
      if (this.waiting.length > 0) this.startTimer(delayMs);
      else this.cancelTimer();
      return;
    }
  }

  /** Returns the first request of the owner that was served longest ago. */
  private next(): Waiting | undefined {
    const order = ({ owner }: Waiting): number => this.lastServed.get(owner) ?? 0;
    return this.waiting.reduce<Waiting | undefined>(
      (best, each) => (best === undefined || order(each) < order(best) ? each : best),
      undefined,
    );
  }

  private grant(turn: Waiting): void {
    this.lastServed.set(turn.owner, ++this.grants);
    this.pending++;
    if (this.quota) this.quota.requests--;
    let isOver = false;
    this.remove(turn, () =>
      turn.resolve({
        onReply: (info, isAccepted = true) => {
          if (isAccepted) this.accepted.push(this.now());
          this.hasReply = true;
          this.update(info);
          this.schedule();
        },
        release: () => {
          if (isOver) return;
          isOver = true;
          this.pending--;
          if (this.pending === 0 && this.waiting.length === 0) this.lastServed.clear();
          this.schedule();
        },
      }),
    );
  }

  private update({ quota, concurrent }: RateLimitInfo): void {
    if (concurrent !== undefined) this.concurrent = Math.min(this.concurrent, concurrent);
    if (!quota) return;
    // The server may not have counted pending requests when it wrote the reply, and replies may overtake each other.
    const requests = quota.requests - (this.pending - 1);
    const untilMs = this.now() + quota.resetMs;
    this.dropExpiredQuota();
    this.quota = {
      requests: Math.min(requests, this.quota?.requests ?? Infinity),
      untilMs: Math.max(untilMs, this.quota?.untilMs ?? 0),
    };
  }

  /** Returns how long to wait before the next request, in ms; Infinity if that depends on a pending request. */
  private delayMs(): number {
    const now = this.now();
    this.dropExpiredQuota();
    const isSpent = this.quota !== undefined && this.quota.requests <= 0;
    return Math.max(0, this.heldUntilMs - now, isSpent && this.quota ? this.quota.untilMs - now : 0);
  }

  private dropExpiredQuota(): void {
    if (!this.quota || this.quota.untilMs > this.now()) return;
    if (this.quota.requests <= 0) this.hasReply = false;
    this.quota = undefined;
  }

  private notifyAll(delayMs: number): void {
    for (const turn of [...this.waiting]) {
      turn.wasNotified = true;
      if (delayMs <= (turn.onWait(delayMs) ? maxVisibleWaitMs : turn.longestMs)) continue;
      const seconds = Math.ceil(delayMs / 1000);
      this.remove(turn, () => turn.reject(new CasementError('remote-rate-limited', { seconds })));
    }
  }

  private remove(turn: Waiting, end: () => void): void {
    const at = this.waiting.indexOf(turn);
    if (at === -1) return;
    this.waiting.splice(at, 1);
    if (turn.wasNotified) turn.onWait(undefined);
    end();
  }

  private startTimer(ms: number): void {
    const untilMs = this.now() + ms;
    if (this.timer && this.timer.untilMs <= untilMs + 1) return;
    this.cancelTimer();
    const end = new AbortController();
    this.timer = { untilMs, end };
    const wait = this.ports.wait ?? ((delayMs, signal) => sleep(delayMs, undefined, { signal }));
    wait(ms, end.signal).then(
      () => {
        if (end.signal.aborted) return;
        this.timer = undefined;
        // A timer can fire slightly early by the other clock.
        this.lastTimerMs = Math.max(this.lastTimerMs, untilMs);
        this.schedule();
      },
      () => undefined,
    );
  }

  private cancelTimer(): void {
    this.timer?.end.abort();
    this.timer = undefined;
  }

  private now(): number {
    return Math.max(this.lastTimerMs, (this.ports.nowMs ?? (() => performance.now()))());
  }
}
