import type { ParseLimits } from '../parse/limits';
import type { Pending } from './pending';

/** The events are further from the order of time than is held in memory. Read the recording again, with `order: 'any'`. */
export class FarOutOfOrder extends Error {
  constructor() {
    super('the events are far out of order');
  }
}

/** Events that are collected beyond those that have to be held, so that each sort releases many. */
const slackEvents = 128;
/** As many are held of a recording that was in order so far: what is held long is dear to the garbage collector. */
const calmEvents = 128;
/** Once an event came so many places late, as many times that is allowed for. */
const caution = 4;

/**
 * Holds the last few thousand events to bring them into the order of time; those of one moment keep the order in which they came.
 * A recording that begins in order, or nearly, is taken to go on so, and fewer are held; the more disorder is seen, the more are held
 * again. What is held serves as the view ahead, too.
 */
export class ReorderBuffer {
  private held: Pending[] = [];
  private bytes = 0;
  private isSorted = true;
  private releasedTo = -Infinity;
  private hold: number;
  /** Events until the beginning is over. */
  private untilCalm: number;
  /** The most places that an event came late. */
  private latest = 0;
  private highest = -Infinity;

  constructor(private readonly limits: Pick<ParseLimits, 'reorderEvents' | 'reorderBytes'>) {
    this.hold = limits.reorderEvents;
    this.untilCalm = 2 * limits.reorderEvents;
  }

  /** Events that aren't released yet; sorted after a release. */
  get ahead(): readonly Pending[] {
    return this.held;
  }

  get heldBytes(): number {
    return this.bytes;
  }

  /** Errors: FarOutOfOrder. */
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

  /** Lets out what is more than has to be held, or everything. */
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
    if (this.untilCalm > 0 && (this.untilCalm -= count) <= 0) this.settle();
    return released;
  }

  private noteLate(order: number): void {
    this.isSorted = false;
    if (this.hold === this.limits.reorderEvents && this.untilCalm <= 0) return;
    let places = 0;
    for (let index = this.held.length - 1; index >= 0 && (this.held[index] as Pending).order > order; index--) places++;
    this.latest = Math.max(this.latest, places);
    if (this.untilCalm <= 0) this.settle();
  }

  private settle(): void {
    this.hold = Math.min(this.limits.reorderEvents, Math.max(calmEvents, caution * this.latest));
  }
}
