/** The animations of a recorded page: they stand still while the replay does. */
export class PageAnimations {
  private held: Animation[] = [];

  /** Stops those that run now. */
  hold(page: Document | null): void {
    for (const animation of page?.getAnimations() ?? []) {
      if (animation.playState !== 'running') continue;
      animation.pause();
      this.held.push(animation);
    }
  }

  /** Lets go on what was stopped. */
  resume(): void {
    for (const animation of this.held.splice(0)) {
      // One that was taken off the page meanwhile is idle and stays so.
      if (animation.playState === 'paused') animation.play();
    }
  }
}
