import type { SessionEvent } from '../../contract/recorded-event';
import type { Allowed } from './allowed';
import { isConstant, isNameLike } from './constants';
import { findQueryValues } from './entities';
import { OwnAddresses } from './own-addresses';
import { OriginalValues } from './original-values';
import { isShownKey, ShownTexts } from './page-texts';
import { TypedValues, type TypedValue } from './typed-values';
import { walkEvent, type Leaf } from './walk-event';
import { zoneRules, type Collected } from './zone-rules';

/** The values that the gate searches for. Plain data, but secret: it never leaves the process that redacts. */
export interface Originals {
  /** Found anywhere. */
  readonly texts: readonly string[];
  /** Short or plain values, which harmless content also holds: found only as a complete text or a word of one. */
  readonly leaves: readonly string[];
  /** The addresses of the recorded site, which stay in its export. */
  readonly addresses?: OwnAddresses;
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
  isKeptInAddress: () => false,
  staysText: true,
};

/** Collects the values that must not be in an export. Takes the events as recorded, ordered by time, and accepts any shape. */
export function createOriginalsCollector(allowed: Allowed = anyText): OriginalsCollector {
  return new Collector(allowed);
}

class Collector implements OriginalsCollector {
  private readonly collected: Collected;
  private readonly typed = new TypedValues();
  private readonly addresses: OwnAddresses;
  private seq = 0;
  /** The texts of pages that were read already: shown ones, and all others. */
  private readonly seen = { shown: new SeenTexts(), other: new SeenTexts() };

  constructor(allowed: Allowed) {
    this.addresses = new OwnAddresses(allowed);
    const values = new OriginalValues(allowed);
    const sent = new OriginalValues(allowed, values);
    this.collected = { values, sent, shown: new ShownTexts(allowed), allowed };
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
    const { values, sent, shown, allowed } = this.collected;
    const isPrivate = (text: string): boolean => !allowed.staysText || !values.pageWords.isShown(text);
    const { texts: pageTexts, words: pageWords } = shown.finish();
    const found = [...values.texts, ...[...sent.texts].filter(isPrivate), ...pageTexts].filter(
      (text) => !this.addresses.has(text),
    );
    const texts = new Set(found.filter((text) => !isConstant(text)));
    // A capitalised constant may be a name. Exports hold it in other positions than complete texts.
    const alone = [
      ...found.filter((text) => isConstant(text)),
      ...values.leaves,
      ...[...sent.leaves].filter(isPrivate),
      ...pageWords,
    ];
    const leaves = new Set(alone.filter((text) => !isConstant(text) || isNameLike(text)));
    return {
      texts: [...texts],
      leaves: [...leaves].filter((leaf) => !texts.has(leaf) && !this.addresses.has(leaf)),
      addresses: this.addresses,
    };
  }

  private keepLeaf(leaf: Leaf): void {
    const { seq, collected } = this;
    const { text, key, zone } = leaf;
    // A text of a page has the same values at each occurrence, and the first comes before anything that makes one harmless.
    const isPage = zone === 'page' || zone === 'held' || zone === 'change';
    if (isPage && !(isShownKey(key) ? this.seen.shown : this.seen.other).isNew(text)) return;
    this.addresses.note(text);
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

/** The most characters to remember; then it starts again, and some texts are read twice. */
const seenLimit = 4_000_000;
/** Longer texts are rarely repeated. */
const seenLength = 400;

/** Remembers texts. Pages repeat most of theirs: names of classes, labels, addresses. */
class SeenTexts {
  private readonly texts = new Set<string>();
  private chars = 0;

  isNew(text: string): boolean {
    if (text.length > seenLength) return true;
    const { size } = this.texts;
    if (this.texts.add(text).size === size) return false;
    this.chars += text.length + 16;
    if (this.chars > seenLimit) {
      this.texts.clear();
      this.chars = 0;
    }
    return true;
  }
}

/** Joins the originals of the sessions of an export. The address of one may be typed in another. */
export function joinOriginals(originals: readonly Originals[]): Originals {
  const isOwn = (text: string): boolean =>
    originals.length > 1 && originals.some(({ addresses }) => addresses?.has(text) === true);
  const join = (lists: (readonly string[])[]): string[] => [...new Set(lists.flat())].filter((text) => !isOwn(text));
  return {
    texts: join(originals.map(({ texts }) => texts)),
    leaves: join(originals.map(({ leaves }) => leaves)),
  };
}
