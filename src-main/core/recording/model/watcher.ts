import type { LiveNode } from './model-node';

/** What follows the texts of a page is told of nodes as they come and go. */
export interface PageWatcher {
  /** A page is gone, with everything on it. */
  gone(root: LiveNode): void;
  /** A node was put into the page, with all that is under it. */
  placed(node: LiveNode): void;
  /** A text node is gone. */
  removed(node: LiveNode): void;
  /** A text node says something else now. */
  changed(node: LiveNode): void;
  /** What an element says of its visibility has changed. */
  styled(node: LiveNode): void;
}
