import { timelineWords } from '../../../contract/words/timeline';
import type { RecordedEvent } from '../../../contract/recorded-event';
import { EventType, IncrementalSource, MouseInteractions } from '../../recording/events';
import { isFiniteNumber, isRecord, listOf } from '../../recording/json';
import type { Emit } from '../draft';

/** Spans in which the user did nothing in any window. */
export class IdleTrack {
  private lastActive: number | undefined;
  private isTyping = false;

  constructor(
    private readonly emit: Emit,
    private readonly idleMs: number,
  ) {}

  /**
   * Call with the session's start, with every act of the user and with its end. Of typing that was redacted only the first
   * keystroke is left (`isMaskedTyping`): what follows it may look idle and was not, so nothing is claimed of it.
   */
  noteActivity(at: number, isMaskedTyping = false): void {
    const wasTyping = this.isTyping;
    this.isTyping = isMaskedTyping;
    if (!wasTyping && this.lastActive !== undefined && at - this.lastActive >= this.idleMs) {
      const durationMs = at - this.lastActive;
      this.emit({
        at: this.lastActive,
        kind: 'idle',
        severity: 'info',
        text: timelineWords.idle(durationMs),
        durationMs,
      });
    }
    this.lastActive = Math.max(this.lastActive ?? at, at);
  }
}

/** Whether a recorded input shows a mask in place of what was typed. */
export function isMaskedInput({ data }: RecordedEvent): boolean {
  return isRecord(data) && typeof data.text === 'string' && /^•+$/.test(data.text);
}

const acts: ReadonlySet<unknown> = new Set([
  IncrementalSource.MouseMove,
  IncrementalSource.TouchMove,
  IncrementalSource.Drag,
  IncrementalSource.Scroll,
  IncrementalSource.ViewportResize,
  IncrementalSource.MediaInteraction,
]);

/**
 * When the user acted in an event, ms; undefined for what a page does by itself. Input events are judged elsewhere: pages write
 * into fields too. A batch of moves began before it was written.
 */
export function findActivity({ type, data, timestamp }: RecordedEvent): number | undefined {
  if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return undefined;
  if (data.source === IncrementalSource.MouseInteraction) {
    const isFocus = data.type === MouseInteractions.Focus || data.type === MouseInteractions.Blur;
    return isFocus ? undefined : timestamp;
  }
  if (!acts.has(data.source)) return undefined;
  const first = listOf(data.positions)[0];
  const offset = isRecord(first) && isFiniteNumber(first.timeOffset) ? Math.min(0, first.timeOffset) : 0;
  return timestamp + offset;
}
