import { CasementError } from '../../../contract/errors';
import type { SessionEvent } from '../../../contract/recorded-event';
import { damageWords } from '../../../contract/words/recording';
import { isRecord, type JsonRecord } from '../json';
import { DamageTally } from './damage';
import { EventDecoder } from './decode-event';
import { UnreadablePart, type Inflater } from './inflate';
import type { ParseLimits } from './limits';
import { isEvent, isWindowPair, windowOf } from './shapes';
import { isDeeperThan } from './scan';

/** Lists in lists: segments of pages is the deepest that is known. */
const listDepthLimit = 4;

/** Gathers the events of one recording out of items of any known shape. */
export class EventCollector {
  readonly events: SessionEvent[] = [];
  readonly damage = new DamageTally();
  private readonly decoder: EventDecoder;

  constructor(
    inflater: Inflater,
    private readonly limits: ParseLimits,
  ) {
    this.decoder = new EventDecoder(inflater, limits.depth);
  }

  /** `isDeep` says that the text around the item nests deeper than allowed, so that each event has to be measured. */
  add(item: unknown, windowId: string, isDeep: boolean, level = 0): void {
    if (typeof item === 'string') this.addPacked(item, windowId);
    else if (Array.isArray(item)) {
      const list = item as unknown[];
      if (isWindowPair(list)) this.add(list[1], list[0], isDeep, level + 1);
      else if (level >= listDepthLimit) this.damage.add(damageWords.notAnEvent);
      else for (const inner of list) this.add(inner, windowId, isDeep, level + 1);
    } else if (isEvent(item)) this.addEvent(item, windowId, isDeep);
    else if (isRecord(item) && Array.isArray(item.data) && level < listDepthLimit) {
      this.add(item.data, windowOf(item) ?? windowId, isDeep, level + 1);
    } else this.damage.add(damageWords.notAnEvent);
  }

  private addPacked(text: string, windowId: string): void {
    const event = this.orDamage(() => this.decoder.unpack(text));
    if (isEvent(event)) this.addEvent(event, windowId, false);
    else if (event !== undefined) this.damage.add(damageWords.notAnEvent);
  }

  private addEvent(event: JsonRecord, windowId: string, isDeep: boolean): void {
    if (isDeep && isDeeperThan(event, this.limits.depth)) {
      this.damage.add(damageWords.tooDeep);
      return;
    }
    const decoded = this.orDamage(() => ({ data: this.decoder.decodeData(event) }));
    if (!decoded) return;
    if (this.events.length >= this.limits.events) {
      throw new CasementError('recording-too-large', { limit: `${this.limits.events} events` });
    }
    this.events.push({
      windowId: windowOf(event) ?? windowId,
      event: { type: event.type as number, data: decoded.data, timestamp: event.timestamp as number },
    });
  }

  private orDamage<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UnreadablePart)) throw error;
      this.damage.add(error.reason);
      return undefined;
    }
  }
}
