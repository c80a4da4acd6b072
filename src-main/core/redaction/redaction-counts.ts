import type { FindingKind } from '../../contract/finding-kinds';
import type { RedactionReport } from '../../contract/policy';
import type { Literal } from './entities';

/** The part of a recording that a masked or dropped value came from. */
export type Channel =
  | 'text'
  | 'input'
  | 'attribute'
  | 'url'
  | 'image'
  | 'style'
  | 'console'
  | 'network'
  | 'custom'
  | 'annotation'
  | 'case-text'
  | 'canvas'
  | 'selection'
  | 'font'
  | 'asset'
  | 'node'
  | 'field'
  | 'repeat'
  | 'event';

/** The parts of a recording that may be of an unknown type. */
export type Unknown = 'event' | 'source' | 'plugin' | 'attribute' | 'field' | 'node';

type CountByName = Record<string, number>;

/** Counts the masked and dropped parts. Reports no value. */
export class RedactionCounts {
  /** True while the user enters something: how much is masked and dropped then depends on it. */
  isQuiet = false;
  readonly masked: CountByName = {};
  readonly dropped: CountByName = {};
  private readonly entities: CountByName = {};
  private readonly rules: CountByName = {};
  private readonly unknown: CountByName = {};
  /** The channel of each value that was hidden because the leak gate had found it. */
  private readonly repaired = new Map<string, string>();

  private add(counts: CountByName, key: string, count: number): void {
    if (count > 0 && !this.isQuiet) counts[key] = (counts[key] ?? 0) + count;
  }

  mask(channel: Channel, count = 1): void {
    this.add(this.masked, channel, count);
  }

  drop(channel: Channel, count = 1): void {
    this.add(this.dropped, channel, count);
  }

  /** Counts a part of unknown type, both as unknown and as dropped. */
  dropUnknown(what: Unknown, channel: Channel): void {
    this.add(this.unknown, what, 1);
    this.drop(channel);
  }

  /** Counts a hidden value of this kind. */
  hideEntity(kind: FindingKind): void {
    this.add(this.entities, kind, 1);
  }

  /** Counts a rule once, for any number of uses. */
  useRuleOnce(id: string): void {
    if (!this.isQuiet) this.rules[id] = 1;
  }

  /** Counts a rule that hid something. `id` consists of the policy's own names and of numbers. */
  useRule(id: string): void {
    this.add(this.rules, id, 1);
  }

  /** Counts a value that the leak gate had found, once. */
  repair({ of, channel }: Literal): void {
    this.repaired.set(of, channel);
  }

  snapshot(): Pick<RedactionReport, 'masked' | 'dropped' | 'entities' | 'rules' | 'unknown' | 'repaired'> {
    const { masked, dropped, entities, rules, unknown } = this;
    const repaired: CountByName = {};
    for (const channel of this.repaired.values()) repaired[channel] = (repaired[channel] ?? 0) + 1;
    return {
      masked: { ...masked },
      dropped: { ...dropped },
      entities: { ...entities },
      rules: { ...rules },
      unknown: { ...unknown },
      ...(this.repaired.size > 0 && { repaired }),
    };
  }
}
