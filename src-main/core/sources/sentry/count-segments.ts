const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/**
 * Counts the segments in a page of segments, an array of arrays, while its bytes stream by. In place of a segment that Sentry can't read it
 * sends an empty array, with status 200 (getsentry/sentry, `replays/usecases/reader.py`, download_segments).
 */
export class SegmentCounter {
  /** All segments of the page, and those that aren't empty. */
  total = 0;
  filled = 0;
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  /** The current element of the outer array exists, and has content. */
  private hasElement = false;
  private hasContent = false;

  /** Reads the next bytes. A string may span two calls. */
  see(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.isInString) at = this.skipString(bytes, at);
      else this.take(bytes[at++] ?? 0);
    }
  }

  private take(code: number): void {
    if (opening.has(code)) {
      if (this.depth === 1) this.hasElement = true;
      if (this.depth >= 2) this.hasContent = true;
      this.depth++;
    } else if (closing.has(code)) {
      this.depth--;
      if (this.depth === 0) this.endElement();
    } else if (code === comma) {
      if (this.depth === 1) this.endElement();
    } else if (code > 0x20) {
      if (this.depth === 1) this.hasElement = true;
      if (this.depth >= 2) this.hasContent = true;
      this.isInString = code === quote;
    }
  }

  private endElement(): void {
    if (this.hasElement) this.total++;
    if (this.hasContent) this.filled++;
    this.hasElement = this.hasContent = false;
  }

  private skipString(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const code = bytes[at];
      if (this.isEscaped) this.isEscaped = false;
      else if (code === backslash) this.isEscaped = true;
      else if (code === quote) {
        this.isInString = false;
        return at + 1;
      }
    }
    return bytes.length;
  }
}
