import type { Scene } from './scene';
import type { SegmentSource } from './segment-source';

/** The scene behind the next edge or the next jump, built out of sight before its time. */
export class SceneAhead {
  private scene: Scene | undefined;
  private callOff: (() => void) | undefined;
  /** Grows with each drop: what was begun before it is not wanted any more. */
  private round = 0;

  constructor(
    private readonly source: Pick<SegmentSource, 'load' | 'prefetch' | 'has'>,
    /** Runs it when nothing else is to be done; returns how to call it off. */
    private readonly whenIdle: (run: () => void) => () => void,
    private readonly build: (index: number, json: Uint8Array, atMs: number) => Scene,
  ) {}

  /** Call it again and again while the change is near: first it gets the segment, then it builds the scene, once. */
  prepare(index: number, atMs: number): void {
    if (this.scene || this.callOff) return;
    if (!this.source.has(index)) return this.source.prefetch(index);
    const { round } = this;
    this.callOff = this.whenIdle(() => {
      void this.source.load(index).then((json) => {
        if (round !== this.round) return;
        this.callOff = undefined;
        this.scene = this.build(index, json, atMs);
      });
    });
  }

  /** Hands the scene over where it is of that segment and not past that moment. */
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
    this.round++;
    this.callOff?.();
    this.callOff = undefined;
    this.scene?.destroy();
    this.scene = undefined;
  }
}
