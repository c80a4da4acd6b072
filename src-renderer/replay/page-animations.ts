/** The longest animation that is finished, ms. Longer ones show how time passes (a countdown, a song), so their end would mislead. */
const longestFinishedMs = 2000;

/** The animations of a recorded page. They are paused while the replay is. */
export class PageAnimations {
  private paused: Animation[] = [];

  /** Pauses the running animations. */
  hold(page: Document | null): void {
    for (const animation of runningAnimations(page)) {
      animation.pause();
      this.paused.push(animation);
    }
  }

  /**
   * Finishes short animations after a jump and pauses the others. The browser starts them when it builds the page, not when they started
   * for the user. Paused at its start, a fade-in would hide what the user saw.
   */
  settle(page: Document | null): void {
    for (const animation of runningAnimations(page))
      if (Number(animation.effect?.getComputedTiming().endTime) <= longestFinishedMs) animation.finish();
    this.hold(page);
  }

  /** Resumes the paused animations. */
  resume(): void {
    for (const animation of this.paused.splice(0)) {
      // An animation whose element was removed is idle and stays idle.
      if (animation.playState === 'paused') animation.play();
    }
  }
}

function runningAnimations(page: Document | null): Animation[] {
  return (page?.getAnimations() ?? []).filter(({ playState }) => playState === 'running');
}
