import type { Replayer } from 'rrweb';

interface BuildCache {
  stylesWithHoverClass: Map<string, string>;
}

/** The cache is replaced beyond this size. Pages that keep rewriting their style sheets fill it with entries that are never used again. */
const sheetLimit = 500;

/** Style sheets that were rewritten for replay, by their text, shared by all Replayers of a frame. */
export class StyleCache {
  private shared: BuildCache | undefined;

  /**
   * rrweb parses each style sheet to rewrite `:hover`, which is a large part of building a page. Its cache is a private field of each
   * Replayer. If a later version of rrweb has no such field, nothing is shared.
   */
  share(engine: Replayer): void {
    const own: unknown = Reflect.get(engine, 'cache');
    if (!isBuildCache(own)) return;
    if (!this.shared || this.shared.stylesWithHoverClass.size > sheetLimit) this.shared = own;
    else Reflect.set(engine, 'cache', this.shared);
  }
}

function isBuildCache(cache: unknown): cache is BuildCache {
  return (
    typeof cache === 'object' &&
    cache !== null &&
    'stylesWithHoverClass' in cache &&
    cache.stylesWithHoverClass instanceof Map
  );
}
