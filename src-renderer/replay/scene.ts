import type { ReplayIndex } from '../../src-main/contract/replay-port';
import type { PageSize } from './scene-events';

/** The reason why no page can be shown. */
export type BlankReason = 'nothing-yet' | 'unreadable';

/** The page of one segment, which starts at a moment and only plays forward. Times are in ms from the session's start. */
export interface Scene {
  readonly index: number;
  /** The first moment at which the segment has a page. */
  readonly pageMs: number;
  readonly size: PageSize;
  /** The notice to show before `pageMs`. */
  readonly blank: BlankReason;
  /** Resolves when its images and fonts are loaded, or after a time limit. */
  readonly isComplete: Promise<void>;
  /** Returns whether it can advance to that moment. */
  canAdvanceTo(atMs: number): boolean;
  advanceTo(atMs: number): void;
  play(atMs: number): void;
  pause(): void;
  setSpeed(speed: number): void;
  /** Makes it the visible scene. */
  show(): void;
  destroy(): void;
}

export interface SceneRequest {
  index: number;
  json: Uint8Array;
  /** Start of the session, recorder's clock, ms. */
  startedAt: number;
  atMs: number;
  speed: number;
}

/** Builds scenes and shows notices over them. */
export interface Stage {
  /** Builds a hidden scene. A scene without a page is blank, and its `pageMs` is Infinity. */
  build(request: SceneRequest): Scene;
  /** Returns when the first segment of a window shows a page. */
  firstPage(json: Uint8Array, index: ReplayIndex): number;
  /** Covers the page with a notice that says why there is none, or uncovers it. */
  setBlank(reason: BlankReason | undefined): void;
}
