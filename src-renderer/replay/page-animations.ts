/** Longer ones say how time passes (a countdown, a song), which their end would not tell, ms. */
const shortMs = 2000;

/** The animations of a recorded page: they stand still while the replay does. */
export class PageAnimations {
  private held: Animation[] = [];

  /** Stops those that run now, as they are. */
  hold(page: Document | null): void {
    for (const animation of running(page)) {
      animation.pause();
      this.held.push(animation);
    }
  }

  /**
   * After a jump: what came in by a fade or moved by a transition has arrived. The browser begins them when it builds the page, not when
   * they began for the user, and standing still at their beginning would hide what the user saw.
   */
  settle(page: Document | null): void {
    for (const animation of running(page))
      if (Number(animation.effect?.getComputedTiming().endTime) <= shortMs) animation.finish();
    this.hold(page);
  }

  /** Lets go on what was stopped. */
  resume(): void {
    for (const animation of this.held.splice(0)) {
      // An animation whose element was removed is idle and stays idle.
      if (animation.playState === 'paused') animation.play();
    }
  }
}

function running(page: Document | null): Animation[] {
  return (page?.getAnimations() ?? []).filter(({ playState }) => playState === 'running');
}
