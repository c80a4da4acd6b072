import { BoundedCache } from './bounded-cache';

/** The prefix that replaces the names of each kind. */
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

/** Further names of a kind share one number, so that a hostile recording can't fill the memory. */
const namesLimit = 200_000;

/**
 * Replaces names, such as those of classes, ids and custom elements, which authors can fill with any text. Each becomes a number of its
 * kind, in the order of first appearance. It is the same in the page and in its style sheets, so selectors still match. The export shows
 * only which names are equal.
 */
export class NumberedNames {
  private readonly byKind = new Map<NameKind, Map<string, string>>();
  private readonly lists = new Map<NameKind, BoundedCache>();

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

  /** Replaces each of several names separated by white space, and removes those that `isLeftOut` selects. Always pass the same one for a kind. */
  renameEach(kind: NameKind, originals: string, isLeftOut: (original: string) => boolean = () => false): string {
    let lists = this.lists.get(kind);
    if (!lists) this.lists.set(kind, (lists = new BoundedCache(500_000)));
    return lists.get(originals, () =>
      originals
        .split(/\s+/)
        .filter((original) => original !== '' && !isLeftOut(original))
        .map((original) => this.rename(kind, original))
        .join(' '),
    );
  }
}
