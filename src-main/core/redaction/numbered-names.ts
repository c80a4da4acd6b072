import { BoundedCache } from './bounded-cache';

/** How a name of each kind is written once its original is gone. */
const prefixes = {
  class: 'c',
  id: 'i',
  part: 'p',
  slot: 's',
  element: 'x-e',
  'custom-property': '--v',
  'css-name': 'n',
  attribute: 'data-a',
  'attribute-value': 'w',
  window: 'window-',
} as const;

export type NameKind = keyof typeof prefixes;

/** Names beyond this many of a kind share one ordinal: a hostile recording must not fill the memory. */
const namesLimit = 200_000;

/**
 * Authors put what they like into names of classes, ids, custom elements and the like, so no such name passes. Each becomes a
 * number by its kind, in the order of first appearance, the same in the page and in its style sheets, so that selectors still match.
 * What stays visible is which names are equal.
 */
export class NumberedNames {
  private readonly byKind = new Map<NameKind, Map<string, string>>();
  private readonly lists = new BoundedCache(1_000_000);

  rename(kind: NameKind, original: string): string {
    let names = this.byKind.get(kind);
    if (!names) this.byKind.set(kind, (names = new Map<string, string>()));
    const known = names.get(original);
    if (known !== undefined) return known;
    if (names.size >= namesLimit) return `${prefixes[kind]}0`;
    const name = `${prefixes[kind]}${names.size + 1}`;
    names.set(original, name);
    return name;
  }

  /** Each of several names with blanks between them, but those that `isLeftOut` says of; of one kind always by the same. */
  renameEach(kind: NameKind, originals: string, isLeftOut: (original: string) => boolean = () => false): string {
    return this.lists.get(`${kind} ${originals}`, () =>
      originals
        .split(/\s+/)
        .filter((original) => original !== '' && !isLeftOut(original))
        .map((original) => this.rename(kind, original))
        .join(' '),
    );
  }
}
