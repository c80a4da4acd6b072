import { damageWords } from '../../../contract/words/recording';
import { closeBrace, colon, comma, openBrace, openBracket, quote } from './codes';
import { openList, openObject, type ObjectFrame, type WindowMapFrame } from './frames';
import { ItemWalk } from './item-walk';
import { windowKeys, windowMapKeys, wrapperKeys, wrapperLimit } from './shapes';
import { parseSmall, smallBytes } from './small-value';
import { broken, endOfScalar, incomplete, skipSpace } from './value-scan';

const scalarKeys: ReadonlySet<string> = new Set(['type', 'timestamp', 'title', 'version', ...windowKeys]);

/** Goes through an object key by key, to the list of events in it; what is of no interest is passed over. */
export abstract class MemberWalk extends ItemWalk {
  /** A key and its value in an object that is gone through, or the object's end. */
  protected readMember(frame: ObjectFrame | WindowMapFrame): boolean {
    const { bytes, end } = this.window;
    const code = bytes[this.position];
    if (code === closeBrace) return this.close();
    if (frame.needsComma && code === comma) {
      frame.needsComma = false;
      this.position++;
      return true;
    }
    if (frame.needsComma || code !== quote) return this.passDamage(this.position);
    this.scan.reset();
    const keyEnd = this.scan.run(bytes, this.position, end, 'any');
    if (keyEnd === broken || end - this.position > smallBytes) {
      if (keyEnd < 0 || keyEnd - this.position > smallBytes) return this.passDamage(this.position + 1);
    }
    const colonAt = keyEnd < 0 ? end : skipSpace(bytes, keyEnd, end);
    if (colonAt < end && bytes[colonAt] !== colon) return this.passDamage(this.position + 1);
    const valueAt = skipSpace(bytes, colonAt + 1, end);
    if (valueAt >= end) return false;
    const key = parseSmall(bytes, this.position, keyEnd);
    if (typeof key !== 'string') return this.passDamage(keyEnd);
    return frame.kind === 'object'
      ? this.readObjectValue(frame, key, valueAt)
      : this.readWindowValue(frame, key, valueAt);
  }

  protected readWindowValue(frame: WindowMapFrame, windowId: string, valueAt: number): boolean {
    if (this.window.bytes[valueAt] === openBracket) {
      this.stack.push(openList(windowId, frame.level));
      this.position = valueAt + 1;
    } else this.skipValue(valueAt);
    return true;
  }

  protected readObjectValue(frame: ObjectFrame, key: string, valueAt: number): boolean {
    const { bytes, end, isEnded } = this.window;
    const first = bytes[valueAt];
    const isWrapperKey = frame.isGroup ? key === 'data' : wrapperKeys.includes(key);
    if (scalarKeys.has(key) && first !== openBrace && first !== openBracket) {
      this.scan.reset();
      const valueEnd = first === quote ? this.scan.run(bytes, valueAt, end, 'any') : endOfScalar(bytes, valueAt, end);
      const isThere = valueEnd >= 0 && (valueEnd < end || isEnded);
      if (!isThere && end - valueAt <= smallBytes && valueEnd !== broken && !isEnded) return false;
      if (isThere) this.noteScalar(frame, key, parseSmall(bytes, valueAt, valueEnd));
    }
    if (frame.hasList || frame.type !== undefined) this.skipValue(valueAt);
    else if (first === openBracket && isWrapperKey) {
      frame.key = key;
      this.itemStart = valueAt;
      this.stack.push(openList(frame.windowId, frame.level));
      this.position = valueAt + 1;
    } else if (first === openBrace && windowMapKeys.includes(key) && !frame.isGroup) {
      frame.key = key;
      this.stack.push({ kind: 'windows', level: frame.level, needsComma: false });
      this.position = valueAt + 1;
    } else if (first === openBrace && isWrapperKey && !frame.isGroup && frame.wrapperLevel < wrapperLimit) {
      frame.key = key;
      this.stack.push(openObject({ ...frame, wrapperLevel: frame.wrapperLevel + 1 }));
      this.position = valueAt + 1;
    } else this.skipValue(valueAt);
    return true;
  }

  protected noteScalar(frame: ObjectFrame, key: string, value: unknown): void {
    if (windowKeys.includes(key)) {
      if ((typeof value === 'string' && value !== '') || typeof value === 'number') frame.windowId = String(value);
    } else if (key === 'title') {
      if (this.stack.length === 2) this.outcome.noteTitle(value);
    } else if (key === 'version') {
      if (typeof value === 'string') frame.version = value;
    } else if (typeof value === 'number') {
      if (key === 'type') frame.type = value;
      else frame.time = value;
    }
  }

  protected readSkipped(): boolean {
    const { bytes, end, isEnded } = this.window;
    const valueEnd = this.skipsScalar
      ? endOfScalar(bytes, this.position, end)
      : this.scan.run(bytes, this.position, end, 'any');
    if (valueEnd === broken) return this.passDamage(this.position);
    if (valueEnd === incomplete || (this.skipsScalar && valueEnd === end && !isEnded)) {
      this.position = end;
      return false;
    }
    this.moveOn(valueEnd);
    return true;
  }

  /** The end of what was gone into. An object without a list was an event after all, or something else altogether. */
  protected close(): boolean {
    const frame = this.stack.pop();
    if (frame?.kind === 'list') this.lastList = frame;
    if (frame?.kind === 'object' && frame.wrapperLevel === 0 && !frame.hasList) {
      const isLostEvent = frame.type !== undefined;
      this.sink.addLost(isLostEvent ? frame.reason : damageWords.notAnEvent, frame.windowId, frame.time);
      if (!isLostEvent) this.outcome.hasUnknownShape = true;
      this.outcome.hasJson = true;
    }
    this.moveOn(this.position + 1);
    return true;
  }
}
