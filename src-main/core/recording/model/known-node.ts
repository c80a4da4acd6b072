import { NodeType } from '../events';
import type { JsonRecord } from '../json';
import type { LiveNode, SerializedNode } from './model-node';

/** No page is deeper than this. */
const depthLimit = 3000;

/** Is a node the other one, or above it? Beyond any real depth the answer is yes, so that nothing is put there. */
export function isAbove(node: LiveNode, other: LiveNode): boolean {
  let depth = 0;
  for (let next: LiveNode | undefined = other; next; next = next.parent) {
    if (next === node || depth++ > depthLimit) return true;
  }
  return false;
}

/** Can a node that is known go on as the one that was just recorded under its id? */
export function isSameNode(known: LiveNode, fresh: LiveNode): boolean {
  return known.type === fresh.type && known.tag === fresh.tag && known.isShadow === fresh.isShadow;
}

/**
 * A node that goes on elsewhere. The Replayer takes one recorded alike for the same, with what has changed in it since; one
 * recorded otherwise is what was recorded last.
 */
export function describeAgain(known: LiveNode, fresh: LiveNode, serialized: SerializedNode): void {
  if (known.type !== NodeType.Element || !isAlike(known.source, fresh.source)) known.describe(serialized);
  // What a browser loses when an element is taken out and put in again.
  if (known.state) known.state.rules = known.state.scroll = undefined;
}

function isAlike(one: JsonRecord, other: JsonRecord): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
