import type { ParseLimits } from '../parse/limits';
import type { Pending } from './pending';

/** The events are further out of order than the buffer allows. Read the recording again, with `order: 'any'`. */
export class FarOutOfOrder extends Error {
  constructor() {
    super('the events are far out of order');
  }
}

/** Events that are collected beyond those that have to be held, so that each sort releases many. */
const slackEvents = 128;
/** The number of events held for a recording that was in order so far: long-lived objects are expensive to collect. */
const minimumHeld = 128;
/** Safety factor on the largest displacement seen. */
const safetyFactor = 4;

/**
 * Holds the last few thousand events to sort them by time. The sort is stable. If the beginning of a recording is nearly in order, the
 * rest is expected to be, and fewer events are held; the more disorder is seen, the more are held again. The held events also serve as
 * look-ahead.
 */
export class ReorderBuffer {
  private held: Pending[] = [];
  private bytes = 0;
  private isSorted = true;
  private releasedTo = -Infinity;
  private hold: number;
  /** The number of events until the beginning is over. */
  private untilSettled: number;
  /** The largest number of positions by which an event came late. */
  private maxDisplacement = 0;
  private highest = -Infinity;

  constructor(private readonly limits: Pick<ParseLimits, 'reorderEvents' | 'reorderBytes'>) {
    this.hold = limits.reorderEvents;
    this.untilSettled = 2 * limits.reorderEvents;
  }

  /** Events that aren't released yet; sorted after a release. */
  get ahead(): readonly Pending[] {
    return this.held;
  }

  get heldBytes(): number {
    return this.bytes;
  }

  /** Throws FarOutOfOrder. */
  push(item: Pending): void {
    let entry = item;
    if (item.order < this.highest) {
      if (item.order < this.releasedTo) {
        if (item.kind === 'event') throw new FarOutOfOrder();
        entry = { ...item, order: this.releasedTo };
      }
      this.noteLate(entry.order);
    } else this.highest = item.order;
    this.held.push(entry);
    this.bytes += entry.bytes;
  }

  /** Returns the events that no longer have to be held, or all of them at the end. */
  release(isEnd: boolean): readonly Pending[] {
    const { reorderBytes } = this.limits;
    const isOver = this.held.length > this.hold + slackEvents || this.bytes > reorderBytes;
    if (!isEnd && !isOver) return [];
    if (!this.isSorted) this.held.sort((a, b) => a.order - b.order);
    this.isSorted = true;
    let count = 0;
    while (count < this.held.length && (isEnd || this.held.length - count > this.hold || this.bytes > reorderBytes)) {
      this.bytes -= (this.held[count++] as Pending).bytes;
    }
    const released = this.held.slice(0, count);
    this.held = this.held.slice(count);
    const last = released[released.length - 1];
    if (last) this.releasedTo = last.order;
    if (this.untilSettled > 0 && (this.untilSettled -= count) <= 0) this.settle();
    return released;
  }

  private noteLate(order: number): void {
    this.isSorted = false;
    if (this.hold === this.limits.reorderEvents && this.untilSettled <= 0) return;
    let positions = 0;
    for (let index = this.held.length - 1; index >= 0 && (this.held[index] as Pending).order > order; index--)
      positions++;
    this.maxDisplacement = Math.max(this.maxDisplacement, positions);
    if (this.untilSettled <= 0) this.settle();
  }

  private settle(): void {
    this.hold = Math.min(this.limits.reorderEvents, Math.max(minimumHeld, safetyFactor * this.maxDisplacement));
  }
}
