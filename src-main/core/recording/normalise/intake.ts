import { CasementError } from '../../../contract/errors';
import type { RecordedEvent } from '../../../contract/recorded-event';
import { capAdvice } from '../../../contract/words/caps';
import { damageWords, unreadableWords } from '../../../contract/words/recording';
import { findDamage } from './check-event';
import { isFiniteNumber } from '../json';
import type { EventSink } from '../parse/event-sink';
import type { ParseLimits } from '../parse/limits';
import type { Pending } from './pending';
import { RecordingClock } from './times';

/** A file with more damaged parts than this and no event isn't a recording. */
const damagedPartsLimit = 100_000;
/** Longer than the window ids of any platform. */
const windowIdChars = 1000;

/** An event or a loss that waits for the clock. */
type Early =
  | { event: RecordedEvent; windowId: string; json: Uint8Array | undefined; bytes: number }
  | { reason: string; windowId: string | undefined; time: number | undefined };

/**
 * Receives events in the order of the file, checks them, corrects their times and passes them on for sorting. Damaged events are passed
 * on as lost. The first few thousand events wait until the clock can be derived from them.
 */
export class Intake implements EventSink {
  private clock: RecordingClock | undefined;
  private waiting: Early[] = [];
  private waitingBytes = 0;
  private readonly windows = new Set<string>();
  private parts = 0;
  private events = 0;
  private lastOrder = 0;

  constructor(
    private readonly limits: ParseLimits,
    private readonly place: (item: Pending) => void,
    private readonly isPlaceFull: () => boolean,
  ) {}

  get isFull(): boolean {
    return this.isPlaceFull();
  }

  addEvent(event: RecordedEvent, windowId: string, json: Uint8Array | undefined, bytes: number): void {
    const reason = findDamage(event) ?? this.findForeignWindow(windowId);
    if (reason !== undefined) {
      this.addLost(reason, windowId, isFiniteNumber(event.timestamp) ? event.timestamp : undefined);
      return;
    }
    this.count();
    this.events++;
    if (this.clock) {
      this.placeEvent(this.clock, event, windowId, json, bytes);
      return;
    }
    this.waiting.push({ event, windowId, json, bytes });
    this.waitingBytes += bytes;
    const { reorderEvents, reorderBytes } = this.limits;
    if (this.waiting.length >= reorderEvents || this.waitingBytes >= reorderBytes) this.settle();
  }

  addLost(reason: string, windowId?: string, time?: number): void {
    this.count();
    if (this.events === 0 && this.parts > damagedPartsLimit) {
      throw new CasementError('recording-unreadable', { reason: unreadableWords.noEvents });
    }
    const known = windowId === undefined || this.findForeignWindow(windowId) ? undefined : windowId;
    if (this.clock) this.placeLost(this.clock, reason, known, time);
    else this.waiting.push({ reason, windowId: known, time });
  }

  /** Derives the clock from the events so far. Call at the end. */
  settle(): void {
    const times = this.waiting.flatMap((early) => ('event' in early ? [early.event.timestamp] : []));
    const clock = (this.clock ??= new RecordingClock(times));
    for (const early of this.waiting) {
      if ('event' in early) this.placeEvent(clock, early.event, early.windowId, early.json, early.bytes);
      else this.placeLost(clock, early.reason, early.windowId, early.time);
    }
    this.waiting = [];
  }

  private placeEvent(
    clock: RecordingClock,
    event: RecordedEvent,
    windowId: string,
    json: Uint8Array | undefined,
    bytes: number,
  ): void {
    const order = clock.toMs(event.timestamp);
    if (order === undefined) {
      this.placeLost(clock, damageWords.farTime, windowId, undefined);
      return;
    }
    this.lastOrder = order;
    if (order === event.timestamp) this.place({ kind: 'event', windowId, event, json, order, bytes });
    else {
      const corrected = { ...event, timestamp: order };
      this.place({ kind: 'event', windowId, event: corrected, json: undefined, order, bytes });
    }
  }

  private placeLost(clock: RecordingClock, reason: string, windowId: string | undefined, time?: number): void {
    const at = time !== undefined && time >= 0 ? clock.toMs(time) : undefined;
    this.place({ kind: 'lost', windowId, at, reason, order: at ?? this.lastOrder, bytes: 0 });
  }

  /** Counts lost parts as well, so that a damaged file can't exceed the limit. */
  private count(): void {
    if (++this.parts <= this.limits.events) return;
    throw new CasementError('recording-too-large', {
      limit: `${this.limits.events} events`,
      advice: capAdvice('events'),
    });
  }

  private findForeignWindow(windowId: string): string | undefined {
    if (this.windows.has(windowId)) return undefined;
    if (this.windows.size >= this.limits.windows || windowId.length > windowIdChars) return damageWords.tooManyWindows;
    this.windows.add(windowId);
    return undefined;
  }
}
