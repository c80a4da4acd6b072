import type { FindingKind } from '../../contract/finding-kinds';
import type { RedactionReport } from '../../contract/policy';

/** What is counted of a redaction, by the channel that it sat in. */
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

/** What nobody knows, by what it was. */
export type Unknown = 'event' | 'source' | 'plugin' | 'attribute' | 'field' | 'node';

type Counts = Record<string, number>;

/** Counts only: no value enters it. */
export class Tally {
  readonly masked: Counts = {};
  readonly dropped: Counts = {};
  private readonly entities: Counts = {};
  private readonly rules: Counts = {};
  private readonly unknown: Counts = {};

  mask(channel: Channel, count = 1): void {
    add(this.masked, channel, count);
  }

  drop(channel: Channel, count = 1): void {
    add(this.dropped, channel, count);
  }

  /** Something that no part of the redaction knows; it is dropped, and counted as such besides. */
  dropUnknown(what: Unknown, channel: Channel): void {
    add(this.unknown, what, 1);
    this.drop(channel);
  }

  /** A value of this kind was hidden. */
  hideEntity(kind: FindingKind): void {
    add(this.entities, kind, 1);
  }

  /** A rule hid something. `id` is made of the policy's own names and of numbers. */
  useRule(id: string): void {
    add(this.rules, id, 1);
  }

  counts(): Pick<RedactionReport, 'masked' | 'dropped' | 'entities' | 'rules' | 'unknown'> {
    const { masked, dropped, entities, rules, unknown } = this;
    return {
      masked: { ...masked },
      dropped: { ...dropped },
      entities: { ...entities },
      rules: { ...rules },
      unknown: { ...unknown },
    };
  }
}

function add(counts: Counts, key: string, count: number): void {
  if (count > 0) counts[key] = (counts[key] ?? 0) + count;
}
