import { describe, expect, it } from 'vitest';
import { BudgetRegistry } from '../../../src-main/node/transport/budget-registry';
import { RequestBudget, type Permit, type Turn } from '../../../src-main/node/transport/budget';
import type { Pace } from '../../../src-main/core/sources/pace';

/** A budget whose time goes on only when the test says so. */
function openBudget(pace: Pace = {}) {
  let nowMs = 0;
  const naps = new Set<{ untilMs: number; end: () => void }>();
  const budget = new RequestBudget(pace, {
    nowMs: () => nowMs,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const nap = { untilMs: nowMs + ms, end: () => resolve(undefined) };
        naps.add(nap);
        signal.addEventListener('abort', () => naps.delete(nap));
      }),
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const take = (change: Partial<Turn> = {}): Promise<Permit> =>
    budget.take({ signal: new AbortController().signal, owner: {}, longestMs: 30_000, tell: () => true, ...change });
  /** Lets time pass, and everybody who is woken by it do what they do. */
  const pass = async (ms: number): Promise<void> => {
    nowMs += ms;
    for (const nap of [...naps]) {
      if (nap.untilMs > nowMs) continue;
      naps.delete(nap);
      nap.end();
    }
    await settle();
  };
  /** One request that is answered at once. */
  const ask = async (news: Parameters<Permit['heard']>[0] = {}): Promise<void> => {
    const permit = await take();
    permit.heard(news);
    permit.release();
  };
  return { budget, take, pass, ask, settle, naps };
}

/** Whether each has its permit by now. */
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
  it('lets the first request go alone, and the others when its reply has come', async () => {
    const { take, settle } = openBudget({ concurrent: 3 });
    const permits = Array.from({ length: 5 }, () => take());
    const granted = watch(permits);
    await settle();
    expect(granted()).toBe(1);
    (await permits[0])?.heard({});
    await settle();
    expect(granted()).toBe(3);
    (await permits[0])?.release();
    await settle();
    expect(granted()).toBe(4);
  });

  it('never lets more go in a stretch of time than its rate', async () => {
    const { take, ask, pass } = openBudget({ rates: [{ requests: 3, perMs: 1000 }] });
    for (let asked = 0; asked < 3; asked++) await ask();
    const granted = watch([take(), take()]);
    await pass(999);
    expect(granted()).toBe(0);
    await pass(1);
    expect(granted()).toBe(2);
  });

  it('counts a request until long after its reply has come, not after it was let go', async () => {
    const { take, pass } = openBudget({ rates: [{ requests: 1, perMs: 1000 }] });
    const slow = await take();
    const granted = watch([take()]);
    await pass(5000);
    expect(granted()).toBe(0);
    slow.heard({});
    slow.release();
    await pass(999);
    expect(granted()).toBe(0);
    await pass(1);
    expect(granted()).toBe(1);
  });

  it('holds all when the platform wants no more, and tells each how long', async () => {
    const { budget, take, ask, pass } = openBudget();
    await ask();
    budget.hold(40_000);
    const told: (number | undefined)[] = [];
    const granted = watch([take({ tell: (ms) => Boolean(told.push(ms)) }), take()]);
    await pass(39_999);
    expect(granted()).toBe(0);
    // The first goes alone: it may be told to wait again.
    await pass(1);
    expect(granted()).toBe(1);
    expect(told[0]).toBe(40_000);
    expect(told.at(-1)).toBeUndefined();
  });

  it('refuses a long wait that nobody sees, and every wait beyond an hour', async () => {
    const { budget, take, ask } = openBudget();
    await ask();
    budget.hold(40_000);
    await expect(take({ tell: () => false })).rejects.toMatchObject({
      code: 'remote-rate-limited',
      details: { seconds: 40 },
    });
    budget.hold(3_700_000);
    await expect(take()).rejects.toMatchObject({ code: 'remote-rate-limited' });
  });

  it('leaves the line at any moment, and no clock runs for nobody', async () => {
    const { budget, take, ask, naps } = openBudget();
    await ask();
    budget.hold(40_000);
    const stop = new AbortController();
    const waiting = take({ signal: stop.signal });
    expect(naps.size).toBe(1);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    expect(naps.size).toBe(0);
  });

  it('serves in turn, however many one has in the line', async () => {
    const { take, settle } = openBudget({ concurrent: 1 });
    const order: string[] = [];
    const asking = (owner: string): Promise<void> =>
      take({ owner }).then((permit) => {
        order.push(owner);
        permit.heard({});
        permit.release();
      });
    const all = [...Array.from({ length: 4 }, () => asking('pull a')), asking('pull b'), asking('search')];
    await settle();
    await Promise.all(all);
    expect(order.slice(0, 3)).toEqual(['pull a', 'pull b', 'search']);
  });

  it('stops when the platform says that nothing is left, until there is more', async () => {
    const { take, ask, pass } = openBudget();
    await ask({ left: { requests: 1, resetMs: 2000 } });
    await ask();
    const granted = watch([take()]);
    await pass(1999);
    expect(granted()).toBe(0);
    await pass(1);
    expect(granted()).toBe(1);
  });

  it('is one for all that share a credential, and keeps nothing that names it', () => {
    const budgets = new BudgetRegistry();
    expect(budgets.of('key-canary-1', {})).toBe(budgets.of('key-canary-1', {}));
    expect(budgets.of('key-canary-1', {})).not.toBe(budgets.of('key-canary-2', {}));
    expect(JSON.stringify([...(budgets as unknown as { known: Map<string, unknown> }).known.keys()])).not.toContain(
      'canary',
    );
  });
});
