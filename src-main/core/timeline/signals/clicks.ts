import type { TimelineThresholds } from '../../../contract/settings';
import { timelineWords } from '../../../contract/words/timeline';
import type { Emit } from '../draft';

/** One click, its target named. */
export interface Click {
  at: number;
  /** When the pointer went down for it. */
  downAt: number;
  /** The control that was hit, else the node. */
  nodeId: number;
  /** CSS pixels; undefined where the recording doesn't say. */
  x?: number | undefined;
  y?: number | undefined;
  /** The sentence for a single click. */
  text: string;
  /** The control is one whose change is told by itself. */
  isField: boolean;
  /** It looks as if it did something when clicked, and nothing has answered so far. */
  isUnanswered: boolean;
}

/** A click on a label makes the browser click the labelled control at once: one act of the user. */
const sameGestureMs = 50;
/** A request is recorded when it has ended: for so long it may turn out that a click was answered by one. */
const requestReachMs = 30_000;
/** So many clicks are remembered to know again what a platform tells of the same click, by its time. */
const rememberedClicks = 32;
const sameClickMs = 1000;

/** Plain JSON, to go on later. */
export interface ClickState {
  run: Click[];
  waiting: Click[];
  /** When the last clicks were, ms. */
  recent: number[];
}

/**
 * Clicks, with those in quick order on one spot told as one entry, and those that nothing answered told as dead. A click waits until
 * its run has ended, and one that looks dead until no request can turn up any more that it began.
 */
export class ClickTrack {
  private run: Click[];
  private waiting: Click[];
  private readonly recent: ClickState['recent'];
  private unanswered: number;

  constructor(
    private readonly emit: Emit,
    private readonly thresholds: TimelineThresholds,
    saved: ClickState = { run: [], waiting: [], recent: [] },
  ) {
    this.run = saved.run;
    this.waiting = saved.waiting;
    this.recent = saved.recent;
    this.unanswered = [...this.run, ...this.waiting].filter(({ isUnanswered }) => isUnanswered).length;
  }

  save(): ClickState {
    return { run: this.run, waiting: this.waiting, recent: this.recent };
  }

  get isWaiting(): boolean {
    return this.run.length > 0 || this.waiting.length > 0;
  }

  /** Whether a change of the page would be the answer to a click. */
  get isAwaitingAnswer(): boolean {
    return this.unanswered > 0;
  }

  /** The earliest moment of which an entry may still be told. */
  get openSince(): number | undefined {
    return this.waiting[0]?.at ?? this.run[0]?.at;
  }

  add(click: Click): void {
    this.recent.push(click.at);
    if (this.recent.length > rememberedClicks) this.recent.shift();
    const last = this.run.at(-1);
    if (last && click.at - last.at <= sameGestureMs && isNear(last, click, 1)) {
      this.settleAnswer(last);
      if (click.isField) this.run[this.run.length - 1] = { ...click, at: last.at, isUnanswered: false };
      return;
    }
    if (last && !this.continues(last, click)) this.endRun();
    this.run.push(click);
    if (click.isUnanswered) this.unanswered++;
  }

  /** The click was only the way into a field that is now told of. */
  absorb(nodeId: number): void {
    const [only] = this.run;
    if (this.run.length === 1 && only?.isField && only.nodeId === nodeId) this.run = [];
  }

  /** Something happened that may be the answer to a click at most `reachMs` before. */
  answer(at: number, reachMs = this.thresholds.deadClickMs): void {
    if (this.unanswered > 0) this.answerWhere((click) => at - click.at <= reachMs);
  }

  /** A request began; it is recorded at its end. */
  answerByRequest(startedAt: number): void {
    if (this.unanswered === 0) return;
    const { deadClickMs } = this.thresholds;
    this.answerWhere((click) => startedAt >= click.downAt - sameGestureMs && startedAt - click.at <= deadClickMs);
  }

  /** Tells what can be told at a moment. */
  settle(now: number): void {
    const last = this.run.at(-1);
    // A click into a field waits for the change that takes its place.
    const isWayIn = this.run.length === 1 && last?.isField === true;
    if (last && !isWayIn && now - last.at > this.thresholds.rageWindowMs) this.endRun();
    if (this.waiting.length === 0) return;
    const deadAfterMs = this.thresholds.deadClickMs + requestReachMs;
    const isDue = (click: Click): boolean => !click.isUnanswered || now - click.at > deadAfterMs;
    if (this.waiting.some(isDue)) this.tellWaiting(isDue, true);
  }

  /** Tells all that is left. A click at the very end was not dead for long enough to be called so. */
  finish(end: number): void {
    this.endRun();
    this.tellWaiting((click) => !click.isUnanswered || end - click.at < this.thresholds.deadClickMs, false);
    this.tellWaiting(() => true, true);
  }

  /** Whether a click at about this time was recorded. */
  knows(at: number): boolean {
    return this.recent.some((clickedAt) => Math.abs(clickedAt - at) <= sameClickMs);
  }

  private answerWhere(isAnswered: (click: Click) => boolean): void {
    for (const click of this.run) if (isAnswered(click)) this.settleAnswer(click);
    for (const click of this.waiting) if (isAnswered(click)) this.settleAnswer(click);
  }

  private settleAnswer(click: Click): void {
    if (click.isUnanswered) this.unanswered--;
    click.isUnanswered = false;
  }

  private endRun(): void {
    const { run } = this;
    const [first] = run;
    if (!first) return;
    this.run = [];
    if (!this.isRage(run)) {
      this.waiting.push(...run);
      return;
    }
    for (const click of run) this.settleAnswer(click);
    const durationMs = (run.at(-1) ?? first).at - first.at;
    this.emit({
      at: first.at,
      kind: 'rage-click',
      severity: 'warning',
      text: timelineWords.rageClicked(first.text, run.length, durationMs),
      nodeId: first.nodeId,
      durationMs,
      details: { count: run.length },
    });
  }

  private tellWaiting(isDue: (click: Click) => boolean, mayBeDead: boolean): void {
    const due = this.waiting.filter(isDue);
    this.waiting = this.waiting.filter((click) => !due.includes(click));
    for (const click of due) {
      const { at, text, nodeId } = click;
      const isDead = mayBeDead && click.isUnanswered;
      this.settleAnswer(click);
      if (isDead) {
        this.emit({ at, kind: 'dead-click', severity: 'warning', text: timelineWords.deadClicked(text), nodeId });
      } else this.emit({ at, kind: 'click', severity: 'info', text, nodeId });
    }
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
