import { damageWords } from '../../../contract/words/recording';
import { isRecord } from '../json';
import type { ByteWindow } from './byte-window';
import { closeBracket, comma, openBrace, openBracket, quote } from './codes';
import { openList, openObject, type ListFrame } from './frames';
import { listDepthLimit } from './item-reader';
import { eventOfPair, looksLikeEvent, peekObject } from './peek';
import { findSwallowed } from './resync';
import { describeItem, findShape, isEvent, onlyWindow } from './shapes';
import { skipSpace } from './value-scan';
import { WalkState } from './walk-state';

/** Parses the slices that were gathered and hands their values on; goes into those that can't be parsed as one. */
export abstract class SliceWalk extends WalkState {
  /** Parses what was gathered and hands it on. True where a damaged slice has to be gone into, so that reading went back to it. */
  protected flush(): boolean {
    const { batch } = this;
    if (batch.count === 0) return false;
    const { bytes } = this.window;
    const values = batch.parse(bytes);
    for (let index = 0; index < batch.count; index++) {
      if (values) {
        this.deliver(values[index], index);
        continue;
      }
      const parsed = batch.parseOne(bytes, index);
      if (typeof parsed !== 'string') this.deliver(parsed.value, index);
      else if (this.recover(index, parsed)) return true;
    }
    batch.clear();
    return false;
  }

  /** A whole slice that isn't JSON. True where reading goes back to it, or to an event within. */
  protected recover(index: number, problem: 'not-utf8' | 'not-json'): boolean {
    const { batch, frame } = this;
    const { bytes } = this.window;
    const start = batch.start(index);
    const end = batch.end(index);
    const isTop = frame.kind === 'top';
    const plain = isTop ? damageWords.lineUnreadable : damageWords.eventUnreadable;
    const reason = problem === 'not-utf8' ? damageWords.notUtf8 : plain;
    const after = { mode: this.mode, itemStart: this.itemStart };
    this.itemStart = start;
    this.rescanLeft -= end - start;
    if (this.rescanLeft >= 0) {
      const isList = bytes[start] === openBrace && peekObject(bytes, start, end, isTop).list !== 'none';
      const swallowed = isList || isTop || problem === 'not-utf8' ? undefined : findSwallowed(bytes, start + 1, end);
      const isAstray = frame.kind === 'list' && problem === 'not-json' && !goesOnAsList(this.window, end, frame);
      if (isList || swallowed !== undefined || isAstray) {
        if (isTop) this.outcome.values -= batch.count - index - 1;
        batch.clear();
        if (isList) return this.enterObject(reason);
        this.lose(reason, end);
        this.mode = swallowed === undefined ? 'resume' : 'structure';
        this.position = swallowed ?? end;
        if (frame.kind === 'list') frame.needsComma = false;
        return true;
      }
    }
    this.lose(reason, end);
    this.mode = after.mode;
    this.itemStart = after.itemStart;
    return false;
  }

  protected enterObject(reason: string): boolean {
    if (this.flush()) return true;
    const { frame } = this;
    const level = frame.kind === 'top' ? 0 : frame.kind === 'list' ? frame.level + 1 : frame.level;
    if (level > listDepthLimit) return this.skipForeign();
    const windowId = this.windowId();
    this.stack.push(openObject({ windowId, level, isGroup: frame.kind === 'list', wrapperLevel: 0, reason }));
    this.mode = 'structure';
    this.position = this.itemStart + 1;
    return true;
  }

  protected enterList(): boolean {
    if (this.flush()) return true;
    const { frame } = this;
    const level = frame.kind === 'list' ? frame.level + 1 : 0;
    if (level > listDepthLimit) return this.skipForeign();
    if (frame.kind === 'list' && this.stack.length === 2) this.outcome.noteFormat('segments');
    this.stack.push(openList(this.windowId(), level));
    this.outcome.hasJson = true;
    this.mode = 'structure';
    this.position = this.itemStart + 1;
    return true;
  }

  protected skipForeign(): boolean {
    this.sink.addLost(damageWords.notAnEvent, this.windowId());
    this.skipValue(this.itemStart);
    return true;
  }

  protected deliver(value: unknown, index: number): void {
    const { batch, frame, outcome, reader } = this;
    const { bytes } = this.window;
    const start = batch.start(index);
    const end = batch.end(index);
    let json: Uint8Array | undefined;
    if (bytes[start] === openBrace) json = bytes.subarray(start, end);
    else if (bytes[start] === openBracket) {
      const inner = eventOfPair(bytes, start, end);
      json = inner && bytes.subarray(inner.from, inner.end);
    }
    outcome.hasJson = true;
    if (frame.kind === 'list') {
      if (this.stack.length === 2) outcome.noteFormat(describeItem(value));
      reader.add(value, frame.windowId, json, end - start, frame.level);
    } else this.deliverTop(value, json, end - start);
  }

  /** A value of the sequence, which may be all there is. */
  protected deliverTop(value: unknown, json: Uint8Array | undefined, size: number): void {
    const { outcome, reader } = this;
    if (isEvent(value) || typeof value === 'string' || Array.isArray(value)) {
      outcome.noteFormat(isEvent(value) ? 'event' : describeItem(value));
      reader.add(value, onlyWindow, json, size, 0);
      return;
    }
    const shape = findShape(value);
    if (!shape) {
      outcome.hasUnknownShape = true;
      this.sink.addLost(damageWords.notAnEvent, onlyWindow);
      return;
    }
    outcome.noteFormat(shape.format);
    if (isRecord(value)) outcome.noteTitle(value.title);
    for (const { windowId, items } of shape.lists) reader.addAll(items, windowId, size, 0);
  }
}

/** Whether what follows a damaged item is what should: where a quote was damaged, the item's end isn't where it seems to be. */
function goesOnAsList({ bytes, end }: ByteWindow, from: number, list: ListFrame): boolean {
  const next = skipSpace(bytes, from, end);
  if (next >= end) return true;
  if (bytes[next] === closeBracket) return true;
  const item = skipSpace(bytes, next + 1, end);
  if (bytes[next] !== comma) return false;
  return item >= end || (list.hasStrings && bytes[item] === quote) || looksLikeEvent(bytes, item, end);
}
