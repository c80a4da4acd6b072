/** A request of an export to the hidden windows, over a port from the worker to main. One request at a time, one reply each. */
export type WindowRequest =
  /** Prints a self-contained page as a PDF. It loads nothing and runs no script. */
  | { kind: 'print'; html: string }
  /** Takes a screenshot, as JPEG, of a moment of a redacted recording that the worker serves under this id. */
  | ({ kind: 'screenshot' } & Moment);

export interface Moment {
  id: string;
  windowId: string;
  /** ms since the session's start. */
  atMs: number;
}

/** The reason for a missing screenshot: the tab had no page at that moment, or the screenshot failed. */
export type ScreenshotFailure = 'no-page' | 'failed';

export type WindowReply = { bytes: Uint8Array } | { failure: ScreenshotFailure };
