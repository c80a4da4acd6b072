import type { Replayer } from 'rrweb';

interface BuildCache {
  stylesWithHoverClass: Map<string, string>;
}

/** Pages that write their style sheets anew again and again fill the cache with what nobody needs again. */
const sheetLimit = 500;

/** Style sheets that were rewritten for replay, by their text, shared by all Replayers of a frame. */
export class StyleCache {
  private shared: BuildCache | undefined;

  /**
   * rrweb parses each style sheet to rewrite `:hover`, which is a large part of building a page. Its cache is a private field of each
   * Replayer; one that doesn't have it any more keeps its own.
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
