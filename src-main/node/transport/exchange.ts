import { CasementError } from '../../contract/errors';
import { timeoutError } from './failure';

/**
 * One question and its reply, from the first attempt to the last byte. Whatever ends it early (the caller's signal, a clock,
 * the transport's end) goes through `stop`, and the first reason wins: errors that the abrupt end then causes are only echoes.
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
    this.#go();
    this.#caller = caller;
    if (caller?.aborted === true) this.#onCallerAbort();
    else caller?.addEventListener('abort', this.#onCallerAbort, { once: true });
  }

  /** Aborts with the `CasementError` that ended the exchange as its reason. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it was stopped, or undefined while it goes on. */
  get verdict(): CasementError | undefined {
    const reason: unknown = this.signal.reason;
    return reason instanceof CasementError ? reason : undefined;
  }

  stop(error: CasementError): void {
    this.#controller.abort(error);
  }

  /** From now on the other side has `ms` for its next step. */
  expectWithin(ms: number): void {
    this.rest();
    this.#step = setTimeout(() => this.stop(timeoutError(ms)), ms);
  }

  /** Nothing is expected of the other side: it is our turn. */
  rest(): void {
    clearTimeout(this.#step);
  }

  /** Waits for something that is not the other side's reply; the clock of the whole exchange stands still meanwhile. */
  async pause<T>(wait: () => Promise<T>): Promise<T> {
    clearTimeout(this.#total);
    this.#leftMs -= performance.now() - this.#startedAt;
    const result = await wait();
    this.#go();
    return result;
  }

  end(): void {
    this.rest();
    clearTimeout(this.#total);
    this.#caller?.removeEventListener('abort', this.#onCallerAbort);
  }

  #go(): void {
    this.#startedAt = performance.now();
    this.#total = setTimeout(() => this.stop(timeoutError(this.#totalMs, 'totalMs')), Math.max(0, this.#leftMs));
  }

  readonly #onCallerAbort = (): void => this.stop(new CasementError('cancelled'));
}

/** The promise's outcome, or the signal's reason if that comes first. */
export function untilStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
