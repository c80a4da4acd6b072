import { damageWords } from '../../../contract/words/recording';
import { lineBreak, openBrace, openBracket, quote } from './codes';
import { DamageWalk } from './damage-walk';
import { peekList } from './peek';
import { smallBytes } from './small-value';
import { broken, endOfScalar, skipSpace } from './value-scan';

/** An item longer than this is looked through for events that it may have swallowed. */
const suspectBytes = 4_000_000;

/** Reads an item: a value that is parsed as one, be it an event, a pair, a packed string or a small group. */
export abstract class ItemWalk extends DamageWalk {
  protected beginItem(): boolean {
    const { bytes, end } = this.window;
    const start = this.position;
    if (this.frame.kind === 'top') this.outcome.values++;
    this.itemStart = start;
    if (bytes[start] === openBracket && peekList(bytes, start, end) === 'list') return this.enterList();
    this.mode = 'item';
    this.scanned = start;
    this.isSurelyEvent = false;
    this.scan.reset();
    return true;
  }

  protected readItem(): boolean {
    const { bytes, end, isEnded } = this.window;
    const first = bytes[this.itemStart];
    if (first !== openBrace && first !== openBracket && first !== quote) return this.readScalarItem();
    const itemEnd = this.scan.run(bytes, this.scanned, end, this.plausibleBreaks());
    if (itemEnd >= 0) return this.finishItem(itemEnd);
    if (itemEnd === broken) return this.passDamage(this.itemStart + 1, this.scan.brokenAt);
    this.scanned = end;
    if (isEnded) return this.readCutOff();
    const size = end - this.itemStart;
    if (size <= this.limits.wholeBytes) return false;
    if (!this.isSurelyEvent && this.tryEnter('named', damageWords.eventUnreadable)) return true;
    if (size > suspectBytes && this.trySwallowed(end)) return true;
    return size > this.limits.eventBytes && this.passLarge();
  }

  /** At the top a value that goes over several lines is told from a damaged line. */
  protected plausibleBreaks(): 'any' | 'plausible' | 'none' {
    if (this.frame.kind !== 'top') return 'any';
    return this.rescanLeft < 0 || (this.hasLines && !this.isPretty) ? 'none' : 'plausible';
  }

  protected readScalarItem(): boolean {
    const { bytes, end, isEnded } = this.window;
    const itemEnd = endOfScalar(bytes, this.scanned, end);
    this.scanned = itemEnd;
    if (itemEnd - this.itemStart > smallBytes || itemEnd === this.itemStart) return this.passDamage(itemEnd);
    if (itemEnd === end && !isEnded) return false;
    return this.finishItem(itemEnd);
  }

  protected finishItem(itemEnd: number): boolean {
    const { bytes } = this.window;
    const { frame, batch, itemStart, scan, limits } = this;
    const size = itemEnd - itemStart;
    if (bytes[itemStart] === openBracket && peekList(bytes, itemStart, itemEnd) === 'list') return this.enterList();
    if (size > limits.wholeBytes && !this.isSurelyEvent) {
      const wanted = size > limits.eventBytes ? 'unnamed' : 'named';
      if (this.tryEnter(wanted, damageWords.eventTooLarge)) return true;
    }
    if (scan.deepest > limits.depth || size > limits.eventBytes) return this.passUnfit(itemEnd);
    if (!batch.hasGapBefore(itemStart) && this.flush()) return true;
    if (frame.kind === 'top') {
      batch.separate(bytes, itemStart);
      this.hasLines ||= !scan.hasBreak;
      this.isPretty ||= scan.hasBreak;
    }
    batch.add(itemStart, itemEnd);
    this.moveOn(itemEnd);
    if (batch.isFull) this.flush();
    return true;
  }

  /** A whole item that is nested too deeply or too long; where it is one of several events, these are read one by one. */
  protected passUnfit(itemEnd: number): boolean {
    const reason = itemEnd - this.itemStart > this.limits.eventBytes ? damageWords.eventTooLarge : damageWords.tooDeep;
    if (this.tryEnter('unnamed', reason) || this.flush()) return true;
    this.lose(reason, itemEnd);
    this.moveOn(itemEnd);
    return true;
  }

  /** An item that grows beyond all measure: its keys are gone through, or the rest of it is passed over. */
  protected passLarge(): boolean {
    if (this.flush()) return true;
    if (this.tryEnter('unnamed', damageWords.eventTooLarge)) return true;
    if (this.window.bytes[this.itemStart] === openBrace && !this.isSurelyEvent) {
      return this.enterObject(damageWords.eventTooLarge);
    }
    this.lose(damageWords.eventTooLarge, this.window.end);
    this.mode = 'skip';
    this.skipsScalar = false;
    this.position = this.window.end;
    return false;
  }

  /** The bytes ended within an item. */
  protected readCutOff(): boolean {
    const { bytes, end } = this.window;
    const { itemStart, outcome } = this;
    if (this.flush() || this.tryEnter('unnamed', damageWords.cutOff)) return true;
    if (this.frame.kind === 'top') {
      const next = bytes.indexOf(lineBreak, itemStart);
      if (next >= 0 && skipSpace(bytes, next, end) < end) return this.passDamage(itemStart + 1, end);
    } else if (this.trySwallowed(end)) return true;
    const isLine = this.frame.kind === 'top' && outcome.values > 1;
    this.lose(isLine ? damageWords.lineCutOff : damageWords.cutOff, end);
    this.isCutCounted = true;
    // Text that is no JSON may end within a bracket, too.
    outcome.isCutOff = outcome.hasJson || outcome.values === 1;
    this.mode = 'structure';
    this.position = end;
    return false;
  }
}
