import type { ReplayIndex } from '../../src-main/contract/replay-port';
import type { PageSize } from './scene-events';

/** Why nothing can be shown. */
export type BlankReason = 'nothing-yet' | 'unreadable';

/** One segment as a picture that can play: it begins at a moment and goes forward only. Times in ms from the session's start. */
export interface Scene {
  readonly index: number;
  /** The first moment at which the segment has a page. */
  readonly pageMs: number;
  readonly size: PageSize;
  /** What to say before `pageMs`. */
  readonly blank: BlankReason;
  /** Resolves when nothing would be missing if it were shown now. */
  readonly isComplete: Promise<void>;
  /** Whether it can be brought to that moment from where it is. */
  canAdvanceTo(atMs: number): boolean;
  advanceTo(atMs: number): void;
  play(atMs: number): void;
  pause(): void;
  setSpeed(speed: number): void;
  /** Puts it before all others. */
  show(): void;
  destroy(): void;
}

export interface SceneRequest {
  index: number;
  json: Uint8Array;
  /** Of the session, recorder's clock. */
  startedAt: number;
  atMs: number;
  speed: number;
}

/** Where scenes come from and what surrounds them. */
export interface Stage {
  /** Builds a scene out of sight. One that holds no page is blank, and its `pageMs` never comes. */
  build(request: SceneRequest): Scene;
  /** Where the first segment of a window has something to show. */
  firstPage(json: Uint8Array, index: ReplayIndex): number;
  /** Covers the picture by words that say why there is none, or uncovers it. */
  setBlank(reason: BlankReason | undefined): void;
}
