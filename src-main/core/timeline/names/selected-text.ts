import { NodeType } from '../../recording/events';
import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import { toPlainLine } from '../../text/plain-line';

const textLimit = 80;
/** The most nodes of a selection that are read. */
const nodeBudget = 200;

/** A range of a page, between two nodes. Offsets count characters in a text, children in an element. */
export interface TextRange {
  start: number;
  startOffset: number;
  end: number;
  endOffset: number;
}

/** Returns the text of a range as one line, without what was typed into fields. '' if it doesn't begin in a text of the page. */
export function readSelected({ start, startOffset, end, endOffset }: TextRange, model: DomModel): string {
  const first = model.get(start);
  const last = model.get(end);
  if (first?.type !== NodeType.Text || !last || isTyped(first)) return '';
  if (first === last) return toPlainLine(first.text.slice(startOffset, endOffset), textLimit);
  const parts = [first.text.slice(startOffset)];
  let node = following(first);
  for (let count = 0; node && node !== last && count < nodeBudget; count++, node = following(node)) {
    if (node.type === NodeType.Text && !isTyped(node)) parts.push(node.text);
  }
  if (node === last && last.type === NodeType.Text && !isTyped(last)) parts.push(last.text.slice(0, endOffset));
  return toPlainLine(parts.join(' '), textLimit);
}

const typedTags: ReadonlySet<string> = new Set(['textarea', 'script', 'style']);

function isTyped(node: ModelNode): boolean {
  for (let next: ModelNode | undefined = node; next; next = next.parent) {
    const editable = next.attributes.get('contenteditable');
    if (typedTags.has(next.tag) || (editable !== undefined && editable !== 'false' && editable !== false)) return true;
  }
  return false;
}

/** Returns the next node in document order. */
function following(node: ModelNode): ModelNode | undefined {
  const [child] = node.children;
  if (child) return child;
  for (let next: ModelNode | undefined = node; next?.parent; next = next.parent) {
    const siblings: readonly ModelNode[] = next.parent.children;
    const sibling = siblings[siblings.indexOf(next) + 1];
    if (sibling) return sibling;
  }
  return undefined;
}
