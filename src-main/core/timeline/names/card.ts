import type { ModelNode } from '../../recording/model/dom-model';
import { readFlatText } from './flat-text';
import type { ScopeSearch } from './tree-scope';

/** A card is not far above its buttons. */
const levels = 5;
const headingLimit = 60;
const headingTag = /^h[1-6]$/;

/**
 * The heading of the card that a control is in, '' where it is in none. A card is one of several like elements side by side, such as
 * the items of a shop, whose buttons all say the same.
 */
export function nameCard(control: ModelNode, search: ScopeSearch): string {
  let node = control;
  for (let level = 0; level < levels && node.parent; level++) {
    node = node.parent;
    const { tag, parent } = node;
    if (!tag || tag === 'body' || node.isShadow) continue;
    const isRepeated = parent?.children.some((other) => other !== node && other.tag === tag) ?? false;
    const heading = isRepeated ? search.findUnder(node, (other) => headingTag.test(other.tag)) : undefined;
    if (heading) return readFlatText(heading, headingLimit);
  }
  return '';
}
