import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
import { toPlainLine } from '../../text/plain-line';

/** No name needs more nodes or letters than this; a hostile page may offer any number. */
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
 * The text that a reader sees in a node, shadow roots and slots resolved, one line. Values of fields are never part of it.
 * `except` is left out with all under it.
 */
export function readFlatText(node: ModelNode, limit: number, except?: ModelNode): string {
  const parts: string[] = [];
  const open: ModelNode[] = [node];
  let letters = 0;
  for (let count = 0; count < nodeBudget && letters < textBudget; count++) {
    const next = open.pop();
    if (!next) break;
    if (next === except || (next !== node && silentTags.has(next.tag))) continue;
    const text = ownText(next);
    if (text) {
      parts.push(text);
      letters += text.length;
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

/** The children as they are laid out: of a shadow host those of its shadow root, of a slot what is put into it. */
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

/** The element whose shadow root a node is in. */
export function findHost(node: ModelNode): ModelNode | undefined {
  for (let top: ModelNode | undefined = node; top; top = top.parent) {
    if (top.isShadow) return top.parent;
    if (top.type === NodeType.Document) return undefined;
  }
  return undefined;
}

/** An attribute's text, '' where there is none. */
export function readAttribute(node: ModelNode, name: string): string {
  const value = node.attributes.get(name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
