import { damageWords } from '../../../contract/words/recording';
import { lineBreak, openBrace, openBracket } from './codes';
import { openList } from './frames';
import { peekList, peekObject } from './peek';
import { eventStartBytes, findResumption, findSwallowed } from './resync';
import { SliceWalk } from './slice-walk';

/** The window of events of which damage hid whose they are. */
const strayWindow = 'stray';

/** Counts damage and finds the way back into the structure behind it. */
export abstract class DamageWalk extends SliceWalk {
  /**
   * Counts damage and goes on behind it: with the next line of a sequence, or with the next event of a list, which is looked for
   * from `from` on. `seenTo` says how far the bytes were gone through in vain.
   */
  protected passDamage(from: number, seenTo = from): boolean {
    const { frame, mode } = this;
    if (this.flush()) return true;
    if (mode === 'item') {
      this.rescanLeft -= Math.max(0, seenTo - this.itemStart);
      if (frame.kind === 'top' && this.tryEnter('unnamed', damageWords.eventUnreadable)) return true;
      this.lose(frame.kind === 'top' ? damageWords.lineUnreadable : damageWords.eventUnreadable, seenTo);
    } else this.sink.addLost(damageWords.structure, this.windowId());
    this.position = from;
    // Behind a document on one line, rather one of its brackets was damaged than a line of a sequence.
    const isInList = frame.kind !== 'top' || this.lastList !== undefined;
    if (frame.kind === 'top' && this.lastList) this.stack.push(openList(this.lastList.windowId, this.lastList.level));
    this.mode = !isInList ? 'next-line' : this.rescanLeft < 0 ? 'drop' : 'resume';
    return true;
  }

  protected readToLineEnd(): boolean {
    const { bytes, end } = this.window;
    const next = bytes.subarray(0, end).indexOf(lineBreak, this.position);
    this.position = next < 0 ? end : next + 1;
    if (next >= 0) this.mode = 'structure';
    return next >= 0;
  }

  protected readDamaged(): boolean {
    const { bytes, end, isEnded } = this.window;
    const { frame } = this;
    const until = isEnded ? end : end - eventStartBytes;
    const found = findResumption(bytes, this.position, end, {
      hasStrings: frame.kind === 'list' && frame.hasStrings,
      hasWindows: this.stack.at(-2)?.kind === 'windows',
      until,
    });
    if (!found) {
      this.position = Math.max(this.position, until);
      return false;
    }
    if (frame.kind !== 'list') this.stack.push(openList(frame.kind === 'object' ? frame.windowId : strayWindow, 0));
    const list = this.frame;
    if (list.kind === 'list') list.needsComma = found.isListEnd;
    this.mode = 'structure';
    this.position = found.at;
    return true;
  }

  /** Where the item turns out to hold whole events of the list, it is damaged itself, and these are read. */
  protected trySwallowed(end: number): boolean {
    if (this.rescanLeft < 0 || this.frame.kind !== 'list') return false;
    this.rescanLeft -= end - this.itemStart;
    const found = findSwallowed(this.window.bytes, this.itemStart + 1, end);
    if (found === undefined) return false;
    if (this.flush()) return true;
    this.lose(damageWords.eventUnreadable, found);
    this.mode = 'structure';
    this.position = found;
    return true;
  }

  /** Goes into the item rather than to parse it at once, where it holds a list of events. */
  protected tryEnter(wanted: 'named' | 'unnamed', reason: string): boolean {
    const { bytes } = this.window;
    // What was scanned ends with the item, or with the bytes that are there.
    const { end } = this.window;
    const { itemStart } = this;
    if (bytes[itemStart] === openBrace) {
      const { type, list } = peekObject(bytes, itemStart, end, this.frame.kind === 'top');
      if (list === 'named' || (list === 'unnamed' && wanted === 'unnamed')) return this.enterObject(reason);
      if (type !== undefined && list === 'none') this.isSurelyEvent = true;
      return false;
    }
    if (bytes[itemStart] !== openBracket) {
      this.isSurelyEvent = true;
      return false;
    }
    const kind = peekList(bytes, itemStart, end);
    if (kind === 'list') return this.enterList();
    this.isSurelyEvent = kind === 'pair';
    return false;
  }
}
