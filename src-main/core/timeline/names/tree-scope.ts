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
    for (const root of roots) {
      for (let node: ModelNode | undefined = root; node && this.budget > 0; node = nextElement(node, root)) {
        this.budget--;
        if (fits(node)) return node;
      }
    }
    return undefined;
  }
}

/** Returns the next element of a tree in document order, without the content of shadow roots and frames. */
function nextElement(node: ModelNode, root: ModelNode): ModelNode | undefined {
  const below = firstElement(node.first);
  if (below) return below;
  for (let up: ModelNode | undefined = node; up && up !== root; up = up.parent) {
    const beside = firstElement(up.next);
    if (beside) return beside;
  }
  return undefined;
}

function firstElement(node: ModelNode | undefined): ModelNode | undefined {
  let next = node;
  while (next && (next.isShadow || next.type !== NodeType.Element)) next = next.next;
  return next;
}

function scopeRoots(from: ModelNode): readonly ModelNode[] {
  for (let top = from; ; top = top.parent) {
    if (top.isShadow && top.parent) return top.parent.children.filter(({ isShadow }) => isShadow);
    if (top.type === NodeType.Document || !top.parent) return [top];
  }
}
