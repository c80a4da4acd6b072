import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
import { readAttribute } from '../../recording/model/read-attribute';
import { toPlainLine } from '../../text/plain-line';

/** The most nodes and characters that are read for a name. A hostile page may have any number. */
const nodeBudget = 400;
const textBudget = 400;

const silentTags: ReadonlySet<string> = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'input',
  'textarea',
  'select',
]);

/**
 * Returns the visible text of a node as one line, with shadow roots and slots resolved. Never contains values of fields. Omits `except`
 * and its descendants.
 */
export function readFlatText(node: ModelNode, limit: number, except?: ModelNode): string {
  const parts: string[] = [];
  const open: ModelNode[] = [node];
  let characters = 0;
  for (let count = 0; count < nodeBudget && characters < textBudget; count++) {
    const next = open.pop();
    if (!next) break;
    if (next === except || (next !== node && silentTags.has(next.tag))) continue;
    const text = ownText(next);
    if (text) {
      parts.push(text);
      characters += text.length;
    }
    const children = flatChildren(next);
    for (let index = Math.min(children.length, nodeBudget) - 1; index >= 0; index--) {
      const child = children[index];
      if (child) open.push(child);
    }
  }
  return toPlainLine(parts.join(' '), limit);
}

function ownText(node: ModelNode): string {
  if (node.type === NodeType.Text) return node.text;
  if (node.tag === 'img') return readAttribute(node, 'alt');
  return '';
}

/** Returns the children in the flat tree: for a shadow host those of its shadow root, for a slot the assigned nodes. */
function flatChildren(node: ModelNode): readonly ModelNode[] {
  const { children } = node;
  if (node.tag === 'iframe') return [];
  if (node.tag === 'slot') {
    const assigned = assignedNodes(node);
    return assigned.length > 0 ? assigned : children;
  }
  return children.some(({ isShadow }) => isShadow) ? children.filter(({ isShadow }) => isShadow) : children;
}

function assignedNodes(slot: ModelNode): ModelNode[] {
  const host = findHost(slot);
  const name = readAttribute(slot, 'name');
  return host ? host.children.filter((child) => !child.isShadow && readAttribute(child, 'slot') === name) : [];
}

/** Returns the host of the shadow root that contains a node. */
export function findHost(node: ModelNode): ModelNode | undefined {
  for (let top: ModelNode | undefined = node; top; top = top.parent) {
    if (top.isShadow) return top.parent;
    if (top.type === NodeType.Document) return undefined;
  }
  return undefined;
}
