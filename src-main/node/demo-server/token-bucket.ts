/** A rate limit per caller: bursts of up to `perMinute` requests, refilled evenly. */
export class TokenBuckets {
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(
    private readonly perMinute: number,
    private readonly nowMs: () => number,
  ) {}

  /** Takes one token. Returns 0, or the seconds until the next token is available, rounded up. */
  take(caller: string): number {
    const atMs = this.nowMs();
    const last = this.#buckets.get(caller) ?? { tokens: this.perMinute, atMs };
    const refill = (Math.max(0, atMs - last.atMs) / 60_000) * this.perMinute;
    const tokens = Math.min(this.perMinute, last.tokens + refill);
    const isServed = tokens >= 1;
    this.#buckets.set(caller, { tokens: isServed ? tokens - 1 : tokens, atMs });
    return isServed ? 0 : Math.max(1, Math.ceil(((1 - tokens) / this.perMinute) * 60));
  }
}
