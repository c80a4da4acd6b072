import type { ByteWindow } from './byte-window';
import { openBrace, openBracket, quote } from './codes';
import type { StructureCursor } from './structure-cursor';
import { broken, endOfScalar, incomplete, type ValueScan } from './value-scan';

/** Skips a value of any length. */
export class ValueSkipper {
  private isScalar = false;

  constructor(
    private readonly window: ByteWindow,
    private readonly cursor: StructureCursor,
    /** Shared with the item scanner, which may leave the rest of an item to skip. */
    private readonly scan: ValueScan,
  ) {}

  begin(at: number): void {
    const first = this.window.bytes[at];
    this.isScalar = first !== openBrace && first !== openBracket && first !== quote;
    this.scan.reset();
    this.cursor.mode = 'skip';
    this.cursor.position = at;
  }

  /** Skips the rest of an object, an array or a string of which all bytes so far have been scanned. */
  beginRest(): void {
    this.isScalar = false;
    this.cursor.mode = 'skip';
    this.cursor.position = this.window.end;
  }

  /** Returns whether the value has ended; `broken` if it is damaged. */
  read(): boolean | typeof broken {
    const { cursor, scan } = this;
    const { bytes, end, isEnded } = this.window;
    const valueEnd = this.isScalar
      ? endOfScalar(bytes, cursor.position, end)
      : scan.run(bytes, cursor.position, end, 'any');
    if (valueEnd === broken) return broken;
    if (valueEnd === incomplete || (this.isScalar && valueEnd === end && !isEnded)) {
      cursor.position = end;
      return false;
    }
    cursor.passValue(valueEnd);
    return true;
  }
}
