import type { ReplayIndex } from '../../../src-main/contract/replay-port';
import type { Scene, SceneRequest, Stage } from '../../../src-renderer/replay/scene';
import { SegmentPlayer, type PlayerHost } from '../../../src-renderer/replay/segment-player';

/** A scene that only writes to a log. */
class FakeScene implements Scene {
  readonly size = { width: 800, height: 600 };
  readonly blank = 'nothing-yet';
  readonly isComplete = Promise.resolve();
  readonly index: number;
  atMs: number;
  isPlaying = false;
  isDestroyed = false;

  constructor(
    request: SceneRequest,
    readonly pageMs: number,
    private readonly world: World,
  ) {
    this.index = request.index;
    this.atMs = request.atMs;
  }

  canAdvanceTo(atMs: number): boolean {
    return atMs >= this.atMs;
  }
  advanceTo(atMs: number): void {
    if (this.world.isStuck) throw new Error('stuck');
    this.atMs = atMs;
    this.world.log.push(`advance ${this.index} to ${atMs}`);
  }
  play(atMs: number): void {
    if (!this.isPlaying) this.world.log.push(`play ${this.index} from ${Math.round(atMs)}`);
    this.isPlaying = true;
  }
  pause(): void {
    if (this.isPlaying) this.atMs = this.world.player.atMs;
    this.isPlaying = false;
  }
  setSpeed(): void {}
  show(): void {
    this.world.log.push(`show ${this.index}`);
    this.world.shown = this;
  }
  destroy(): void {
    this.isDestroyed = true;
    this.world.alive.delete(this);
  }
}

/** A player whose clock, frames and segments are controlled by the test. */
export class World implements PlayerHost, Stage {
  readonly log: string[] = [];
  readonly alive = new Set<FakeScene>();
  readonly loads: { index: number; answer: () => void; refuse: (error: Error) => void }[] = [];
  readonly loaded = new Set<number>();
  readonly prefetched: number[] = [];
  readonly times: { atMs: number; isPlaying: boolean }[] = [];
  readonly seeked: number[] = [];
  readonly failures: unknown[] = [];
  readonly player: SegmentPlayer;
  shown: FakeScene | undefined;
  blank: string | undefined;
  clockMs = 0;
  canPrefetch = true;
  /** Scenes fail to advance. */
  isStuck = false;
  /** The first moment with a page by segment, if it isn't the segment's start. */
  pages = new Map<number, number>();
  private frames: (() => void)[] = [];
  private idles: (() => void)[] = [];

  constructor(readonly index: ReplayIndex) {
    const source = {
      load: (segment: number) => this.load(segment),
      prefetch: (segment: number) => {
        this.prefetched.push(segment);
        if (this.canPrefetch && index.segments[segment]) this.loaded.add(segment);
      },
      has: (segment: number) => this.loaded.has(segment),
    };
    this.player = new SegmentPlayer(index, source, this, this, {
      onTime: (atMs, isPlaying) => this.times.push({ atMs, isPlaying }),
      onLoading: () => undefined,
      onSeeked: (atMs) => this.seeked.push(atMs),
      onSize: () => undefined,
      onFailure: (error) => this.failures.push(error),
    });
  }

  now(): number {
    return this.clockMs;
  }
  nextFrame(run: () => void): void {
    this.frames.push(run);
  }
  whenIdle(run: () => void): () => void {
    this.idles.push(run);
    return () => (this.idles = this.idles.filter((other) => other !== run));
  }
  async painted(): Promise<void> {
    await Promise.resolve();
  }
  async turn(): Promise<void> {
    await Promise.resolve();
  }
  build(request: SceneRequest): Scene {
    this.log.push(`build ${request.index} at ${request.atMs}`);
    const start = this.index.segments[request.index]?.startMs ?? 0;
    const scene = new FakeScene(request, this.pages.get(request.index) ?? start, this);
    this.alive.add(scene);
    return scene;
  }
  firstPage(): number {
    return this.index.segments[0]?.startMs ?? 0;
  }
  setBlank(reason: string | undefined): void {
    this.blank = reason;
  }

  /** Runs promise callbacks until none are left. */
  async settle(): Promise<void> {
    for (let round = 0; round < 50; round++) await Promise.resolve();
  }

  /** Opens the player with all segments loaded. */
  async open(atMs?: number): Promise<void> {
    for (const index of this.index.segments.keys()) this.loaded.add(index);
    await this.player.open(atMs);
    await this.settle();
    this.log.length = 0;
  }

  /** Advances the clock frame by frame. */
  async pass(ms: number, frameMs = 100): Promise<void> {
    for (let passed = 0; passed < ms; passed += frameMs) {
      this.clockMs += frameMs;
      for (const run of this.frames.splice(0)) run();
      for (const run of this.idles.splice(0)) run();
      await this.settle();
    }
  }

  private load(index: number): Promise<Uint8Array> {
    if (this.loaded.has(index)) return Promise.resolve(new Uint8Array());
    return new Promise((resolve, reject) => {
      const answer = (): void => {
        this.loaded.add(index);
        resolve(new Uint8Array());
      };
      this.loads.push({ index, answer, refuse: reject });
    });
  }
}

/** Ten segments of a second each. */
export function tenSeconds(change: Partial<ReplayIndex> = {}): ReplayIndex {
  const segments = Array.from({ length: 10 }, (_, n) => ({
    startMs: n * 1000,
    endMs: n * 1000 + 990,
    keyframe: n && 3,
  }));
  return { startedAt: 0, durationMs: 10_000, segments, idle: [], ...change };
}
