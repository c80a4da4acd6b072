import { damageWords } from '../../../contract/words/recording';
import type { ByteWindow } from './byte-window';
import { closeBracket, comma, lineBreak, openBrace, quote } from './codes';
import type { ContainerReader } from './container-reader';
import type { EventSink } from './event-sink';
import { openList, type ListFrame } from './frames';
import type { TextOutcome } from './outcome';
import { looksLikeEvent, peekItem, peekObject } from './peek';
import { eventStartBytes, findResumption, findSwallowed } from './resync';
import type { DamagedSlice, SliceReader } from './slice-reader';
import type { StructureCursor } from './structure-cursor';
import { skipSpace } from './value-scan';

/** Bytes that may be read again because of damage. Beyond that, damage ends a line or all open containers. */
const rescanBytes = 512_000_000;
/** The window of events whose own window was lost to damage. */
const strayWindow = 'stray';

/** Counts damage and finds the next intact position after it. */
export class DamageRecovery {
  private rescanLeft = rescanBytes;

  constructor(
    private readonly window: ByteWindow,
    private readonly cursor: StructureCursor,
    private readonly slices: SliceReader,
    private readonly containers: ContainerReader,
    private readonly sink: EventSink,
    private readonly outcome: TextOutcome,
  ) {}

  get canRescan(): boolean {
    return this.rescanLeft >= 0;
  }

  /** Counts an item as lost, with the facts from its beginning. */
  lose(reason: string, start: number, end: number): void {
    const { windowId, timestamp } = peekItem(this.window.bytes, start, end);
    this.sink.addLost(reason, windowId ?? this.cursor.windowId, timestamp);
  }

  /** Counts damage of the structure and continues after it. */
  passStructure(from: number): void {
    if (this.slices.flush()) return;
    this.sink.addLost(damageWords.structure, this.cursor.windowId);
    this.resumeFrom(from);
  }

  /** Counts a damaged item, whose bytes up to `seenTo` were scanned without success, and continues at `from`. */
  passItem(start: number, from: number, seenTo = from): void {
    if (this.slices.flush()) return;
    const isTop = this.cursor.frame.kind === 'top';
    this.rescanLeft -= Math.max(0, seenTo - start);
    if (isTop && this.containers.tryOpen(start, 'unnamed', damageWords.eventUnreadable) === 'opened') return;
    this.lose(isTop ? damageWords.lineUnreadable : damageWords.eventUnreadable, start, seenTo);
    this.resumeFrom(from);
  }

  /** Continues with the next line of a sequence, or with the next event of a list. */
  private resumeFrom(from: number): void {
    const { cursor } = this;
    const { lastList } = cursor;
    const isTop = cursor.frame.kind === 'top';
    cursor.position = from;
    // After a document on one line, one of its brackets is more likely to be damaged than a line of a sequence.
    if (isTop && lastList) cursor.push(openList(lastList.windowId, lastList.level));
    cursor.mode = isTop && !lastList ? 'next-line' : this.canRescan ? 'resume' : 'drop';
  }

  /** Returns whether the next line was found. */
  readToLineEnd(): boolean {
    const { bytes, end } = this.window;
    const next = bytes.subarray(0, end).indexOf(lineBreak, this.cursor.position);
    if (next >= 0) this.cursor.moveTo(next + 1);
    else this.cursor.position = end;
    return next >= 0;
  }

  /** Returns whether the next event was found. */
  readToEvent(): boolean {
    const { cursor } = this;
    const { bytes, end, isEnded } = this.window;
    const { frame } = cursor;
    const until = isEnded ? end : end - eventStartBytes;
    const found = findResumption(bytes, cursor.position, end, {
      hasStrings: frame.kind === 'list' && frame.hasStrings,
      hasWindows: cursor.frames.at(-2)?.kind === 'windows',
      until,
    });
    if (!found) {
      cursor.position = Math.max(cursor.position, until);
      return false;
    }
    if (frame.kind !== 'list') cursor.push(openList(frame.kind === 'object' ? frame.windowId : strayWindow, 0));
    const list = cursor.frame;
    if (list.kind === 'list') list.needsComma = found.isListEnd;
    cursor.moveTo(found.at);
    return true;
  }

  /** Goes back to a complete event inside an item of a list, which shows that the item is damaged. Returns whether it did. */
  trySwallowed(start: number, end: number): boolean {
    if (!this.canRescan || this.cursor.frame.kind !== 'list') return false;
    this.rescanLeft -= end - start;
    const found = findSwallowed(this.window.bytes, start + 1, end);
    if (found === undefined) return false;
    if (this.slices.flush()) return true;
    this.lose(damageWords.eventUnreadable, start, found);
    this.cursor.moveTo(found);
    return true;
  }

  /** Counts a complete slice that isn't JSON. Returns true if the parser goes back to it, or to an event within it. */
  recoverSlice({ start, end, problem, following }: DamagedSlice): boolean {
    const { cursor } = this;
    const { bytes } = this.window;
    const { frame } = cursor;
    const isTop = frame.kind === 'top';
    const plain = isTop ? damageWords.lineUnreadable : damageWords.eventUnreadable;
    const reason = problem === 'not-utf8' ? damageWords.notUtf8 : plain;
    this.rescanLeft -= end - start;
    const isList = this.canRescan && bytes[start] === openBrace && peekObject(bytes, start, end, isTop).list !== 'none';
    const isSearched = this.canRescan && !isList && !isTop && problem === 'not-json';
    const swallowed = isSearched ? findSwallowed(bytes, start + 1, end) : undefined;
    const isAstray =
      this.canRescan && frame.kind === 'list' && problem === 'not-json' && !continuesList(this.window, end, frame);
    if (!isList && swallowed === undefined && !isAstray) {
      this.lose(reason, start, end);
      return false;
    }
    if (isTop) this.outcome.values -= following;
    this.slices.drop();
    if (isList) {
      this.containers.openObject(start, reason);
      return true;
    }
    this.lose(reason, start, end);
    cursor.mode = swallowed === undefined ? 'resume' : 'structure';
    cursor.position = swallowed ?? end;
    if (frame.kind === 'list') frame.needsComma = false;
    return true;
  }
}

/** Returns whether a damaged item is followed by a valid continuation. If a quote was damaged, the item doesn't end where it seems to. */
function continuesList({ bytes, end }: ByteWindow, from: number, list: ListFrame): boolean {
  const next = skipSpace(bytes, from, end);
  if (next >= end) return true;
  if (bytes[next] === closeBracket) return true;
  const item = skipSpace(bytes, next + 1, end);
  if (bytes[next] !== comma) return false;
  return item >= end || (list.hasStrings && bytes[item] === quote) || looksLikeEvent(bytes, item, end);
}
