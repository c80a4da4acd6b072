import { damageWords } from '../../../contract/words/recording';
import type { ByteWindow } from './byte-window';
import { openBrace, openBracket } from './codes';
import type { EventSink } from './event-sink';
import { openList, openObject } from './frames';
import { listDepthLimit } from './item-reader';
import type { TextOutcome } from './outcome';
import { peekList, peekObject } from './peek';
import type { SliceReader } from './slice-reader';
import type { StructureCursor } from './structure-cursor';
import type { ValueSkipper } from './value-skipper';

/** Opens items that are or contain lists, and closes them again. */
export class ContainerReader {
  constructor(
    private readonly window: ByteWindow,
    private readonly cursor: StructureCursor,
    private readonly slices: SliceReader,
    private readonly skipper: ValueSkipper,
    private readonly sink: EventSink,
    private readonly outcome: TextOutcome,
  ) {}

  /**
   * Opens the item at `start` if it holds a list of events. Returns `event` if it turns out to be one, which never holds a list, and
   * undefined if more bytes are needed to decide. `reason` is the reason of its loss if it turns out to be an event.
   */
  tryOpen(start: number, wanted: 'named' | 'unnamed', reason: string): 'opened' | 'event' | undefined {
    const { bytes, end } = this.window;
    if (bytes[start] === openBrace) {
      const { type, list } = peekObject(bytes, start, end, this.cursor.frame.kind === 'top');
      if (list === 'named' || (list === 'unnamed' && wanted === 'unnamed')) {
        this.openObject(start, reason);
        return 'opened';
      }
      return type !== undefined && list === 'none' ? 'event' : undefined;
    }
    if (bytes[start] !== openBracket) return 'event';
    const kind = peekList(bytes, start, end);
    if (kind === 'list') this.openList(start);
    return kind === 'list' ? 'opened' : kind === 'pair' ? 'event' : undefined;
  }

  openObject(start: number, reason: string): void {
    const { cursor } = this;
    if (this.slices.flush()) return;
    const { frame, windowId } = cursor;
    const level = frame.kind === 'top' ? 0 : frame.kind === 'list' ? frame.level + 1 : frame.level;
    if (level > listDepthLimit) return this.skipForeign(start);
    cursor.push(openObject({ windowId, level, isGroup: frame.kind === 'list', wrapperLevel: 0, reason }));
    cursor.moveTo(start + 1);
  }

  openList(start: number): void {
    const { cursor, outcome } = this;
    if (this.slices.flush()) return;
    const { frame } = cursor;
    const level = frame.kind === 'list' ? frame.level + 1 : 0;
    if (level > listDepthLimit) return this.skipForeign(start);
    if (frame.kind === 'list' && cursor.depth === 1) outcome.noteFormat('segments');
    cursor.push(openList(cursor.windowId, level));
    outcome.hasJson = true;
    cursor.moveTo(start + 1);
  }

  /** Closes the innermost container. An object without a list was an event, or something else. */
  close(): void {
    const { cursor, outcome } = this;
    const frame = cursor.pop();
    if (frame?.kind === 'object' && frame.wrapperLevel === 0 && !frame.hasList) {
      const isLostEvent = frame.type !== undefined;
      this.sink.addLost(isLostEvent ? frame.reason : damageWords.notAnEvent, frame.windowId, frame.time);
      if (!isLostEvent) outcome.hasUnknownShape = true;
      outcome.hasJson = true;
    }
    cursor.passValue(cursor.position + 1);
  }

  private skipForeign(start: number): void {
    this.sink.addLost(damageWords.notAnEvent, this.cursor.windowId);
    this.skipper.begin(start);
  }
}
