import type { Draft, Emit } from '../draft';

/** Changes of size with less time than this between them are one drag of the window's edge. */
const settleMs = 1000;
/** Windows of desktop browsers can't be narrower than this, CSS pixels. A narrower viewport is that of a phone. */
const phoneWidth = 500;
/** A browser's bars go and come within this time after a scroll, and a keyboard after a field gets the focus, ms. */
const reactionMs = 1000;
/** The most that a browser's bars take of the height, CSS pixels. */
const barsPx = 160;

/** Plain JSON, to resume later. */
export interface ViewportState {
  width: number;
  /** 0 before the first size is known. */
  height: number;
  /** True once the user has touched the screen. Absent in states stored by earlier versions. */
  isTouch?: boolean | undefined;
  /** True once the user has moved a mouse. */
  isMouse?: boolean | undefined;
  /** When the page was last scrolled and when a field last got the focus, ms. */
  scrolledAt?: number | undefined;
  focusedAt?: number | undefined;
  /** The height before a keyboard opened. */
  fullHeight?: number | undefined;
  pending?: Draft | undefined;
}

/**
 * Detects changes of the viewport's size. A drag is one entry, with the final size. On touch devices, the browser's bars and the keyboard
 * change the height alone; the user didn't resize anything, so there is no entry.
 */
export class ViewportTrack {
  private readonly state: ViewportState;

  constructor(
    private readonly emit: Emit,
    saved: ViewportState = { width: 0, height: 0 },
  ) {
    this.state = saved;
  }

  save(): ViewportState {
    return this.state;
  }

  /** CSS pixels, 0 before it is known. */
  get height(): number {
    return this.state.height;
  }

  get isWaiting(): boolean {
    return this.state.pending !== undefined;
  }

  get openSince(): number | undefined {
    return this.state.pending?.at;
  }

  /** Notes that the user has touched the screen. */
  noteTouch(): void {
    this.state.isTouch = true;
  }

  noteMouse(): void {
    this.state.isMouse = true;
  }

  noteScroll(at: number): void {
    this.state.scrolledAt = at;
  }

  noteFieldFocus(at: number): void {
    this.state.focusedAt = at;
  }

  add(width: number, height: number, at: number): void {
    const { state } = this;
    const isFirst = state.height === 0;
    if (width === state.width && height === state.height) return;
    const isByDevice = width === state.width && !state.pending && this.isByDevice(width, height, at);
    state.width = width;
    state.height = height;
    if (isFirst || isByDevice) return;
    if (state.pending && at - state.pending.at > settleMs) this.finish();
    state.pending = { at, kind: 'viewport', severity: 'info', verb: 'resized', facts: { width, height } };
  }

  /** Returns true for a change of the height alone that the browser's bars or the keyboard make. */
  private isByDevice(width: number, height: number, at: number): boolean {
    const { state } = this;
    const { scrolledAt, focusedAt, fullHeight } = state;
    if (state.isTouch === true) return true;
    if (state.isMouse === true) return false;
    if (width < phoneWidth) return true;
    if (scrolledAt !== undefined && at - scrolledAt <= reactionMs && Math.abs(height - state.height) <= barsPx)
      return true;
    const opensKeyboard = focusedAt !== undefined && at - focusedAt <= reactionMs && height < state.height - barsPx;
    if (opensKeyboard) state.fullHeight = state.height;
    else state.fullHeight = undefined;
    return opensKeyboard || height === fullHeight;
  }

  settle(now: number): void {
    if (this.state.pending && now - this.state.pending.at > settleMs) this.finish();
  }

  finish(): void {
    if (this.state.pending) this.emit(this.state.pending);
    this.state.pending = undefined;
  }
}
