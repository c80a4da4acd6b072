import type { ModelNode } from '../../recording/model/dom-model';
import { readFlatText } from './flat-text';
import type { ScopeSearch } from './tree-scope';

/** The most levels between a control and its card. */
const levels = 5;
const headingLimit = 60;
const headingTag = /^h[1-6]$/;

/**
 * Returns the heading of the card that contains a control, or '' if there is none. A card is one of several similar siblings, such as the
 * products of a shop, whose buttons all have the same text.
 */
export function nameCard(control: ModelNode, search: ScopeSearch): string {
  let node = control;
  for (let level = 0; level < levels && node.parent; level++) {
    node = node.parent;
    const { tag } = node;
    if (!tag || tag === 'body' || node.isShadow) continue;
    const heading = isRepeated(node) ? search.findUnder(node, (other) => headingTag.test(other.tag)) : undefined;
    if (heading) return readFlatText(heading, headingLimit);
  }
  return '';
}

/** Returns true if a sibling has the same tag. */
function isRepeated(node: ModelNode): boolean {
  for (let other = node.parent?.first; other; other = other.next) {
    if (other !== node && other.tag === node.tag) return true;
  }
  return false;
}
