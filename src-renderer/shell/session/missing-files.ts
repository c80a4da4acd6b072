import { missingKinds, type MissingKind, type MissingOnPage } from '../../../src-main/contract/session';

/** Returns the number of missing files of each kind on all pages, without the kinds of which none is missing. */
export function countMissing(pages: readonly MissingOnPage[]): [kind: MissingKind, count: number][] {
  return missingKinds.flatMap((kind): [MissingKind, number][] => {
    const count = pages.reduce((sum, onPage) => sum + (onPage[kind]?.count ?? 0), 0);
    return count === 0 ? [] : [[kind, count]];
  });
}

/** Returns a page's address without scheme, query and fragment. */
export function pageName(address: string): string {
  return address.replace(/^https?:\/\//i, '').replace(/[?#].*/s, '');
}
