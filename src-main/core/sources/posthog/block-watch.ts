import type { Block } from './blocks';

const digitsOfMs = 13;
const digitZero = 0x30;
const digitNine = 0x39;
const quote = 0x22;
const backslash = 0x5c;
const lineBreak = 0x0a;
const name = new TextEncoder().encode('timestamp');

/** The positions of an event in a line, by the brackets around it: `["window", {event}]`, and in older data `{"window_id": …, "data": [{event}]}`. */
const eventPaths = new Set(['[{', '{[{']);
const deepestPath = 3;

/**
 * Detects blocks that are missing from a batch. If PostHog can't read a block, it omits it and still replies with status 200 (PostHog/posthog,
 * `session_recordings/session_recording_api.py` @004ffdf6, _fetch_blocks_parallel). The list has the time of each block's first and last event.
 * A block is proven by an event whose time lies in its range and in no other's: the times at its ends may be those of its neighbours. This reads
 * the times of events from the stream, by their position in each line, without parsing it: the data of an event may contain times of others.
 */
export class BlockWatch {
  private readonly proven = new Set<Block>();
  /** The brackets around the current byte, as far as they matter. */
  private path = '';
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  /** The number of characters of a key that equal `timestamp`; -1 if it is another. */
  private matched = -1;
  private isTimestamp = false;
  private value = 0;
  /** The digits of a time so far; -1 outside a time. */
  private digits = -1;

  constructor(private readonly blocks: readonly Block[]) {}

  /** Reads the next bytes. A number or a string may span two calls. */
  see(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.isInString) at = this.skipString(bytes, at);
      else this.take(bytes[at++] ?? 0);
    }
  }

  /** Returns the blocks that are not proven once all bytes were seen. Blocks without times can't be. */
  missing(): Block[] {
    return this.blocks.filter((block) => !this.proven.has(block));
  }

  private take(code: number): void {
    if (this.digits >= 0 && this.takeDigit(code)) return;
    switch (code) {
      case quote:
        this.isInString = true;
        this.matched = this.depth <= deepestPath && eventPaths.has(this.path) ? 0 : -1;
        break;
      case 0x5b:
      case 0x7b:
        if (this.depth < deepestPath) this.path += String.fromCharCode(code);
        this.depth++;
        break;
      case 0x5d:
      case 0x7d:
        this.depth--;
        this.path = this.path.slice(0, Math.max(0, this.depth));
        break;
      case 0x3a:
        if (this.isTimestamp) this.value = this.digits = 0;
        this.isTimestamp = false;
        break;
      case lineBreak:
        this.path = '';
        this.depth = 0;
        this.isTimestamp = false;
    }
  }

  /** Returns false for the byte after a time. */
  private takeDigit(code: number): boolean {
    if (code >= digitZero && code <= digitNine) {
      // A number with more digits is not a time in ms, and must not overflow.
      if (++this.digits <= digitsOfMs) this.value = this.value * 10 + (code - digitZero);
      return true;
    }
    if (code === 0x20 && this.digits === 0) return true;
    if (this.digits === digitsOfMs) this.note(this.value);
    this.digits = -1;
    return false;
  }

  private note(timeMs: number): void {
    let only: Block | undefined;
    for (const block of this.blocks) {
      const { startMs = Infinity, endMs = startMs } = block;
      if (timeMs < startMs || timeMs > endMs) continue;
      if (only) return;
      only = block;
    }
    if (only) this.proven.add(only);
  }

  /** Returns the offset behind the string, or the length of the bytes if it continues in the next ones. */
  private skipString(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length && (this.matched >= 0 || this.isEscaped); at++) {
      const code = bytes[at];
      if (this.isEscaped) this.isEscaped = false;
      else if (code === quote) return this.endString(at);
      else if (code === backslash) this.isEscaped = true;
      this.matched = this.matched >= 0 && code === name[this.matched] ? this.matched + 1 : -1;
    }
    for (;;) {
      const next = bytes.indexOf(quote, at);
      const end = next === -1 ? bytes.length : next;
      let first = end;
      while (first > at && bytes[first - 1] === backslash) first--;
      const isEscaped = (end - first) % 2 === 1;
      if (next === -1) {
        this.isEscaped = isEscaped;
        return end;
      }
      if (!isEscaped) return this.endString(next);
      at = next + 1;
    }
  }

  private endString(at: number): number {
    this.isInString = false;
    this.isTimestamp = this.matched === name.length;
    return at + 1;
  }
}
