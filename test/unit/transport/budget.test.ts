import { describe, expect, it } from 'vitest';
import { BudgetRegistry } from '../../../src-main/node/transport/budget-registry';
import { RequestBudget, type Permit, type Turn } from '../../../src-main/node/transport/budget';
import type { Pace } from '../../../src-main/core/sources/pace';

/** A budget with a clock that the test advances. */
function openBudget(pace: Pace = {}) {
  let nowMs = 0;
  const timers = new Set<{ untilMs: number; end: () => void }>();
  const budget = new RequestBudget(pace, {
    nowMs: () => nowMs,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const timer = { untilMs: nowMs + ms, end: () => resolve(undefined) };
        timers.add(timer);
        signal.addEventListener('abort', () => timers.delete(timer));
      }),
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const take = (change: Partial<Turn> = {}): Promise<Permit> =>
    budget.take({ signal: new AbortController().signal, owner: {}, longestMs: 30_000, onWait: () => true, ...change });
  /** Advances the clock, fires the timers that are due and lets their callbacks run. */
  const pass = async (ms: number): Promise<void> => {
    nowMs += ms;
    for (const timer of [...timers]) {
      if (timer.untilMs > nowMs) continue;
      timers.delete(timer);
      timer.end();
    }
    await settle();
  };
  /** Sends one request that gets its reply at once. */
  const ask = async (info: Parameters<Permit['onReply']>[0] = {}): Promise<void> => {
    const permit = await take();
    permit.onReply(info);
    permit.release();
  };
  return { budget, take, pass, ask, settle, timers };
}

/** Returns a function that counts the permits granted so far. */
function watch(permits: readonly Promise<Permit>[]): () => number {
  let granted = 0;
  for (const permit of permits)
    permit.then(
      () => granted++,
      () => undefined,
    );
  return () => granted;
}

describe('a budget', () => {
  it('sends the first request alone, and the others after its reply', async () => {
    const { take, settle } = openBudget({ concurrent: 3 });
    const permits = Array.from({ length: 5 }, () => take());
    const granted = watch(permits);
    await settle();
    expect(granted()).toBe(1);
    (await permits[0])?.onReply({});
    await settle();
    expect(granted()).toBe(3);
    (await permits[0])?.release();
    await settle();
    expect(granted()).toBe(4);
  });

  it('never delays requests that no reply has limited', async () => {
    const { ask, timers } = openBudget();
    for (let asked = 0; asked < 1000; asked++) await ask();
    expect(timers.size).toBe(0);
  });

  it('learns an hourly limit from the wait of a refusal', async () => {
    const { budget, ask, pass } = openBudget();
    await ask();
    await pass(1000);
    for (let asked = 1; asked < 60; asked++) await ask();
    // A minute's limit says nothing about the hour.
    budget.refuse(30_000);
    expect(budget.requestsPerHour).toBeUndefined();
    await pass(30_000);
    budget.refuse(3_600_000 - 31_000);
    expect(budget.requestsPerHour).toBe(60);
  });

  it('learns no limit if other programs or an earlier run have used a part of it', async () => {
    const { budget, ask } = openBudget();
    for (let asked = 0; asked < 10; asked++) await ask();
    budget.refuse(600_000);
    expect(budget.requestsPerHour).toBeUndefined();
  });

  it('holds all requests while the platform asks to wait, and reports the wait', async () => {
    const { budget, take, ask, pass } = openBudget();
    await ask();
    budget.hold(40_000);
    const reported: (number | undefined)[] = [];
    const granted = watch([take({ onWait: (ms) => Boolean(reported.push(ms)) }), take()]);
    await pass(39_999);
    expect(granted()).toBe(0);
    // The first goes alone: it may be reported to wait again.
    await pass(1);
    expect(granted()).toBe(1);
    expect(reported[0]).toBe(40_000);
    expect(reported.at(-1)).toBeUndefined();
  });

  it('refuses a long wait that the UI does not show, and any wait over an hour', async () => {
    const { budget, take, ask } = openBudget();
    await ask();
    budget.hold(40_000);
    await expect(take({ onWait: () => false })).rejects.toMatchObject({
      code: 'remote-rate-limited',
      details: { seconds: 40 },
    });
    budget.hold(3_700_000);
    await expect(take()).rejects.toMatchObject({ code: 'remote-rate-limited' });
  });

  it('drops a request when its signal aborts, and stops the timer', async () => {
    const { budget, take, ask, timers } = openBudget();
    await ask();
    budget.hold(40_000);
    const stop = new AbortController();
    const waiting = take({ signal: stop.signal });
    expect(timers.size).toBe(1);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    expect(timers.size).toBe(0);
  });

  it('lets owners take turns, regardless of their number of requests', async () => {
    const { take, settle } = openBudget({ concurrent: 1 });
    const order: string[] = [];
    const asking = (owner: string): Promise<void> =>
      take({ owner }).then((permit) => {
        order.push(owner);
        permit.onReply({});
        permit.release();
      });
    const all = [...Array.from({ length: 4 }, () => asking('pull a')), asking('pull b'), asking('search')];
    await settle();
    await Promise.all(all);
    expect(order.slice(0, 3)).toEqual(['pull a', 'pull b', 'search']);
  });

  it('waits for the reset when the quota is used up', async () => {
    const { take, ask, pass } = openBudget();
    await ask({ quota: { requests: 1, resetMs: 2000 } });
    await ask();
    const granted = watch([take()]);
    await pass(1999);
    expect(granted()).toBe(0);
    await pass(1);
    expect(granted()).toBe(1);
  });

  it('is shared by all with one credential, and does not store the credential', () => {
    const budgets = new BudgetRegistry();
    expect(budgets.of('key-canary-1', {})).toBe(budgets.of('key-canary-1', {}));
    expect(budgets.of('key-canary-1', {})).not.toBe(budgets.of('key-canary-2', {}));
    expect(JSON.stringify([...(budgets as unknown as { known: Map<string, unknown> }).known.keys()])).not.toContain(
      'canary',
    );
  });
});
