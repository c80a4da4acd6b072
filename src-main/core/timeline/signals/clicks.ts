import type { TimelineThresholds } from '../../../contract/settings';
import type { Emit, Subject } from '../draft';
import { RunProgress, type RunProgressState } from './run-progress';

/** One click and its target. */
export interface Click {
  at: number;
  /** When the pointer went down for it. */
  downAt: number;
  /** The id of the clicked control, or else of the clicked node. */
  nodeId: number;
  /** In CSS pixels, undefined if not recorded. */
  x?: number | undefined;
  y?: number | undefined;
  /** The clicked element, as entries quote it. */
  subject: Subject;
  /** True if changes of the control have entries of their own. */
  isField: boolean;
  /** True in fields, keypads and hidden areas, where several clicks are input: they are never rage clicks. */
  isPrivate: boolean;
  /** True if the target looks clickable and the page has not responded so far. */
  isUnanswered: boolean;
  /** True if its response is not in the recording. Absent in states stored by earlier versions, like `isDouble`. */
  isOpaque?: boolean | undefined;
  /** True for the second click of a double click. */
  isDouble?: boolean | undefined;
  /** True for a link or a button of a form, which may load another page. */
  mayLoad?: boolean | undefined;
  /** True for a control: clearing a selection is not what it is for. */
  isControl?: boolean | undefined;
}

/** A click on a label makes the browser click the labelled control at once: one action of the user. */
const sameGestureMs = 50;
/** A request is recorded at its end, so a request that a click started may appear this much later. */
const requestReachMs = 30_000;
/** The number of clicks whose times are kept, to recognise a platform's own event about the same click. */
const rememberedClicks = 32;
const sameClickMs = 1000;
/** Browsers count clicks with at most this time between them as one double or triple click, ms. */
const multiClickMs = 500;
/** Double clicks with more time than this before and after them are gestures of their own, ms. */
const betweenGesturesMs = 300;

/** Plain JSON, to resume later. */
export interface ClickState {
  run: Click[];
  waiting: Click[];
  /** The times of the last clicks, ms. */
  recent: number[];
  /** Of the current run. Absent in states stored by earlier versions. */
  progress?: RunProgressState | undefined;
}

/**
 * Detects rage clicks (several quick clicks on one spot become one entry) and dead clicks (the page does not respond). A click is held
 * back until its run has ended, and an unanswered one until no request that it started can appear any more.
 */
export class ClickTrack {
  private run: Click[];
  private waiting: Click[];
  private readonly recent: ClickState['recent'];
  private readonly progress: RunProgress;
  private unanswered: number;

  constructor(
    private readonly emit: Emit,
    private readonly thresholds: TimelineThresholds,
    saved: ClickState = { run: [], waiting: [], recent: [] },
  ) {
    this.run = saved.run;
    this.waiting = saved.waiting;
    this.recent = saved.recent;
    this.progress = new RunProgress(saved.progress);
    this.unanswered = [...this.run, ...this.waiting].filter(({ isUnanswered }) => isUnanswered).length;
  }

  save(): ClickState {
    const { run, waiting, recent } = this;
    return { run, waiting, recent, ...(this.isInRun && { progress: this.progress.save() }) };
  }

  get isWaiting(): boolean {
    return this.run.length > 0 || this.waiting.length > 0;
  }

  /** The record of what the page does during the current run of quick clicks, or undefined without one. */
  get runProgress(): RunProgress | undefined {
    return this.isInRun ? this.progress : undefined;
  }

  private get isInRun(): boolean {
    return this.run.length > 0 && this.run[0]?.isField !== true;
  }

  /** True if a change of the page would be the response to a click. */
  get isAwaitingAnswer(): boolean {
    return this.unanswered > 0;
  }

  /** The earliest time of an entry that may still come, ms. */
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
    if (last && click.at - last.at <= sameGestureMs && isByScript(click)) {
      // A script opens a file dialog or a download by a click of its own.
      if (click.isField || !click.isUnanswered) this.settleAnswer(last);
      return;
    }
    if (last && !this.continues(last, click)) this.endRun();
    if (this.run.length === 0) this.progress.reset();
    this.run.push(click);
    this.progress.noteClick();
    if (click.isUnanswered) this.unanswered++;
  }

  /** Notes that the last click was the second of a double click. */
  noteDoubleClick(): void {
    const last = this.run.at(-1);
    if (last) last.isDouble = true;
  }

  /** Notes that a request was rejected that the page started at `startedAt`, ms. */
  noteFailure(startedAt: number): void {
    const [first] = this.run;
    if (first && startedAt >= first.downAt - sameGestureMs) this.progress.noteFailure();
  }

  /** Drops a click that only focused a field, since the field's change has an entry of its own. */
  absorb(nodeId: number): void {
    const [only] = this.run;
    if (this.run.length === 1 && only?.isField && only.nodeId === nodeId) this.run = [];
  }

  /** Notes a possible response to a click at most `reachMs` before. */
  answer(at: number, reachMs = this.thresholds.deadClickMs): void {
    if (this.unanswered > 0) this.answerWhere((click) => at - click.at <= reachMs);
  }

  /** Notes that a selection was cleared. Browsers clear it after the click if the click is on the selected text. */
  answerByClearing(at: number, reachMs: number): void {
    if (this.unanswered > 0) this.answerWhere((click) => click.isControl !== true && at - click.at <= reachMs);
  }

  /** Notes the start of a request, which is recorded only at its end. */
  answerByRequest(startedAt: number): void {
    if (this.unanswered === 0) return;
    const { deadClickMs } = this.thresholds;
    this.answerWhere((click) => startedAt >= click.downAt - sameGestureMs && startedAt - click.at <= deadClickMs);
  }

  /** Notes that a page opens. A slow server answers late; `actedAt`: the user's last action, ms. */
  answerByPage(at: number, actedAt: number): void {
    this.answer(at);
    if (this.unanswered === 0) return;
    this.answerWhere(
      (click) => click.mayLoad === true && click.at >= actedAt - sameGestureMs && at - click.at <= requestReachMs,
    );
  }

  /** Emits the entries that are certain at the time `now`. */
  settle(now: number): void {
    const last = this.run.at(-1);
    // A click into a field waits for a change of the field, which replaces it.
    const isFocusing = this.run.length === 1 && last?.isField === true;
    if (last && !isFocusing && now - last.at > this.thresholds.rageWindowMs) this.endRun();
    if (this.waiting.length === 0) return;
    const deadAfterMs = this.thresholds.deadClickMs + requestReachMs;
    const isDue = (click: Click): boolean => !click.isUnanswered || now - click.at > deadAfterMs;
    if (this.waiting.some(isDue)) this.emitWaiting(isDue, true);
  }

  /** Emits all remaining entries. A click too close to the end of the session is never reported as dead. */
  finish(end: number): void {
    this.endRun();
    this.emitWaiting((click) => !click.isUnanswered || end - click.at < this.thresholds.deadClickMs, false);
    this.emitWaiting(() => true, true);
  }

  /** Returns true if a click at about this time was recorded. */
  hasClickNear(at: number): boolean {
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
    const isRage = this.isRage(run);
    this.progress.reset();
    if (!isRage) {
      this.settleRepeats(run);
      this.waiting.push(...run);
      return;
    }
    for (const click of run) this.settleAnswer(click);
    const durationMs = (run.at(-1) ?? first).at - first.at;
    this.emit({
      at: first.at,
      kind: 'rage-click',
      severity: 'warning',
      verb: 'clicked',
      ...first.subject,
      facts: { ...first.subject.facts, count: run.length },
      durationMs,
    });
  }

  /** Settles the repeats of an answered click: many people double-click everything. */
  private settleRepeats(run: readonly Click[]): void {
    for (const [index, click] of run.entries()) {
      const before = run[index - 1];
      const isRepeat = before !== undefined && click.at - before.at <= multiClickMs && before.nodeId === click.nodeId;
      if (isRepeat && !before.isUnanswered) this.settleAnswer(click);
    }
  }

  private emitWaiting(isDue: (click: Click) => boolean, mayBeDead: boolean): void {
    const due = this.waiting.filter(isDue);
    this.waiting = this.waiting.filter((click) => !due.includes(click));
    for (const click of due) {
      const { at, subject } = click;
      const isDead = mayBeDead && click.isUnanswered;
      this.settleAnswer(click);
      if (isDead) this.emit({ at, kind: 'dead-click', severity: 'warning', verb: 'clicked', ...subject });
      else this.emit({ at, kind: 'click', severity: 'info', verb: 'clicked', ...subject });
    }
  }

  private continues(last: Click, click: Click): boolean {
    if (click.isPrivate || last.isPrivate || click.at - last.at > this.thresholds.rageWindowMs) return false;
    const isKnown = last.x !== undefined && click.x !== undefined;
    return isKnown ? isNear(last, click, this.thresholds.rageDistancePx) : last.nodeId === click.nodeId;
  }

  private isRage(run: readonly Click[]): boolean {
    const { rageClicks, rageWindowMs } = this.thresholds;
    const gestures = joinDoubleClicks(run);
    const isQuick = gestures.some((click, index) => {
      const nth = gestures[index + rageClicks - 1];
      return nth !== undefined && nth.at - click.at <= rageWindowMs;
    });
    return isQuick && !run.some(({ isOpaque }) => isOpaque === true) && !this.progress.isUse(rageClicks);
  }
}

/** Returns the clicks without the second one of each double click. In a burst of clicks, every other one counts as such; all stay. */
function joinDoubleClicks(run: readonly Click[]): Click[] {
  const pauseAfter = (index: number): number => (run[index + 1]?.at ?? Infinity) - (run[index]?.at ?? 0);
  return run.filter(({ isDouble }, index) => {
    const hasPauseBefore = index < 2 || pauseAfter(index - 2) > betweenGesturesMs;
    return isDouble !== true || !hasPauseBefore || pauseAfter(index) <= betweenGesturesMs;
  });
}

/** Clicks by a script have no position. */
function isByScript({ x, y }: Click): boolean {
  return x === 0 && y === 0;
}

function isNear(one: Click, other: Click, distance: number): boolean {
  if (one.x === undefined || one.y === undefined || other.x === undefined || other.y === undefined) return false;
  return Math.hypot(one.x - other.x, one.y - other.y) <= distance;
}
