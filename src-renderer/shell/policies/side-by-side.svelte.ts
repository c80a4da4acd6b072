import { untrack } from 'svelte';
import type { StoredSession } from '../../../src-main/contract/session';
import type { MadePreview } from './policy-preview.svelte';
import { ReplaySession } from '../session/replay-session.svelte';

/** The distance beyond which the right side is moved to the left side's time, ms. */
const apartMs = 350;
/** The shortest time between two such moves while both play, ms. */
const betweenMs = 1500;

/** Both sides have to show the same moment, so neither skips idle time. */
const everyMoment = (): { speed: number; isSkippingIdle: boolean } => ({ speed: 1, isSkippingIdle: false });

/** A session beside its redaction, with one set of controls. The left side, the recording, leads. */
export class SideBySide {
  readonly left: ReplaySession;
  right = $state.raw<ReplaySession>();
  /** The redacted session has nothing of the tab that is shown on the left. */
  isWithoutWindow = $state(false);

  /** The last state that was sent to the right side, and the time of the last move. */
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

  /** Shows another redaction on the right, with the tab and time of the left side. Undefined shows none. */
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

  /** The right side follows. */
  seek(atMs: number): void {
    this.left.seek(atMs);
  }

  /** Moves the right side to the state of the left side. Call it in an effect: it reads both. */
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
