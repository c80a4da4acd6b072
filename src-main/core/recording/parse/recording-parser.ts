import { damageWords } from '../../../contract/words/recording';
import type { ByteWindow } from './byte-window';
import { closeBrace, closeBracket, colon, comma, lineBreak, quote } from './codes';
import { ContainerReader } from './container-reader';
import { DamageRecovery } from './damage-recovery';
import type { EventSink } from './event-sink';
import type { ListFrame } from './frames';
import type { ItemReader } from './item-reader';
import { ItemScanner } from './item-scanner';
import type { ParseLimits } from './limits';
import { MemberReader } from './member-reader';
import { TextOutcome } from './outcome';
import { onlyWindow } from './shapes';
import { SliceReader } from './slice-reader';
import { StructureCursor } from './structure-cursor';
import { broken, skipSpace, ValueScan } from './value-scan';
import { ValueSkipper } from './value-skipper';

/**
 * Parses a recording's text while it comes in: one JSON document of a known shape, or a sequence of JSON values. It holds at most one
 * item and one block of bytes. It reports a damaged item to the sink and continues after it.
 */
export class RecordingParser {
  readonly outcome = new TextOutcome();
  private readonly cursor = new StructureCursor();
  private readonly slices: SliceReader;
  private readonly skipper: ValueSkipper;
  private readonly containers: ContainerReader;
  private readonly recovery: DamageRecovery;
  private readonly items: ItemScanner;
  private readonly members: MemberReader;
  private isAtStart = true;
  private isPaused = false;

  constructor(
    private readonly window: ByteWindow,
    reader: ItemReader,
    private readonly sink: EventSink,
    limits: ParseLimits,
  ) {
    const { cursor, outcome } = this;
    const scan = new ValueScan();
    const slices: SliceReader = new SliceReader(window, cursor, reader, sink, outcome, (slice) =>
      recovery.recoverSlice(slice),
    );
    const skipper = new ValueSkipper(window, cursor, scan);
    const containers = new ContainerReader(window, cursor, slices, skipper, sink, outcome);
    const recovery: DamageRecovery = new DamageRecovery(window, cursor, slices, containers, sink, outcome);
    this.slices = slices;
    this.skipper = skipper;
    this.containers = containers;
    this.recovery = recovery;
    this.items = new ItemScanner(window, cursor, scan, slices, containers, recovery, skipper, limits, outcome);
    this.members = new MemberReader(window, cursor, containers, recovery, skipper, outcome);
  }

  /** Reads at most one block. Returns false at the end. Throws recording-too-large, and the errors of the source. */
  async next(): Promise<boolean> {
    if (!this.isPaused) await this.refill();
    this.isPaused = false;
    do {
      while (this.step()) {
        if (!this.sink.isFull) continue;
        this.isPaused = true;
        return true;
      }
    } while (this.slices.flush());
    if (!this.window.isEnded) return true;
    this.finish();
    return false;
  }

  private async refill(): Promise<void> {
    const { window, cursor, items } = this;
    const keepFrom = Math.min(cursor.mode === 'item' ? items.start : cursor.position, window.end);
    await window.refill(keepFrom);
    cursor.position -= keepFrom;
    items.shift(keepFrom);
    if (this.isAtStart) this.passByteOrderMark();
  }

  private passByteOrderMark(): void {
    const { bytes, isEnded, end } = this.window;
    if (end < 3 && !isEnded) return;
    this.isAtStart = false;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.cursor.position = 3;
  }

  /** Returns false if more bytes are needed. */
  private step(): boolean {
    switch (this.cursor.mode) {
      case 'structure':
        return this.readStructure();
      case 'item':
        return this.items.read();
      case 'skip':
        return this.readSkipped();
      case 'resume':
        return this.recovery.readToEvent();
      case 'next-line':
        return this.recovery.readToLineEnd();
      case 'drop':
        this.cursor.position = this.window.end;
        return false;
    }
  }

  private readStructure(): boolean {
    const { cursor } = this;
    const { bytes, end } = this.window;
    const next = skipSpace(bytes, cursor.position, end);
    const { frame } = cursor;
    if (frame.kind === 'top' && cursor.lastList && bytes.subarray(cursor.position, next).includes(lineBreak)) {
      cursor.lastList = undefined;
    }
    cursor.position = next;
    if (this.isAtStart || next >= end) return false;
    if (frame.kind === 'list') this.readList(frame);
    else if (frame.kind !== 'top') return this.members.read(frame);
    else if (bytes[next] === comma) cursor.position++;
    else this.items.begin();
    return true;
  }

  private readList(frame: ListFrame): void {
    const { cursor } = this;
    const code = this.window.bytes[cursor.position];
    if (code === closeBracket) {
      if (!this.slices.flush()) this.containers.close();
    } else if (frame.needsComma && code === comma) {
      frame.needsComma = false;
      cursor.position++;
    } else if (frame.needsComma || code === comma || code === closeBrace || code === colon) {
      this.recovery.passStructure(cursor.position);
    } else {
      if (frame.isEmpty) this.noteFirstItem(frame, code === quote);
      this.items.begin();
    }
  }

  /** The first item of a list shows that the objects around it are not events, and which key of a document holds the events. */
  private noteFirstItem(list: ListFrame, isString: boolean): void {
    const { frames } = this.cursor;
    list.isEmpty = false;
    list.hasStrings = isString;
    for (const frame of frames) if (frame.kind === 'object') frame.hasList = true;
    const document = frames[1];
    if (document?.kind !== 'object') return;
    if (document.isGroup || (document.windowId !== onlyWindow && frames[2] === list)) {
      this.outcome.noteFormat('window groups');
    } else this.outcome.noteWrapper(document);
  }

  private readSkipped(): boolean {
    const read = this.skipper.read();
    if (read !== broken) return read;
    this.recovery.passStructure(this.cursor.position);
    return true;
  }

  private finish(): void {
    const { mode, depth, windowId } = this.cursor;
    const isOpen = mode !== 'resume' && mode !== 'drop' && (depth > 0 || mode === 'skip');
    if (!isOpen || this.items.isCutOff) return;
    this.outcome.isCutOff = true;
    this.sink.addLost(damageWords.cutOff, windowId);
  }
}
