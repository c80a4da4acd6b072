/** The layout of the window. It isn't stored. */
class Layout {
  /** The replay fills the window. */
  isFullWindow = $state(false);
  /** Times are shown as the time of day rather than from the start. */
  isWallClock = $state(false);
  /** px. */
  eventListWidth = $state(380);
}

export const layout = new Layout();
