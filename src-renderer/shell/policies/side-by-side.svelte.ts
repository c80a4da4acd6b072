import { untrack } from 'svelte';
import type { StoredSession } from '../../../src-main/contract/session';
import type { MadePreview } from './policy-preview.svelte';
import { ReplaySession } from '../session/replay-session.svelte';

/** The right one is brought to the left one's moment where it is further away than this, ms. */
const apartMs = 350;
/** … and not more often than this while both play. */
const betweenMs = 1500;

/** How two replays are watched that are to show the same moment: every second of both. */
const everyMoment = (): { speed: number; isSkippingIdle: boolean } => ({ speed: 1, isSkippingIdle: false });

/** A session and its redaction, driven by one bar. The left one, which is the recording, leads. */
export class SideBySide {
  readonly left: ReplaySession;
  right = $state.raw<ReplaySession>();
  /** Nothing of the window on the left is in what would leave. */
  isWithoutWindow = $state(false);

  /** To what the right one was brought last, and when it was moved. */
  #brought: { atMs: number; isPlaying: boolean; now: number } | undefined;

  constructor(session: StoredSession) {
    this.left = new ReplaySession(session.id, session.facts.durationMs, everyMoment());
  }

  get phase(): ReplaySession['phase'] {
    return this.left.phase;
  }

  get durationMs(): number {
    return this.left.durationMs;
  }

  get atMs(): number {
    return this.left.atMs;
  }

  open(): void {
    void this.left.open();
  }

  close(): void {
    this.left.close();
    this.right?.close();
  }

  /** Shows another redaction on the right, in the window and at the time of the left one; undefined shows none. */
  setRight(made: MadePreview | undefined): void {
    this.right?.close();
    this.right = undefined;
    this.#brought = undefined;
    const windowId = made?.windows[this.left.windowId];
    this.isWithoutWindow = made !== undefined && windowId === undefined;
    if (!made || windowId === undefined) return;
    const right = new ReplaySession(made.id, made.durationMs, everyMoment());
    right.startAt(this.left.atMs, windowId);
    this.right = right;
    void right.open();
  }

  togglePlay(): void {
    this.left.togglePlay();
  }

  /** The right one follows. */
  seek(atMs: number): void {
    this.left.seek(atMs);
  }

  /** Brings the right one to where the left one is. Call it in an effect: it follows the left one, and when the right one is ready. */
  keepTogether(): void {
    const { left, right } = this;
    const { atMs, isPlaying } = left;
    if (right?.phase !== 'ready' || left.phase !== 'ready') {
      this.#brought = undefined;
      return;
    }
    untrack(() => this.#bring(right, atMs, isPlaying));
  }

  #bring(right: ReplaySession, atMs: number, isPlaying: boolean): void {
    const before = this.#brought;
    const now = performance.now();
    const isMoved = isPlaying
      ? Math.abs(right.atMs - atMs) > apartMs && now - (before?.now ?? 0) > betweenMs
      : (before === undefined || before.isPlaying || before.atMs !== atMs) && right.atMs !== atMs;
    if (before?.isPlaying !== isPlaying) right.setPlaying(isPlaying);
    if (isMoved) right.seek(atMs);
    this.#brought = { atMs, isPlaying, now: isMoved ? now : (before?.now ?? 0) };
  }
}
