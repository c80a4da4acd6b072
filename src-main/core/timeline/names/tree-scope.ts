import type { ModelNode } from '../../recording/model/dom-model';
import { NodeType } from '../../recording/events';

/**
 * Searches one tree (a document or a shadow root), the scope of ids. The total number of visited nodes is limited for a timeline, so that
 * no recording can make it slow; after that, names come only from the control itself and its ancestors.
 */
export class ScopeSearch {
  constructor(private budget = 20_000_000) {}

  /** The number of nodes that may still be visited. */
  get left(): number {
    return this.budget;
  }

  /** Returns the first matching node of the same tree, in document order. */
  find(from: ModelNode, fits: (node: ModelNode) => boolean): ModelNode | undefined {
    return this.search(scopeRoots(from), fits);
  }

  /** Returns the first matching descendant of a node, in the same tree. */
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
