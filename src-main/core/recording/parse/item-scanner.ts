import { damageWords } from '../../../contract/words/recording';
import type { ByteWindow } from './byte-window';
import { lineBreak, openBrace, openBracket, quote } from './codes';
import type { ContainerReader } from './container-reader';
import type { DamageRecovery } from './damage-recovery';
import type { ParseLimits } from './limits';
import type { TextOutcome } from './outcome';
import { peekList } from './peek';
import type { SliceReader } from './slice-reader';
import { smallBytes } from './small-value';
import type { StructureCursor } from './structure-cursor';
import { broken, endOfScalar, skipSpace, type ValueScan } from './value-scan';
import type { ValueSkipper } from './value-skipper';

/** A longer item is searched for events that it may contain because of damage. */
const suspectBytes = 4_000_000;

/** Finds the end of an item: a value that is parsed at once, which is an event, a pair, a packed string or a small group. */
export class ItemScanner {
  /** The item's offset in the byte window. */
  start = 0;
  /** The file ends in the middle of an item, which was counted as lost. */
  isCutOff = false;
  private scanned = 0;
  /** The item is an event and holds no list of events. */
  private isEvent = false;
  /** The sequence has values that end with their line, or that span several lines. */
  private hasLines = false;
  private isPretty = false;

  constructor(
    private readonly window: ByteWindow,
    private readonly cursor: StructureCursor,
    private readonly scan: ValueScan,
    private readonly slices: SliceReader,
    private readonly containers: ContainerReader,
    private readonly recovery: DamageRecovery,
    private readonly skipper: ValueSkipper,
    private readonly limits: ParseLimits,
    private readonly outcome: TextOutcome,
  ) {}

  /** The window has dropped this many bytes at its beginning. */
  shift(bytes: number): void {
    this.start -= bytes;
    this.scanned -= bytes;
  }

  begin(): void {
    const { cursor } = this;
    const { bytes, end } = this.window;
    const start = cursor.position;
    if (cursor.frame.kind === 'top') this.outcome.values++;
    this.start = start;
    if (bytes[start] === openBracket && peekList(bytes, start, end) === 'list') return this.containers.openList(start);
    cursor.mode = 'item';
    this.scanned = start;
    this.isEvent = false;
    this.scan.reset();
  }

  /** Returns false if more bytes are needed. */
  read(): boolean {
    const { start, limits } = this;
    const { bytes, end, isEnded } = this.window;
    const first = bytes[start];
    if (first !== openBrace && first !== openBracket && first !== quote) return this.readScalar();
    const itemEnd = this.scan.run(bytes, this.scanned, end, this.allowedBreaks());
    if (itemEnd >= 0) {
      this.finish(itemEnd);
      return true;
    }
    if (itemEnd === broken) {
      this.recovery.passItem(start, start + 1, this.scan.brokenAt);
      return true;
    }
    this.scanned = end;
    if (isEnded) return this.readCutOff();
    const size = end - start;
    if (size <= limits.wholeBytes) return false;
    if (!this.isEvent && this.tryOpen('named', damageWords.eventUnreadable)) return true;
    if (size > suspectBytes && this.recovery.trySwallowed(start, end)) return true;
    return size > limits.eventBytes && this.passLarge();
  }

  /** At the top, a value that spans several lines has to be distinguished from a damaged line. */
  private allowedBreaks(): 'any' | 'plausible' | 'none' {
    if (this.cursor.frame.kind !== 'top') return 'any';
    return !this.recovery.canRescan || (this.hasLines && !this.isPretty) ? 'none' : 'plausible';
  }

  private readScalar(): boolean {
    const { start } = this;
    const { bytes, end, isEnded } = this.window;
    const itemEnd = endOfScalar(bytes, this.scanned, end);
    this.scanned = itemEnd;
    if (itemEnd - start > smallBytes || itemEnd === start) this.recovery.passItem(start, itemEnd);
    else if (itemEnd === end && !isEnded) return false;
    else this.finish(itemEnd);
    return true;
  }

  private finish(itemEnd: number): void {
    const { start, scan, limits, cursor, slices } = this;
    const { bytes } = this.window;
    const size = itemEnd - start;
    if (bytes[start] === openBracket && peekList(bytes, start, itemEnd) === 'list')
      return this.containers.openList(start);
    if (size > limits.wholeBytes && !this.isEvent) {
      const wanted = size > limits.eventBytes ? 'unnamed' : 'named';
      if (this.tryOpen(wanted, damageWords.eventTooLarge)) return;
    }
    if (scan.deepest > limits.depth || size > limits.eventBytes) return this.passUnfit(itemEnd);
    if (!slices.add(start, itemEnd)) {
      if (slices.flush()) return;
      slices.add(start, itemEnd);
    }
    if (cursor.frame.kind === 'top') {
      this.hasLines ||= !scan.hasBreak;
      this.isPretty ||= scan.hasBreak;
    }
    cursor.passValue(itemEnd);
    if (slices.isFull) slices.flush();
  }

  /** A complete item that is too long or nested too deeply. If it is a list of events, these are read one by one. */
  private passUnfit(itemEnd: number): void {
    const { start } = this;
    const reason = itemEnd - start > this.limits.eventBytes ? damageWords.eventTooLarge : damageWords.tooDeep;
    if (this.tryOpen('unnamed', reason) || this.slices.flush()) return;
    this.recovery.lose(reason, start, itemEnd);
    this.cursor.passValue(itemEnd);
  }

  /** An item that exceeds the limit before it ends: its keys are read one by one, or the rest of it is skipped. */
  private passLarge(): boolean {
    const { start } = this;
    if (this.slices.flush() || this.tryOpen('unnamed', damageWords.eventTooLarge)) return true;
    if (this.window.bytes[start] === openBrace && !this.isEvent) {
      this.containers.openObject(start, damageWords.eventTooLarge);
      return true;
    }
    this.recovery.lose(damageWords.eventTooLarge, start, this.window.end);
    this.skipper.beginRest();
    return false;
  }

  /** The bytes ended within the item. */
  private readCutOff(): boolean {
    const { start, outcome, cursor } = this;
    const { bytes, end } = this.window;
    if (this.slices.flush() || this.tryOpen('unnamed', damageWords.cutOff)) return true;
    if (cursor.frame.kind === 'top') {
      const next = bytes.indexOf(lineBreak, start);
      if (next >= 0 && skipSpace(bytes, next, end) < end) {
        this.recovery.passItem(start, start + 1, end);
        return true;
      }
    } else if (this.recovery.trySwallowed(start, end)) return true;
    const isLine = cursor.frame.kind === 'top' && outcome.values > 1;
    this.recovery.lose(isLine ? damageWords.lineCutOff : damageWords.cutOff, start, end);
    this.isCutOff = true;
    // Text that isn't JSON may end within a bracket, too.
    outcome.isCutOff = outcome.hasJson || outcome.values === 1;
    cursor.moveTo(end);
    return false;
  }

  private tryOpen(wanted: 'named' | 'unnamed', reason: string): boolean {
    const found = this.containers.tryOpen(this.start, wanted, reason);
    if (found === 'event') this.isEvent = true;
    return found === 'opened';
  }
}
