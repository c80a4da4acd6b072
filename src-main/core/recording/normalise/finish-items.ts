import type { RecordedEvent } from '../../../contract/recorded-event';
import { damageWords } from '../../../contract/words/recording';
import { EventType } from '../events';
import { FactsTally } from './facts';
import type { NormalisedItem } from './normalised-item';
import { MissingMetas, readMeta, type PageFacts } from '../page-size';
import type { Pending } from './pending';
import { RepeatFilter } from './repeats';
import { WindowNumbers } from './window-numbers';

/** The last steps for events in order: drops repeats, adds a Meta before every full snapshot, numbers windows and collects the facts. */
export class ItemFinisher {
  readonly facts = new FactsTally();
  readonly numbers: WindowNumbers;
  private readonly metas = new MissingMetas();
  private readonly repeats: RepeatFilter | undefined;

  constructor(repeats: 'drop' | 'keep', knownNumbers?: Readonly<Record<string, string>>) {
    this.numbers = new WindowNumbers(knownNumbers);
    if (repeats === 'drop') this.repeats = new RepeatFilter();
  }

  /** @param ahead  the next events, as far as they are known */
  finish(items: readonly Pending[], ahead: readonly Pending[]): NormalisedItem[] {
    const { facts } = this;
    const finished: NormalisedItem[] = [];
    for (let index = 0; index < items.length; index++) {
      const item = items[index] as Pending;
      if (item.kind === 'lost') {
        const { at, reason } = item;
        facts.damage.add(reason);
        const windowId = item.windowId === undefined ? undefined : this.numbers.of(item.windowId);
        finished.push({ kind: 'lost', windowId, at, reason });
        continue;
      }
      const { event, json } = item;
      const windowId = this.numbers.of(item.windowId);
      if (this.repeats?.isRepeated(windowId, event)) {
        facts.damage.add(damageWords.repeated);
        continue;
      }
      const meta = this.metas.take(windowId, event, () => nextMeta(item.windowId, items, index, ahead));
      if (meta) {
        facts.damage.add(damageWords.missingMeta);
        this.push(finished, windowId, meta, undefined);
      }
      this.push(finished, windowId, event, json);
    }
    return finished;
  }

  private push(finished: NormalisedItem[], windowId: string, event: RecordedEvent, json: Uint8Array | undefined): void {
    this.facts.add(windowId, event);
    finished.push({ kind: 'event', windowId, event, json });
  }
}

function nextMeta(
  windowId: string,
  items: readonly Pending[],
  from: number,
  ahead: readonly Pending[],
): PageFacts | undefined {
  const find = (list: readonly Pending[], start: number): PageFacts | undefined => {
    for (let index = start; index < list.length; index++) {
      const item = list[index] as Pending;
      if (item.kind === 'event' && item.event.type === EventType.Meta && item.windowId === windowId) {
        return readMeta(item.event);
      }
    }
    return undefined;
  };
  return find(items, from + 1) ?? find(ahead, 0);
}
