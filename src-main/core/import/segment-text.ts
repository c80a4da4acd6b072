const encoder = new TextEncoder();
const [open, comma, close] = encoder.encode('[,]') as unknown as [number, number, number];
const firstCapacity = 64 * 1024;
/** Most bytes of a UTF-8 character. */
const widestCharacter = 4;

/** The growing JSON text of a segment: the copied bytes of its events, between brackets. */
export class SegmentText {
  private buffer = new Uint8Array(firstCapacity);
  private length = 0;

  get bytes(): number {
    return this.length + 1;
  }

  add(json: Uint8Array): void {
    this.reserve(json.length + 2);
    this.separate();
    this.buffer.set(json, this.length);
    this.length += json.length;
  }

  addValue(value: unknown): void {
    this.reserve(1);
    this.separate();
    // Most characters are one byte. Otherwise the rest is written after reserving more.
    for (let rest = JSON.stringify(value); rest !== '';) {
      this.reserve(rest.length + widestCharacter);
      const { read, written } = encoder.encodeInto(rest, this.buffer.subarray(this.length));
      this.length += written;
      rest = rest.slice(read);
    }
  }

  /** Continues a finished text. */
  reopen(text: Uint8Array): void {
    this.length = 0;
    this.reserve(text.length);
    this.buffer.set(text.subarray(0, -1), 0);
    this.length = text.length - 1;
  }

  /** Returns the text and starts a new one. The caller owns the bytes. */
  finish(): Uint8Array {
    this.reserve(1);
    this.buffer[this.length] = close;
    const text = this.buffer.slice(0, this.length + 1);
    this.length = 0;
    return text;
  }

  private separate(): void {
    this.buffer[this.length] = this.length === 0 ? open : comma;
    this.length++;
  }

  private reserve(more: number): void {
    const wanted = this.length + more;
    if (wanted <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(wanted, this.buffer.length * 2));
    grown.set(this.buffer.subarray(0, this.length));
    this.buffer = grown;
  }
}
