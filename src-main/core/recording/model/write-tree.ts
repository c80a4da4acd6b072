import { NodeType } from '../events';
import type { JsonRecord } from '../json';
import { NodeFlag, type LiveNode } from './model-node';
import { isReadOtherwise } from './attributes';

/** JSON writers and readers fail on deeper nesting, so deeper nodes are added one by one. */
const depthLimit = 500;

/** Parts of the page that don't fit into the serialized tree. */
export interface Findings {
  /** Documents of iframes, outer before inner. */
  documents: LiveNode[];
  /** Nodes that have more than their recorded attributes. */
  stated: LiveNode[];
  /** Elements whose children are nested too deeply for the tree. */
  deep: LiveNode[];
}

export function emptyFindings(): Findings {
  return { documents: [], stated: [], deep: [] };
}

/** Serializes a node and its descendants as a recorder does, with the recorded ids and objects. It leaves out documents in iframes. */
export function writeTree(top: LiveNode, findings: Findings): JsonRecord {
  const childNodes: JsonRecord[] = [];
  const written = writeNode(top, childNodes);
  if (top.state) findings.stated.push(top);
  const lists = [childNodes];
  let list = childNodes;
  let node = top.first;
  while (node) {
    if (node.type === NodeType.Document) findings.documents.push(node);
    else {
      const below: JsonRecord[] = [];
      list.push(writeNode(node, below));
      if (node.state) findings.stated.push(node);
      if (node.first) {
        if (lists.length < depthLimit) {
          lists.push((list = below));
          node = node.first;
          continue;
        }
        findings.deep.push(node);
      }
    }
    while (node && !node.next) {
      node = node.parent;
      lists.pop();
      if (node === top) return written;
    }
    list = lists[lists.length - 1] ?? [];
    node = node?.next;
  }
  return written;
}

/** Returns the descendants of a node as single additions of a mutation, in document order. */
export function writeAdds(top: LiveNode, findings: Findings): JsonRecord[] {
  const adds: JsonRecord[] = [];
  let node = top.first;
  while (node) {
    if (node.type === NodeType.Document) findings.documents.push(node);
    else {
      adds.push({ parentId: node.parent?.id, nextId: null, node: writeNode(node, []) });
      if (node.state) findings.stated.push(node);
      if (node.first) {
        node = node.first;
        continue;
      }
    }
    while (node && !node.next) {
      node = node.parent;
      if (node === top) return adds;
    }
    node = node?.next;
  }
  return adds;
}

/** Serializes one node. If it can have children, `childNodes` becomes its list of them. */
export function writeNode(node: LiveNode, childNodes: JsonRecord[]): JsonRecord {
  const { id, type, rootId } = node;
  switch (type) {
    case NodeType.Element: {
      const attributes = writeAttributes(node);
      const written: Record<string, unknown> = { type, tagName: node.tagName, attributes, childNodes, id };
      if (rootId !== undefined) written.rootId = rootId;
      const { flags } = node;
      if ((flags & elementFlags) !== 0) {
        if ((flags & NodeFlag.svg) !== 0) written.isSVG = true;
        if ((flags & NodeFlag.shadowHost) !== 0) written.isShadowHost = true;
        if ((flags & NodeFlag.shadow) !== 0) written.isShadow = true;
        if ((flags & NodeFlag.custom) !== 0) written.isCustom = true;
        if ((flags & NodeFlag.blocked) !== 0) written.needBlock = true;
      }
      return written;
    }
    case NodeType.Document: {
      const { compatMode } = node.source;
      return compatMode === undefined ? { type, childNodes, id } : { type, childNodes, compatMode, id };
    }
    case NodeType.DocumentType: {
      const { name, publicId, systemId } = node.source;
      return { type, name, publicId, systemId, id, ...(rootId !== undefined && { rootId }) };
    }
    case NodeType.Text:
    case NodeType.CDATA:
    case NodeType.Comment: {
      const written: Record<string, unknown> = { type, textContent: node.text, id };
      if (rootId !== undefined) written.rootId = rootId;
      if ((node.flags & NodeFlag.styleText) !== 0) written.isStyle = true;
      if ((node.flags & NodeFlag.shadow) !== 0) written.isShadow = true;
      return written;
    }
  }
}

const elementFlags = NodeFlag.svg | NodeFlag.shadowHost | NodeFlag.shadow | NodeFlag.custom | NodeFlag.blocked;

function writeAttributes(node: LiveNode): JsonRecord {
  const { source, state } = node;
  const attributes = (node.flags & NodeFlag.ownAttributes) === 0 ? source : Object.fromEntries(node.attributes);
  if (!state) return attributes;
  const { late, image } = state;
  if (!late && image === undefined) return attributes;
  const written = late ? asBuilt(attributes, source) : { ...attributes };
  if (image !== undefined) written.rr_dataURL = image;
  return written;
}

/** Leaves out attributes that a mutation set and that mean something else in a snapshot. A mutation repeats them. */
function asBuilt(attributes: JsonRecord, source: JsonRecord): Record<string, unknown> {
  const written = Object.fromEntries(Object.entries(attributes).filter(([name]) => !isReadOtherwise(name)));
  for (const name of Object.keys(source)) if (isReadOtherwise(name)) written[name] = source[name];
  return written;
}
