import { NodeType } from '../events';
import { isNodeId, isRecord, listOf } from '../json';
import type { LiveNode, SerializedNode } from './model-node';

/** Of the nodes of a page, this share may differ, because the recorder may not have reported its last changes yet. */
const differentShare = 0.05;
const differentNodes = 3;

/**
 * Returns whether a full snapshot shows the page that is already known: recorders take snapshots of a running page at intervals. The ids
 * of a page never change, so nearly all nodes have to be the same. A page that is loaded again can have the same ids, but numbers them in
 * document order without a gap. An untouched page does so too; then `isPrompt` decides: whether the snapshot follows the last
 * event at once, as those that are due after a number of events do.
 */
export function isSamePage(root: LiveNode, snapshot: SerializedNode, isPrompt: boolean): boolean {
  const known = nodesOf(root);
  let isConsecutive = snapshot.id === 1;
  let count = 0;
  let unknown = 0;
  const open: unknown[] = [snapshot];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isRecord(node) || !isNodeId(node.id)) continue;
    count++;
    isConsecutive &&= node.id === count;
    const before = known.get(node.id);
    if (!before) unknown++;
    else if (!isSameKind(before, node)) return false;
    for (const child of [...listOf(node.childNodes)].reverse()) open.push(child);
  }
  const missing = known.size - (count - unknown);
  const limit = Math.max(differentNodes, differentShare * known.size);
  return unknown <= limit && missing <= limit && (isPrompt || !isConsecutive);
}

function isSameKind(before: LiveNode, node: Readonly<Record<string, unknown>>): boolean {
  return before.type === node.type && (before.type !== NodeType.Element || before.tagName === node.tagName);
}

/** Returns the nodes of a page by id, without those of inner documents. */
function nodesOf(root: LiveNode): Map<number, LiveNode> {
  const nodes = new Map<number, LiveNode>();
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    nodes.set(node.id, node);
    for (let child = node.first; child; child = child.next) if (child.type !== NodeType.Document) open.push(child);
  }
  return nodes;
}
