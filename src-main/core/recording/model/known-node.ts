import { NodeType } from '../events';
import type { JsonRecord } from '../json';
import type { LiveNode, SerializedNode } from './model-node';

/** Deeper than any real page. */
const depthLimit = 3000;

/** Returns whether a node is the other one or its ancestor. Beyond any real depth it returns true, so that nothing is inserted there. */
export function isAbove(node: LiveNode, other: LiveNode): boolean {
  let depth = 0;
  for (let next: LiveNode | undefined = other; next; next = next.parent) {
    if (next === node || depth++ > depthLimit) return true;
  }
  return false;
}

/** Returns whether a known node can stay as the node that was just recorded with its id. */
export function isSameNode(known: LiveNode, fresh: LiveNode): boolean {
  return known.type === fresh.type && known.tag === fresh.tag && known.isShadow === fresh.isShadow;
}

/**
 * Updates a node that moves. If it is recorded as before, the Replayer keeps it with all changes since; otherwise it takes the new
 * description.
 */
export function describeAgain(known: LiveNode, fresh: LiveNode, serialized: SerializedNode): void {
  if (known.type !== NodeType.Element || !isAlike(known.source, fresh.source)) known.describe(serialized);
  // A browser loses these when an element is removed and inserted again.
  if (known.state) known.state.rules = known.state.scroll = undefined;
}

function isAlike(one: JsonRecord, other: JsonRecord): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
