/** How the window is divided; lasts while the window does. */
class Layout {
  /** The replay alone fills the window. */
  isFullWindow = $state(false);
  /** Times are told by the clock on the wall rather than from the start. */
  isWallClock = $state(false);
  /** px. */
  eventListWidth = $state(380);
}

export const layout = new Layout();
