/** What an export asks of windows that nobody sees, over a port from the worker to main: one thing at a time, one answer each. */
export type WindowRequest =
  /** A page that stands alone, as a PDF: nothing of it is fetched, and nothing in it runs. */
  | { kind: 'print'; html: string }
  /** A moment of a redacted recording that the worker serves by that id, as a JPEG. */
  | ({ kind: 'picture' } & Moment);

export interface Moment {
  id: string;
  windowId: string;
  /** From the session's start, ms. */
  atMs: number;
}

/** Why there is no picture: the window had no page at that moment, or it could not be made. */
export type ScreenshotFailure = 'no-page' | 'failed';

export type WindowReply = { bytes: Uint8Array } | { failure: ScreenshotFailure };
