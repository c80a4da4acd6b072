import type { Scene } from './scene';
import type { SegmentSource } from './segment-source';

/** The scene after the next segment boundary or jump, built hidden in advance. */
export class SceneAhead {
  private scene: Scene | undefined;
  private cancel: (() => void) | undefined;
  /** Grows with each drop. A build that started before the last drop is discarded. */
  private generation = 0;

  constructor(
    private readonly source: Pick<SegmentSource, 'load' | 'prefetch' | 'has'>,
    /** Runs the function when the thread is idle. Returns a function that cancels it. */
    private readonly whenIdle: (run: () => void) => () => void,
    private readonly build: (index: number, json: Uint8Array, atMs: number) => Scene,
  ) {}

  /** Call repeatedly while the boundary is near. Loads the segment first, then builds the scene once. */
  prepare(index: number, atMs: number): void {
    if (this.scene || this.cancel) return;
    if (!this.source.has(index)) return this.source.prefetch(index);
    const { generation } = this;
    this.cancel = this.whenIdle(() => {
      void this.source.load(index).then((json) => {
        if (generation !== this.generation) return;
        this.cancel = undefined;
        this.scene = this.build(index, json, atMs);
      });
    });
  }

  /** Returns the scene and gives it up, if it shows that segment and can advance to that moment. */
  take(index: number, atMs: number): Scene | undefined {
    const { scene } = this;
    if (scene?.index !== index || !scene.canAdvanceTo(atMs)) return undefined;
    this.scene = undefined;
    return scene;
  }

  setSpeed(speed: number): void {
    this.scene?.setSpeed(speed);
  }

  drop(): void {
    this.generation++;
    this.cancel?.();
    this.cancel = undefined;
    this.scene?.destroy();
    this.scene = undefined;
  }
}
