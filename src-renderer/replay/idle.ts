import type { ReplayIndex } from '../../src-main/contract/replay-port';

/** A little of an idle stretch stays at both its ends, in ms, so that a jump isn't taken for a cut. */
const leadMs = 700;

/** A jump over a stretch in which the user did nothing. */
export interface IdleJump {
  fromMs: number;
  toMs: number;
}

/** The jump that playing makes at this moment or makes next; undefined where no idle stretch lies ahead. */
export function nextIdleJump(idle: ReplayIndex['idle'], atMs: number): IdleJump | undefined {
  let low = 0;
  let high = idle.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((idle[middle]?.[1] ?? Infinity) - leadMs <= atMs) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < idle.length; index++) {
    const [fromMs, toMs] = idle[index] ?? [0, 0];
    if (toMs - fromMs > 2 * leadMs) return { fromMs: fromMs + leadMs, toMs: toMs - leadMs };
  }
  return undefined;
}
