import { isNodeId, type JsonRecord } from '../../recording/json';

/** Media that starts within this time after an action was started by the user, ms. Pages start others by themselves. */
const startMs = 1000;

const mediaEvent = { play: 0, pause: 1 } as const;

/** Tracks the media that the user has started. While it plays, the user watches or listens. */
export class WatchedMedia {
  private readonly playing: Set<number>;

  constructor(saved: readonly number[] = []) {
    this.playing = new Set(saved);
  }

  save(): number[] {
    return [...this.playing];
  }

  get isPlaying(): boolean {
    return this.playing.size > 0;
  }

  /** Forgets the media of a page that is gone. */
  clear(): void {
    this.playing.clear();
  }

  /** Returns when the user acted, ms, or undefined for an event of media that autoplays. `actedAt`: the user's last action. */
  add({ id, type }: JsonRecord, at: number, actedAt: number): number | undefined {
    if (!isNodeId(id)) return undefined;
    const isByUser = at - actedAt <= startMs;
    const wasPlaying = this.playing.has(id);
    if (type === mediaEvent.play && isByUser) this.playing.add(id);
    if (type === mediaEvent.pause) this.playing.delete(id);
    return isByUser || wasPlaying ? at : undefined;
  }
}
