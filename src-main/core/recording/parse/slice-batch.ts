import { comma, lineBreak } from './codes';

/** Bytes that are parsed at once: enough to make calls cheap, few enough to free the text soon. */
const batchBytes = 1 << 16;

/**
 * Consecutive slices of JSON text, separated by white space and commas only, which are parsed in one call. Between two values of a
 * sequence, one byte is replaced by a comma for that.
 */
export class SliceBatch {
  count = 0;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly replaced: number[] = [];
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  start(index: number): number {
    return this.starts[index] as number;
  }

  end(index: number): number {
    return this.ends[index] as number;
  }

  get isFull(): boolean {
    return this.count > 0 && this.end(this.count - 1) - this.start(0) >= batchBytes;
  }

  /** Returns false if no white space separates the value from the last one, so that they can't be parsed together. */
  hasGapBefore(start: number): boolean {
    return this.count === 0 || this.end(this.count - 1) < start;
  }

  add(start: number, end: number): void {
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }

  /** Puts a comma into the gap before `start`, unless there is one. */
  separate(bytes: Uint8Array, start: number): void {
    if (this.count === 0) return;
    const gap = this.end(this.count - 1);
    for (let index = gap; index < start; index++) if (bytes[index] === comma) return;
    // Replaces the line break if there is one, so that the byte can be restored.
    const at = bytes.indexOf(lineBreak, gap);
    if (at >= gap && at < start) this.replaced.push(at);
    bytes[at >= gap && at < start ? at : gap] = comma;
  }

  clear(): void {
    this.count = 0;
    this.replaced.length = 0;
  }

  /** Parses all values. Returns undefined if one of them isn't JSON, and then restores the bytes. */
  parse(bytes: Uint8Array): unknown[] | undefined {
    try {
      const text = this.decoder.decode(bytes.subarray(this.start(0), this.end(this.count - 1)));
      const values = JSON.parse(`[${text}]`) as unknown[];
      if (values.length === this.count) return values;
    } catch {
      // The error would quote the recording. Parsing the slices one by one shows which one is damaged.
    }
    for (const at of this.replaced) bytes[at] = lineBreak;
    return undefined;
  }

  /** Parses one value. Returns it in an object, or the reason why it can't be parsed. */
  parseOne(bytes: Uint8Array, index: number): { value: unknown } | 'not-utf8' | 'not-json' {
    let text: string;
    try {
      text = this.decoder.decode(bytes.subarray(this.start(index), this.end(index)));
    } catch {
      return 'not-utf8';
    }
    try {
      return { value: JSON.parse(text) as unknown };
    } catch {
      return 'not-json';
    }
  }
}
