import { CasementError } from '../../contract/errors';
import { timeoutError } from './failure';

/**
 * A request and its reply, from the first attempt to the last byte. Everything that ends it early (the caller's signal, a
 * timer, closing the transport) calls `stop`. The first reason wins over errors that the abort then causes.
 */
export class Exchange {
  readonly #totalMs: number;
  readonly #controller = new AbortController();
  #total: NodeJS.Timeout | undefined;
  #leftMs: number;
  #startedAt = 0;
  readonly #caller: AbortSignal | undefined;
  #step: NodeJS.Timeout | undefined;

  constructor(totalMs: number, caller: AbortSignal | undefined) {
    this.#totalMs = totalMs;
    this.#leftMs = totalMs;
    this.#startTotal();
    this.#caller = caller;
    if (caller?.aborted === true) this.#onCallerAbort();
    else caller?.addEventListener('abort', this.#onCallerAbort, { once: true });
  }

  /** Its reason is the `CasementError` that ended the exchange. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the exchange was stopped; undefined while it runs. */
  get stopReason(): CasementError | undefined {
    const reason: unknown = this.signal.reason;
    return reason instanceof CasementError ? reason : undefined;
  }

  stop(error: CasementError): void {
    this.#controller.abort(error);
  }

  /** Starts the timer for the server's next step, ms. */
  expectWithin(ms: number): void {
    this.clearStepTimer();
    this.#step = setTimeout(() => this.stop(timeoutError(ms)), ms);
  }

  /** Stops the timer of `expectWithin`: nothing is expected of the server. */
  clearStepTimer(): void {
    clearTimeout(this.#step);
  }

  /** Waits for something other than the server; the total timeout is suspended meanwhile. */
  async pause<T>(wait: () => Promise<T>): Promise<T> {
    clearTimeout(this.#total);
    this.#leftMs -= performance.now() - this.#startedAt;
    const result = await wait();
    this.#startTotal();
    return result;
  }

  end(): void {
    this.clearStepTimer();
    clearTimeout(this.#total);
    this.#caller?.removeEventListener('abort', this.#onCallerAbort);
  }

  #startTotal(): void {
    this.#startedAt = performance.now();
    this.#total = setTimeout(() => this.stop(timeoutError(this.#totalMs, 'totalMs')), Math.max(0, this.#leftMs));
  }

  readonly #onCallerAbort = (): void => this.stop(new CasementError('cancelled'));
}

/** Settles like the promise, or rejects with the signal's reason if that comes first. */
export function untilStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
