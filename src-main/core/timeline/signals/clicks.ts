import { timelineWords } from '../../../contract/words/timeline';
import type { Emit, TimelineThresholds } from '../draft';

/** One click, its target named. */
export interface Click {
  at: number;
  /** The control that was hit, else the node. */
  nodeId: number;
  /** CSS pixels; undefined where the recording doesn't say. */
  x: number | undefined;
  y: number | undefined;
  /** The sentence for a single click. */
  text: string;
  /** The control is one whose change is told by itself. */
  isField: boolean;
}

/** A click on a label makes the browser click the labelled control at once: one act of the user. */
const sameGestureMs = 50;

/** Clicks, with those in quick order on one spot told as one entry. */
export class ClickTrack {
  private run: Click[] = [];

  constructor(
    private readonly emit: Emit,
    private readonly thresholds: TimelineThresholds,
  ) {}

  add(click: Click): void {
    const last = this.run.at(-1);
    if (last && click.at - last.at <= sameGestureMs && isNear(last, click, 1)) {
      if (click.isField) this.run[this.run.length - 1] = { ...click, at: last.at };
      return;
    }
    if (last && !this.continues(last, click)) this.flush();
    this.run.push(click);
  }

  /** The click was only the way into a field that is now told of. */
  absorb(nodeId: number): void {
    const [only] = this.run;
    if (this.run.length === 1 && only?.isField && only.nodeId === nodeId) this.run = [];
  }

  flush(): void {
    const { run } = this;
    this.run = [];
    const [first] = run;
    if (!first) return;
    if (!this.isRage(run)) {
      for (const { at, text, nodeId } of run) this.emit({ at, kind: 'click', severity: 'info', text, nodeId });
      return;
    }
    const durationMs = (run.at(-1) ?? first).at - first.at;
    this.emit({
      at: first.at,
      kind: 'rage-click',
      severity: 'warning',
      text: timelineWords.rageClicked(first.text, run.length, durationMs),
      nodeId: first.nodeId,
      durationMs,
    });
  }

  private continues(last: Click, click: Click): boolean {
    if (click.at - last.at > this.thresholds.rageWindowMs) return false;
    const isKnown = last.x !== undefined && click.x !== undefined;
    return isKnown ? isNear(last, click, this.thresholds.rageDistancePx) : last.nodeId === click.nodeId;
  }

  private isRage(run: readonly Click[]): boolean {
    const { rageClicks, rageWindowMs } = this.thresholds;
    return run.some((click, index) => {
      const nth = run[index + rageClicks - 1];
      return nth !== undefined && nth.at - click.at <= rageWindowMs;
    });
  }
}

function isNear(one: Click, other: Click, distance: number): boolean {
  if (one.x === undefined || one.y === undefined || other.x === undefined || other.y === undefined) return false;
  return Math.hypot(one.x - other.x, one.y - other.y) <= distance;
}
