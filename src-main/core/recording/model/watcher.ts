import type { LiveNode } from './model-node';

/** Follows the texts of a page. */
export interface PageWatcher {
  /** A page is gone, with everything on it. */
  gone(root: LiveNode): void;
  /** A node was inserted, with its descendants. */
  placed(node: LiveNode): void;
  /** A text node was removed. */
  removed(node: LiveNode): void;
  /** The text of a node has changed. */
  changed(node: LiveNode): void;
  /** Attributes that can hide an element have changed. */
  styled(node: LiveNode): void;
}
