import type { SessionEvent } from '../../contract/recorded-event';
import type { Allowed } from './allowed';
import { findQueryValues } from './entities';
import { Hosts } from './hosts';
import { OriginalValues } from './original-values';
import { ShownTexts } from './page-texts';
import { TypedValues, type TypedValue } from './typed-values';
import { walkEvent, type Leaf } from './walk-event';
import { zoneRules, type Collected } from './zone-rules';

/** The values that the gate searches for. Plain data, but secret: it never leaves the process that redacts. */
export interface Originals {
  /** Found anywhere. */
  readonly texts: readonly string[];
  /** Short or plain values, which harmless content also holds: found only as a complete text or a word of one. */
  readonly leaves: readonly string[];
}

export interface OriginalsCollector {
  add(event: SessionEvent): void;
  finish(): Originals;
}

/** Without a policy: what was typed, sent or is private by its form is kept, and texts of pages may stay. */
const anyText: Allowed = {
  isKnownWord: () => false,
  isCommonWord: () => false,
  isShared: () => false,
  staysText: true,
};

/** Collects the values that must not be in an export. Takes the events as recorded, ordered by time, and accepts any shape. */
export function createOriginalsCollector(allowed: Allowed = anyText): OriginalsCollector {
  return new Collector(allowed);
}

class Collector implements OriginalsCollector {
  private readonly collected: Collected;
  private readonly typed = new TypedValues();
  private readonly hosts = new Hosts();
  private seq = 0;

  constructor(allowed: Allowed) {
    this.collected = { values: new OriginalValues(allowed), shown: new ShownTexts(allowed), allowed };
  }

  add({ windowId, event }: SessionEvent): void {
    this.seq++;
    this.collected.values.noteTime(event.timestamp);
    const completed = this.typed.take(windowId, event, this.seq);
    if (completed) this.keepTyped(completed);
    else
      walkEvent(
        event,
        (leaf) => this.keepLeaf(leaf),
        (node) => this.typed.notePassword(windowId, node),
      );
  }

  finish(): Originals {
    this.keepTyped(this.typed.finish());
    const { values, shown } = this.collected;
    const { texts: pageTexts, words: pageWords } = shown.finish();
    const isPrivate = (text: string): boolean => !this.hosts.has(text);
    return {
      texts: [...new Set([...values.texts, ...pageTexts])].filter(isPrivate),
      leaves: [...new Set([...values.leaves, ...pageWords])].filter(
        (leaf) => isPrivate(leaf) && !values.texts.has(leaf),
      ),
    };
  }

  private keepLeaf(leaf: Leaf): void {
    const { seq, collected } = this;
    const { text, zone } = leaf;
    this.hosts.note(text);
    const holdsEntities = collected.values.keepEntities(text);
    for (const value of findQueryValues(text)) if (/[\d@]|\s/.test(value)) collected.values.keepValue(value, seq);
    zoneRules[zone]({ ...leaf, seq, holdsEntities }, collected);
  }

  private keepTyped(typed: readonly TypedValue[]): void {
    for (const { value, since, isSecret } of typed) {
      this.collected.values.keepValue(value, since, isSecret);
      this.collected.values.keepEntities(value);
    }
  }
}

export function joinOriginals(originals: readonly Originals[]): Originals {
  return {
    texts: [...new Set(originals.flatMap(({ texts }) => texts))],
    leaves: [...new Set(originals.flatMap(({ leaves }) => leaves))],
  };
}
