import type { ReplayIndex } from '../../src-main/contract/replay-port';

/** The part of an idle period that is still played at each end, in ms, so that a jump doesn't look like a cut. */
const leadMs = 700;

/** A jump over a period in which the user did nothing. */
export interface IdleJump {
  fromMs: number;
  toMs: number;
}

/** Returns the current or next jump of playback; undefined if no idle period follows. */
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
