import type { ByteWindow } from './byte-window';
import { openBrace, openBracket, quote } from './codes';
import type { EventSink } from './event-sink';
import type { Frame, ListFrame } from './frames';
import type { ItemReader } from './item-reader';
import type { ParseLimits } from './limits';
import { TextOutcome } from './outcome';
import { peekItem } from './peek';
import { onlyWindow } from './shapes';
import { SliceBatch } from './slice-batch';
import { ValueScan } from './value-scan';

/** Bytes that may be read once more for damage; beyond, damage ends a line or all that is open. */
const rescanBytes = 512_000_000;

/** What the reader is in the middle of. */
type Mode = 'structure' | 'item' | 'skip' | 'resume' | 'next-line' | 'drop';

/**
 * Where the reading of a recording's text stands. The layers on top of it, each of which knows those below only: slices that are
 * parsed, damage, items, the members of objects, and the walk itself.
 */
export abstract class WalkState {
  readonly outcome = new TextOutcome();
  protected readonly stack: Frame[] = [{ kind: 'top' }];
  protected readonly batch = new SliceBatch();
  protected readonly scan = new ValueScan();
  protected mode: Mode = 'structure';
  protected position = 0;
  /** Of the item that is being read: where it starts and how far it was scanned. */
  protected itemStart = 0;
  protected scanned = 0;
  protected isSurelyEvent = false;
  protected skipsScalar = false;
  /** Values of the sequence were seen that end with their line, or that go over several. */
  protected hasLines = false;
  protected isPretty = false;
  protected isCutCounted = false;
  /** The list of a document that ended last, while the line goes on. */
  protected lastList: ListFrame | undefined;
  protected isAtStart = true;
  protected isPaused = false;
  protected rescanLeft = rescanBytes;

  constructor(
    protected readonly window: ByteWindow,
    protected readonly reader: ItemReader,
    protected readonly sink: EventSink,
    protected readonly limits: ParseLimits,
  ) {}

  protected get frame(): Frame {
    return this.stack[this.stack.length - 1] as Frame;
  }

  protected windowId(): string {
    const { frame } = this;
    return 'windowId' in frame ? frame.windowId : onlyWindow;
  }

  protected moveOn(position: number): void {
    this.mode = 'structure';
    this.position = position;
    if (this.frame.kind !== 'top') this.frame.needsComma = true;
  }

  protected skipValue(at: number): void {
    const first = this.window.bytes[at];
    this.skipsScalar = first !== openBrace && first !== openBracket && first !== quote;
    this.mode = 'skip';
    this.position = at;
    this.scan.reset();
  }

  /** Counts the item as lost, with what its beginning says. */
  protected lose(reason: string, end: number): void {
    const { windowId, timestamp } = peekItem(this.window.bytes, this.itemStart, end);
    this.sink.addLost(reason, windowId ?? this.windowId(), timestamp);
  }
}
