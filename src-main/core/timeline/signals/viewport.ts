import { timelineWords } from '../../../contract/words/timeline';
import type { Draft, Emit } from '../draft';

/** Sizes that follow each other faster than this are one drag of the window's edge. */
const settleMs = 1000;

/** The size of the window. A drag gives one entry, with the size at its end. */
export class ViewportTrack {
  private size = '';
  private pending: Draft | undefined;

  constructor(private readonly emit: Emit) {}

  add(width: number, height: number, at: number): void {
    const size = `${width}×${height}`;
    const isFirst = this.size === '';
    if (size === this.size) return;
    this.size = size;
    if (isFirst) return;
    if (this.pending && at - this.pending.at > settleMs) this.flush();
    this.pending = { at, kind: 'viewport', severity: 'info', text: timelineWords.resized(width, height) };
  }

  flush(): void {
    if (this.pending) this.emit(this.pending);
    this.pending = undefined;
  }
}
