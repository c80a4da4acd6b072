import type { Replayer } from 'rrweb';
import type { eventWithTime } from '@rrweb/types';
import { readMove, readPlacing, type Pointer } from '../../../src-main/core/recording/model/pointer';
import { EventType, IncrementalSource } from '../../../src-main/core/recording/events';
import { isRecord } from '../../../src-main/core/recording/json';

const moving: ReadonlySet<unknown> = new Set([IncrementalSource.MouseMove, IncrementalSource.TouchMove]);

/** Where a Replayer last heard that the pointer is. */
export class PointerWatch {
  private last: Pointer | undefined;

  handler(event: eventWithTime): void {
    if ((event.type as number) !== EventType.IncrementalSnapshot || !isRecord(event.data)) return;
    if (moving.has(event.data.source)) this.last = readMove(event.data) ?? this.last;
    else if (event.data.source === IncrementalSource.MouseInteraction) this.last = readPlacing(event.data) ?? this.last;
  }

  /** As recorded, with the node that it is over. */
  tell(): string | null {
    return this.last ? `${this.last.x} ${this.last.y} over ${this.last.id}` : null;
  }

  /**
   * Whether the Replayer measured where an inner frame lies to place the pointer. What it finds depends on which transitions of the
   * page were on their way just then.
   */
  isMeasured(replayer: Replayer): boolean {
    const node = this.last && replayer.getMirror().getNode(this.last.id);
    return !!node && node.ownerDocument !== replayer.iframe.contentDocument;
  }
}
