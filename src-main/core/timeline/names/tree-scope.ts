import type { ModelNode } from '../../recording/model/dom-model';
import { NodeType } from '../../recording/events';

/**
 * Looking things up by id or `for`: only within one tree (a document, or one shadow root), where ids mean something.
 * The number of nodes looked at is bounded for a whole timeline, so that no recording can make it slow; after that, names come
 * from nearer places only.
 */
export class ScopeSearch {
  constructor(private budget = 20_000_000) {}

  /** How many nodes may still be looked at. */
  get left(): number {
    return this.budget;
  }

  /** The first node in the same tree that fits, in the order of the page. */
  find(from: ModelNode, fits: (node: ModelNode) => boolean): ModelNode | undefined {
    return this.search(scopeRoots(from), fits);
  }

  /** The first that fits below a node, in the same tree. */
  findUnder(top: ModelNode, fits: (node: ModelNode) => boolean): ModelNode | undefined {
    return this.search([top], (node) => node !== top && fits(node));
  }

  private search(roots: readonly ModelNode[], fits: (node: ModelNode) => boolean): ModelNode | undefined {
    const open = [...roots].reverse();
    for (let node = open.pop(); node && this.budget > 0; node = open.pop()) {
      this.budget--;
      if (fits(node)) return node;
      const { children } = node;
      for (let index = children.length - 1; index >= 0; index--) {
        const child = children[index];
        if (child && !child.isShadow && child.type === NodeType.Element) open.push(child);
      }
    }
    return undefined;
  }
}

function scopeRoots(from: ModelNode): readonly ModelNode[] {
  for (let top = from; ; top = top.parent) {
    if (top.isShadow && top.parent) return top.parent.children.filter(({ isShadow }) => isShadow);
    if (top.type === NodeType.Document || !top.parent) return [top];
  }
}
