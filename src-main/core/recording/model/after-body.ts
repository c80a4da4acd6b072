import { NodeType } from '../events';
import { isRecord, listOf, type JsonRecord } from '../json';

/** A document without the nodes after its body, and these nodes as additions of a mutation. */
export interface SeparatedDocument {
  node: JsonRecord;
  adds: JsonRecord[];
}

/**
 * Separates the nodes that follow the body of a serialized document: banners of browser extensions, for example. A Replayer moves the
 * body of a document that it builds behind all its siblings, so nodes after the body have to be added later. The document is not changed.
 */
export function separateAfterBody(document: JsonRecord): SeparatedDocument {
  const children = listOf(document.childNodes);
  for (const [index, root] of children.entries()) {
    if (!isRecord(root) || root.type !== NodeType.Element) continue;
    const parts = listOf(root.childNodes);
    const body = parts.findLastIndex(isBody);
    if (body < 0 || body === parts.length - 1) continue;
    const kept = { ...root, childNodes: parts.slice(0, body + 1) };
    const childNodes = children.map((child, at) => (at === index ? kept : child));
    const adds = parts.slice(body + 1).flatMap((part) => flatten(part, root.id));
    return { node: { ...document, childNodes }, adds };
  }
  return { node: document, adds: [] };
}

function isBody(node: unknown): boolean {
  return isRecord(node) && typeof node.tagName === 'string' && node.tagName.toLowerCase() === 'body';
}

/** Returns a serialized tree as single additions in document order, because a Replayer ignores the children of an added node. */
function flatten(top: unknown, topParentId: unknown): JsonRecord[] {
  const adds: JsonRecord[] = [];
  const open = [{ node: top, parentId: topParentId }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, parentId } = next;
    if (!isRecord(node)) continue;
    const hasChildren = Array.isArray(node.childNodes);
    adds.push({ parentId, nextId: null, node: hasChildren ? { ...node, childNodes: [] } : node });
    // A textarea's recorded value is its entire content.
    if (node.tagName === 'textarea' && isRecord(node.attributes) && typeof node.attributes.value === 'string') continue;
    for (const child of [...listOf(node.childNodes)].reverse()) open.push({ node: child, parentId: node.id });
  }
  return adds;
}
