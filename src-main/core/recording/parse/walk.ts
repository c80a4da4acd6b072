import { damageWords } from '../../../contract/words/recording';
import { closeBrace, closeBracket, colon, comma, lineBreak, quote } from './codes';
import type { ListFrame } from './frames';
import { MemberWalk } from './member-walk';
import { onlyWindow } from './shapes';
import { skipSpace } from './value-scan';

/**
 * Reads a recording's text as it comes in and hands each item on: one JSON document of a known shape, or a sequence of JSON values.
 * Never more than one item and one block of bytes is held. A damaged item is told to the sink and passed over.
 */
export class RecordingWalk extends MemberWalk {
  /** Reads on, one block at most; false at the end. Errors: recording-too-large, and those of the source. */
  async next(): Promise<boolean> {
    if (!this.isPaused) await this.refill();
    this.isPaused = false;
    do {
      while (this.step()) {
        if (!this.sink.isFull) continue;
        this.isPaused = true;
        return true;
      }
    } while (this.flush());
    if (!this.window.isEnded) return true;
    this.finish();
    return false;
  }

  private async refill(): Promise<void> {
    const { window } = this;
    const keepFrom = Math.min(this.mode === 'item' ? this.itemStart : this.position, window.end);
    await window.refill(keepFrom);
    this.position -= keepFrom;
    this.itemStart -= keepFrom;
    this.scanned -= keepFrom;
    if (this.isAtStart) this.passByteOrderMark();
  }

  private passByteOrderMark(): void {
    const { bytes, isEnded, end } = this.window;
    if (end < 3 && !isEnded) return;
    this.isAtStart = false;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.position = 3;
  }

  /** One step on; false where more bytes are needed. */
  private step(): boolean {
    switch (this.mode) {
      case 'structure':
        return this.readStructure();
      case 'item':
        return this.readItem();
      case 'skip':
        return this.readSkipped();
      case 'resume':
        return this.readDamaged();
      case 'next-line':
        return this.readToLineEnd();
      case 'drop':
        this.position = this.window.end;
        return false;
    }
  }

  private readStructure(): boolean {
    const { bytes, end } = this.window;
    const next = skipSpace(bytes, this.position, end);
    if (this.frame.kind === 'top' && this.lastList && bytes.subarray(this.position, next).includes(lineBreak)) {
      this.lastList = undefined;
    }
    this.position = next;
    if (this.isAtStart || this.position >= end) return false;
    const { frame } = this;
    if (frame.kind === 'list') return this.readList(frame);
    if (frame.kind !== 'top') return this.readMember(frame);
    if (bytes[this.position] !== comma) return this.beginItem();
    this.position++;
    return true;
  }

  private readList(frame: ListFrame): boolean {
    const code = this.window.bytes[this.position];
    if (code === closeBracket) return this.flush() || this.close();
    if (frame.needsComma) {
      if (code !== comma) return this.passDamage(this.position);
      frame.needsComma = false;
      this.position++;
      return true;
    }
    if (code === comma || code === closeBrace || code === colon) return this.passDamage(this.position);
    if (frame.isEmpty) {
      this.noteList(frame);
      frame.isEmpty = false;
      frame.hasStrings = code === quote;
    }
    return this.beginItem();
  }

  /** The first item of a list says of the objects around it that they are no events, and where the events of a document are. */
  private noteList(list: ListFrame): void {
    for (const frame of this.stack) if (frame.kind === 'object') frame.hasList = true;
    const document = this.stack[1];
    if (document?.kind !== 'object') return;
    if (document.isGroup || (document.windowId !== onlyWindow && this.stack[2] === list)) {
      this.outcome.noteFormat('window groups');
    } else this.outcome.noteWrapper(document);
  }

  private finish(): void {
    const isOpen = this.mode !== 'resume' && this.mode !== 'drop' && (this.stack.length > 1 || this.mode === 'skip');
    if (!isOpen || this.isCutCounted) return;
    this.outcome.isCutOff = true;
    this.sink.addLost(damageWords.cutOff, this.windowId());
  }
}
