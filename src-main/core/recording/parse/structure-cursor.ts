import type { Frame, ListFrame } from './frames';
import { onlyWindow } from './shapes';

/** The part that the parser reads next. */
export type ParseMode = 'structure' | 'item' | 'skip' | 'resume' | 'next-line' | 'drop';

/** The parser's position: the containers that are open, and the next offset in the byte window. */
export class StructureCursor {
  mode: ParseMode = 'structure';
  position = 0;
  /** The list that the last document ended with, until the line ends. */
  lastList: ListFrame | undefined;
  private readonly stack: Frame[] = [{ kind: 'top' }];

  get frame(): Frame {
    return this.stack[this.stack.length - 1] as Frame;
  }

  /** All open containers, the file itself first. */
  get frames(): readonly Frame[] {
    return this.stack;
  }

  /** The number of open containers within the file. */
  get depth(): number {
    return this.stack.length - 1;
  }

  get windowId(): string {
    const { frame } = this;
    return 'windowId' in frame ? frame.windowId : onlyWindow;
  }

  push(frame: Frame): void {
    this.stack.push(frame);
  }

  pop(): Frame | undefined {
    const frame = this.stack.pop();
    if (frame?.kind === 'list') this.lastList = frame;
    return frame;
  }

  /** Continues with the structure at this offset. */
  moveTo(position: number): void {
    this.mode = 'structure';
    this.position = position;
  }

  /** Continues with the structure after a value. */
  passValue(end: number): void {
    this.moveTo(end);
    if (this.frame.kind !== 'top') this.frame.needsComma = true;
  }
}
