import type { ReplayIndex } from '../../src-main/contract/replay-port';
import { findSegment } from '../../src-main/contract/shared/segment-search';
import { nextIdleJump, type IdleJump } from './idle';
import { PlayClock } from './play-clock';
import type { BlankReason, Scene, Stage } from './scene';
import { SceneAhead } from './scene-ahead';
import type { PageSize } from './scene-events';
import { clampMoment, edgeAfter, isSameSegment, lastMoment } from './segment-choice';
import type { SegmentSource } from './segment-source';

/** The environment of the player; tests have their own. */
export interface PlayerHost {
  /** ms that never go back. */
  now(): number;
  nextFrame(run: () => void): void;
  /** Runs it when the thread is idle; returns a function that cancels it. */
  whenIdle(run: () => void): () => void;
  /** Resolves when all changes so far are painted. */
  painted(): Promise<void>;
  /** Resolves after waiting messages were handled. */
  turn(): Promise<void>;
}

export interface PlayerListener {
  onTime(atMs: number, isPlaying: boolean): void;
  onLoading(): void;
  onSeeked(atMs: number, tookMs: number): void;
  onSize(size: PageSize): void;
  /** Nothing can be shown. */
  onFailure(error: unknown): void;
}

/** A requested moment that isn't painted yet. */
interface Goal {
  atMs: number;
  /** By the host's clock. */
  since: number;
}

/** A longer seek is reported as loading, ms. */
const loadingAfterMs = 150;
/** Without a paint for this long during a drag along the timeline, an outdated page is shown, ms. */
const staleAfterMs = 120;
/** The next scene is built this long before a segment boundary, in ms of real time. */
const aheadMs = 4000;
/** A window shows its first page this long before it was recorded, and is blank at earlier moments, ms. */
const blankFromMs = 1000;

/**
 * Plays one window of a session segment by segment. One scene is visible; the next one is built hidden in advance, so that segment
 * boundaries and seeks don't flash. Times are in ms from the start of the session.
 */
export class SegmentPlayer {
  private readonly clock: PlayClock;
  private scene: Scene | undefined;
  private readonly ahead: SceneAhead;
  private goal: Goal | undefined;
  private isSettling = false;
  private wantsPlay = false;
  private isSkippingIdle = false;
  private speed = 1;
  private isClosed = false;
  private lastBuildMs = 0;
  /** Playback restarts here after its end. Until it is known, it restarts at the window's first event. */
  private firstPageMs: number | undefined;
  private isTicking = false;
  /** The visible segment has grown. */
  private isOutgrown = false;

  constructor(
    private index: ReplayIndex,
    private readonly source: Pick<SegmentSource, 'load' | 'prefetch' | 'has'>,
    private readonly stage: Stage,
    private readonly host: PlayerHost,
    private readonly listener: PlayerListener,
  ) {
    this.clock = new PlayClock(() => host.now());
    this.ahead = new SceneAhead(
      source,
      (run) => host.whenIdle(run),
      (segment, json, atMs) => this.build(segment, json, atMs),
    );
  }

  get atMs(): number {
    return clampMoment(this.index, this.clock.atMs);
  }

  get durationMs(): number {
    return this.index.durationMs;
  }

  get size(): PageSize {
    return this.scene?.size ?? { width: 0, height: 0 };
  }

  /** There is no page to show at the moment. */
  get isBlank(): boolean {
    return this.blankAt(this.atMs) !== undefined;
  }

  /** Takes a newer index. The position, the page and the playback stay. */
  setIndex(index: ReplayIndex): void {
    const before = this.index;
    this.index = index;
    this.ahead.drop();
    const { scene } = this;
    if (!scene || isSameSegment(before.segments[scene.index], index.segments[scene.index])) return;
    this.isOutgrown = true;
    if (!this.goal) this.settleAt(this.atMs);
  }

  /** Shows that moment, or the window's first page if it is undefined. Throws the errors of the source's `load`. */
  async open(atMs: number | undefined): Promise<void> {
    if (atMs !== undefined) return this.settleAt(clampMoment(this.index, atMs));
    this.firstPageMs = this.stage.firstPage(await this.source.load(0), this.index);
    if (!this.goal) this.settleAt(this.firstPageMs);
  }

  play(): void {
    if (this.wantsPlay || this.isClosed) return;
    this.wantsPlay = true;
    if (this.atMs >= lastMoment(this.index)) this.settleAt(this.firstPageMs ?? this.index.segments[0]?.startMs ?? 0);
    else if (!this.goal) this.go();
    this.reportTime();
    if (!this.isTicking) this.host.nextFrame(this.tick);
    this.isTicking = true;
  }

  pause(): void {
    if (!this.wantsPlay) return;
    this.wantsPlay = false;
    this.hold();
    this.reportTime();
  }

  seek(atMs: number): void {
    this.settleAt(clampMoment(this.index, atMs));
    this.reportTime();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    this.clock.setSpeed(speed);
    this.scene?.setSpeed(speed);
    this.ahead.setSpeed(speed);
  }

  setSkippingIdle(isOn: boolean): void {
    this.isSkippingIdle = isOn;
    this.ahead.drop();
  }

  close(): void {
    this.isClosed = true;
    this.wantsPlay = false;
    this.ahead.drop();
    this.scene?.destroy();
    this.scene = undefined;
  }

  /** Stops the clock until that moment is painted. */
  private settleAt(atMs: number): void {
    this.hold();
    this.clock.set(atMs);
    this.goal = { atMs, since: this.host.now() };
    void this.settle();
  }

  private hold(): void {
    this.clock.stop();
    this.scene?.pause();
  }

  private go(): void {
    const { scene } = this;
    if (!scene) return;
    const atMs = this.clock.atMs;
    if (atMs >= scene.pageMs) scene.play(atMs);
    this.clock.run();
  }

  /** Shows the newest goal until none is left. Goals that arrive meanwhile wait. */
  private async settle(): Promise<void> {
    if (this.isSettling) return;
    this.isSettling = true;
    try {
      for (let lastShownAt = this.host.now(); this.goal && !this.isClosed;) {
        // Handles seeks that arrived during the last build before it chooses the next goal.
        await this.host.turn();
        if (!this.goal) break;
        const slow = setTimeout(() => this.listener.onLoading(), loadingAfterMs);
        const shown = await this.showGoal(this.goal, lastShownAt).finally(() => clearTimeout(slow));
        if (!shown) continue;
        lastShownAt = this.host.now();
        if (this.goal !== shown) continue;
        this.goal = undefined;
        this.listener.onSeeked(shown.atMs, lastShownAt - shown.since);
      }
      if (this.isClosed) return;
      this.prefetchAround();
      if (this.wantsPlay) this.go();
    } catch (error) {
      this.goal = undefined;
      this.pause();
      this.listener.onFailure(error);
    } finally {
      this.isSettling = false;
    }
  }

  /** Returns the painted goal; undefined if a newer one replaced it. */
  private async showGoal(goal: Goal, lastShownAt: number): Promise<Goal | undefined> {
    const wanted = findSegment(this.index.segments, goal.atMs);
    const ready = this.takeReady(wanted, goal.atMs);
    if (ready && this.advance(ready, goal.atMs)) this.present(ready);
    else {
      const json = await this.source.load(wanted);
      const newest = this.goal ?? goal;
      const isOutOfDate = newest !== goal && findSegment(this.index.segments, newest.atMs) !== wanted;
      if (isOutOfDate && this.host.now() - lastShownAt < staleAfterMs) return undefined;
      if (!isOutOfDate) goal = newest;
      // A build blocks this thread. If the last one was slow, report loading before it.
      if (this.lastBuildMs > loadingAfterMs) this.listener.onLoading();
      const scene = this.build(wanted, json, this.sceneMoment(goal.atMs));
      await scene.isComplete;
      if (this.isClosed) scene.destroy();
      else this.present(scene);
    }
    this.stage.setBlank(this.blankAt(goal.atMs));
    await this.host.painted();
    return goal;
  }

  /** Advances a scene. Returns false if that fails, so that it is built again: slow is better than nothing. */
  private advance(scene: Scene, atMs: number): boolean {
    try {
      scene.advanceTo(this.sceneMoment(atMs));
      return true;
    } catch {
      if (scene !== this.scene) scene.destroy();
      return false;
    }
  }

  /** Returns an existing scene that can advance to the moment. */
  private takeReady(index: number, atMs: number): Scene | undefined {
    const { scene } = this;
    return !this.isOutgrown && scene?.index === index && scene.canAdvanceTo(atMs)
      ? scene
      : this.ahead.take(index, atMs);
  }

  private build(index: number, json: Uint8Array, atMs: number): Scene {
    const before = this.host.now();
    const scene = this.stage.build({ index, json, startedAt: this.index.startedAt, atMs, speed: this.speed });
    this.lastBuildMs = this.host.now() - before;
    return scene;
  }

  private present(scene: Scene): void {
    const before = this.scene;
    if (before === scene) return;
    this.scene = scene;
    this.isOutgrown = false;
    scene.show();
    this.listener.onSize(scene.size);
    this.ahead.drop();
    before?.pause();
    // Destroying the old page would delay the paint of the new one.
    if (before) void this.host.painted().then(() => before.destroy());
  }

  /** An event is played once its time has passed. Nothing follows the last one, so its moment is extended. */
  private sceneMoment(atMs: number): number {
    return atMs >= lastMoment(this.index) ? atMs + 1 : atMs;
  }

  private blankAt(atMs: number): BlankReason | undefined {
    const { scene } = this;
    return scene && scene.pageMs - atMs < blankFromMs ? undefined : (scene?.blank ?? 'nothing-yet');
  }

  private readonly tick = (): void => {
    this.isTicking = this.wantsPlay;
    if (!this.wantsPlay) return;
    if (!this.goal && this.scene) this.advancePlayback(this.scene);
    this.reportTime();
    this.host.nextFrame(this.tick);
  };

  private advancePlayback(scene: Scene): void {
    const atMs = this.clock.atMs;
    const jump = this.isSkippingIdle ? nextIdleJump(this.index.idle, atMs) : undefined;
    if (jump && jump.fromMs <= atMs) return this.settleAt(jump.toMs);
    if (atMs >= lastMoment(this.index)) {
      this.clock.set(lastMoment(this.index));
      this.pause();
      return scene.advanceTo(this.sceneMoment(this.atMs));
    }
    const edgeMs = edgeAfter(this.index.segments, scene.index);
    if (atMs >= edgeMs) return this.crossEdge(atMs);
    this.stage.setBlank(this.blankAt(atMs));
    // The clock may have started before there was a page. `play` does nothing if the scene already plays.
    if (atMs >= scene.pageMs) scene.play(atMs);
    const isJumpNext = jump !== undefined && jump.fromMs < edgeMs;
    this.prepareAhead(atMs, isJumpNext ? jump : { fromMs: edgeMs, toMs: edgeMs });
  }

  /** Shows the next scene without stopping the clock, or stops the clock until the scene is built. */
  private crossEdge(atMs: number): void {
    const next = this.takeReady(findSegment(this.index.segments, atMs), atMs);
    if (!next) return this.settleAt(atMs);
    next.play(atMs);
    this.present(next);
    this.prefetchAround();
  }

  /** Builds the scene after the next boundary or jump when it is near. */
  private prepareAhead(atMs: number, change: IdleJump): void {
    if ((change.fromMs - atMs) / this.speed > aheadMs) return;
    const target = findSegment(this.index.segments, change.toMs);
    if (target >= 0 && target !== this.scene?.index) this.ahead.prepare(target, change.toMs);
  }

  private prefetchAround(): void {
    if (this.scene) this.source.prefetch(this.scene.index + 1);
  }

  private reportTime(): void {
    this.listener.onTime(this.atMs, this.wantsPlay);
  }
}
