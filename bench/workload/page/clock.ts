/**
 * The recorder's clock, advanced only by the page's script: `Date.now` and timers follow it, so that an hour-long session is recorded
 * in a minute and the same seed gives the same bytes. Import it before the recorder, which saves a reference to `Date.now`.
 */
interface Timer {
  id: number;
  atMs: number;
  run: () => void;
}

let nowMs = Date.UTC(2026, 2, 2, 9, 0, 0);
let lastId = 0;
let timers: Timer[] = [];

Date.now = () => nowMs;
window.setTimeout = ((run: (...values: unknown[]) => void, delayMs = 0, ...values: unknown[]) => {
  const timer = { id: ++lastId, atMs: nowMs + Math.max(Number(delayMs) || 0, 0), run: () => run(...values) };
  timers.push(timer);
  return timer.id;
}) as typeof window.setTimeout;
window.clearTimeout = (id) => {
  timers = timers.filter((timer) => timer.id !== id);
};

/** Advances the clock; timers that become due run in the order of their times. */
export async function pass(ms: number): Promise<void> {
  const end = nowMs + ms;
  for (let timer = takeDue(end); timer; timer = takeDue(end)) {
    nowMs = Math.max(nowMs, timer.atMs);
    timer.run();
    await settle();
  }
  nowMs = end;
}

/** Mutation observers report in a later microtask than the one that is running. */
export async function settle(): Promise<void> {
  await Promise.resolve();
  await Promise.resolve();
}

function takeDue(end: number): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) {
    if (timer.atMs <= end && (!first || timer.atMs < first.atMs)) first = timer;
  }
  if (first) timers.splice(timers.indexOf(first), 1);
  return first;
}
