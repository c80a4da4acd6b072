import type { ByteWindow } from './byte-window';
import { closeBrace, colon, comma, openBrace, openBracket, quote } from './codes';
import type { ContainerReader } from './container-reader';
import type { DamageRecovery } from './damage-recovery';
import { openList, openObject, type ObjectFrame, type WindowMapFrame } from './frames';
import type { TextOutcome } from './outcome';
import { windowKeys, windowMapKeys, wrapperKeys, wrapperLimit } from './shapes';
import { parseSmall, smallBytes } from './small-value';
import type { StructureCursor } from './structure-cursor';
import { broken, endOfScalar, skipSpace, ValueScan } from './value-scan';
import type { ValueSkipper } from './value-skipper';

const scalarKeys: ReadonlySet<string> = new Set(['type', 'timestamp', 'title', 'version', ...windowKeys]);

/** Reads an object key by key up to its list of events, and skips all other values. */
export class MemberReader {
  private readonly scan = new ValueScan();

  constructor(
    private readonly window: ByteWindow,
    private readonly cursor: StructureCursor,
    private readonly containers: ContainerReader,
    private readonly recovery: DamageRecovery,
    private readonly skipper: ValueSkipper,
    private readonly outcome: TextOutcome,
  ) {}

  /** Reads a key and the beginning of its value, or the object's end. Returns false if more bytes are needed. */
  read(frame: ObjectFrame | WindowMapFrame): boolean {
    const { cursor, scan } = this;
    const { bytes, end } = this.window;
    const { position } = cursor;
    const code = bytes[position];
    if (code === closeBrace) {
      this.containers.close();
      return true;
    }
    if (frame.needsComma && code === comma) {
      frame.needsComma = false;
      cursor.position++;
      return true;
    }
    if (frame.needsComma || code !== quote) return this.passDamage(position);
    scan.reset();
    const keyEnd = scan.run(bytes, position, end, 'any');
    if (keyEnd === broken || end - position > smallBytes) {
      if (keyEnd < 0 || keyEnd - position > smallBytes) return this.passDamage(position + 1);
    }
    const colonAt = keyEnd < 0 ? end : skipSpace(bytes, keyEnd, end);
    if (colonAt < end && bytes[colonAt] !== colon) return this.passDamage(position + 1);
    const valueAt = skipSpace(bytes, colonAt + 1, end);
    if (valueAt >= end) return false;
    const key = parseSmall(bytes, position, keyEnd);
    if (typeof key !== 'string') return this.passDamage(keyEnd);
    if (frame.kind === 'object') return this.readObjectValue(frame, key, valueAt);
    this.readWindowValue(frame, key, valueAt);
    return true;
  }

  private passDamage(from: number): true {
    this.recovery.passStructure(from);
    return true;
  }

  private readWindowValue(frame: WindowMapFrame, windowId: string, valueAt: number): void {
    if (this.window.bytes[valueAt] === openBracket) {
      this.cursor.push(openList(windowId, frame.level));
      this.cursor.position = valueAt + 1;
    } else this.skipper.begin(valueAt);
  }

  private readObjectValue(frame: ObjectFrame, key: string, valueAt: number): boolean {
    const { cursor } = this;
    const first = this.window.bytes[valueAt];
    const isWrapperKey = frame.isGroup ? key === 'data' : wrapperKeys.includes(key);
    if (scalarKeys.has(key) && first !== openBrace && first !== openBracket) {
      if (!this.readScalar(frame, key, valueAt)) return false;
    }
    if (frame.hasList || frame.type !== undefined) this.skipper.begin(valueAt);
    else if (first === openBracket && isWrapperKey) {
      frame.key = key;
      cursor.push(openList(frame.windowId, frame.level));
      cursor.position = valueAt + 1;
    } else if (first === openBrace && windowMapKeys.includes(key) && !frame.isGroup) {
      frame.key = key;
      cursor.push({ kind: 'windows', level: frame.level, needsComma: false });
      cursor.position = valueAt + 1;
    } else if (first === openBrace && isWrapperKey && !frame.isGroup && frame.wrapperLevel < wrapperLimit) {
      frame.key = key;
      cursor.push(openObject({ ...frame, wrapperLevel: frame.wrapperLevel + 1 }));
      cursor.position = valueAt + 1;
    } else this.skipper.begin(valueAt);
    return true;
  }

  /** Notes a scalar that describes the object. Returns false if more bytes are needed. */
  private readScalar(frame: ObjectFrame, key: string, valueAt: number): boolean {
    const { scan } = this;
    const { bytes, end, isEnded } = this.window;
    scan.reset();
    const valueEnd = bytes[valueAt] === quote ? scan.run(bytes, valueAt, end, 'any') : endOfScalar(bytes, valueAt, end);
    const isComplete = valueEnd >= 0 && (valueEnd < end || isEnded);
    if (!isComplete && end - valueAt <= smallBytes && valueEnd !== broken && !isEnded) return false;
    if (isComplete) this.noteScalar(frame, key, parseSmall(bytes, valueAt, valueEnd));
    return true;
  }

  private noteScalar(frame: ObjectFrame, key: string, value: unknown): void {
    if (windowKeys.includes(key)) {
      if ((typeof value === 'string' && value !== '') || typeof value === 'number') frame.windowId = String(value);
    } else if (key === 'title') {
      if (this.cursor.depth === 1) this.outcome.noteTitle(value);
    } else if (key === 'version') {
      if (typeof value === 'string') frame.version = value;
    } else if (typeof value === 'number') {
      if (key === 'type') frame.type = value;
      else frame.time = value;
    }
  }
}
