import type { Replayer } from 'rrweb';
import type { eventWithTime } from '@rrweb/types';
import { readMove, readPlacing, type Pointer } from '../../../src-main/core/recording/model/pointer';
import { EventType, IncrementalSource } from '../../../src-main/core/recording/events';
import { isRecord } from '../../../src-main/core/recording/json';

const moving: ReadonlySet<unknown> = new Set([IncrementalSource.MouseMove, IncrementalSource.TouchMove]);

/** Tracks the last pointer position that a Replayer received. */
export class PointerWatch {
  private last: Pointer | undefined;

  handler(event: eventWithTime): void {
    if ((event.type as number) !== EventType.IncrementalSnapshot || !isRecord(event.data)) return;
    if (moving.has(event.data.source)) this.last = readMove(event.data) ?? this.last;
    else if (event.data.source === IncrementalSource.MouseInteraction) this.last = readPlacing(event.data) ?? this.last;
  }

  /** Returns the recorded position and the node under it. */
  describe(): string | null {
    return this.last ? `${this.last.x} ${this.last.y} over ${this.last.id}` : null;
  }

  /**
   * Returns whether the Replayer measured the position of an inner frame to place the pointer. The result depends on the progress of the
   * page's transitions.
   */
  isMeasured(replayer: Replayer): boolean {
    const node = this.last && replayer.getMirror().getNode(this.last.id);
    return !!node && node.ownerDocument !== replayer.iframe.contentDocument;
  }
}
