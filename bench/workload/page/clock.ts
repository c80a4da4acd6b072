/**
 * The recorder's clock, moved by the script of the page and by nothing else: `Date.now` and timers follow it, so that a session of an
 * hour is recorded in a minute and the same seed gives the same bytes. Import it before the recorder, which keeps `Date.now`.
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

/** Lets this much time pass; timers that come due run at their own moment, in its order. */
export async function pass(ms: number): Promise<void> {
  const end = nowMs + ms;
  for (let timer = takeDue(end); timer; timer = takeDue(end)) {
    nowMs = Math.max(nowMs, timer.atMs);
    timer.run();
    await settle();
  }
  nowMs = end;
}

/** Mutation observers report in a microtask of their own, after the one that is running. */
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
