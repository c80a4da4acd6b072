import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';

const buttonTypes: ReadonlySet<unknown> = new Set(['submit', 'button', 'reset', 'image']);
/** Several adjacent boxes for one to six characters each are one field: a code, or a card number in four parts. */
const boxLength = 6;
const searchLimit = 400;

/** Returns whether users edit the content of this element, as in a rich-text editor. */
export function isEditor(tag: string, attribute: (name: string) => unknown): boolean {
  if (tag === 'input' || tag === 'textarea') return false;
  const editable = attribute('contenteditable');
  if (editable !== undefined && editable !== null && editable !== 'false' && editable !== 'inherit') return true;
  const className = attribute('class');
  if (typeof className === 'string' && drawnEditor.test(className)) return true;
  return editorRoles.has(String(attribute('role')));
}

/** Class names of editors and terminals that draw the text that the user types into a field elsewhere. */
const drawnEditor =
  /(?:^|\s)(?:CodeMirror(?:-code|-lines)?|cm-editor|monaco-editor|view-lines|ace_editor|ace_content|xterm(?:-rows|-screen)?|terminal-output)(?:\s|$)/;

const editorRoles: ReadonlySet<string> = new Set(['textbox', 'searchbox']);

const attributesOf =
  (node: ModelNode) =>
  (name: string): unknown =>
    node.attribute(name);

/**
 * Returns the field that an interaction with this node belongs to: an input, a choice or an editor. Undefined if there is none. For several
 * boxes that are one field, and for a group of radio buttons or options, it is always the first.
 */
export function fieldOf(node: ModelNode): ModelNode | undefined {
  let found: ModelNode | undefined;
  for (let at: ModelNode | undefined = node, depth = 0; at && depth < 1000; at = at.parent, depth++) {
    if (at.type !== NodeType.Element) continue;
    if (isEditor(at.tag, attributesOf(at))) found = at;
    else found ??= simpleField(at);
  }
  return found;
}

/** Roles of fields that applications draw themselves and that have no group. */
const singleRoles: ReadonlySet<unknown> = new Set(['checkbox', 'switch', 'menuitemcheckbox', 'slider', 'spinbutton']);

function simpleField(node: ModelNode): ModelNode | undefined {
  const role = node.attribute('role');
  if (node.tag === 'textarea' || node.tag === 'select' || singleRoles.has(role)) return node;
  if (role === 'option' || radioRoles.has(role)) return firstOf(node, (other) => other.attribute('role') === role);
  if (node.tag === 'label') return radioOf(node);
  if (node.tag !== 'input' || buttonTypes.has(node.attribute('type'))) return undefined;
  if (node.attribute('type') === 'radio') {
    const name = node.attribute('name');
    return firstOf(
      node,
      (other) => other.tag === 'input' && other.attribute('type') === 'radio' && other.attribute('name') === name,
    );
  }
  return isBox(node) ? firstBox(node) : node;
}

function isBox(node: ModelNode): boolean {
  if (node.tag !== 'input') return false;
  const length = Number(node.attribute('maxlength') ?? NaN);
  return length >= 1 && length <= boxLength;
}

function firstBox(node: ModelNode): ModelNode {
  for (const container of [node.parent, node.parent?.parent]) {
    const boxes = container ? search(container, isBox) : [];
    if (boxes.length > 1) return boxes[0] ?? node;
  }
  return node;
}

/** Returns all boxes of the field whose first box is given. */
export function boxesOf(first: ModelNode): ModelNode[] {
  if (!isBox(first)) return [first];
  for (const container of [first.parent, first.parent?.parent]) {
    const boxes = container ? search(container, isBox) : [];
    if (boxes.length > 1) return boxes;
  }
  return [first];
}

function radioOf(label: ModelNode): ModelNode | undefined {
  const isRadio = (node: ModelNode): boolean => node.tag === 'input' && node.attribute('type') === 'radio';
  const [inside] = search(label, isRadio);
  if (inside) return simpleField(inside);
  const id = label.attribute('for');
  if (typeof id !== 'string') return undefined;
  const near = label.parent?.parent ?? label.parent;
  const [target] = near ? search(near, (node) => isRadio(node) && node.attribute('id') === id) : [];
  return target && simpleField(target);
}

/** Roles of places of which the user chooses one. */
export const radioRoles: ReadonlySet<unknown> = new Set(['radio', 'menuitemradio']);

/** Returns the first matching element of the group around a node. */
function firstOf(node: ModelNode, isOne: (other: ModelNode) => boolean): ModelNode {
  const group = groupOf(node);
  return (group && search(group, isOne)[0]) ?? node;
}

/** Returns the group that a radio button or an option belongs to. */
export function groupOf(node: ModelNode): ModelNode | undefined {
  let group: ModelNode | undefined;
  for (let at = node.parent, depth = 0; at && depth < 6; at = at.parent, depth++) {
    const role = at.attribute('role');
    if (at.tag === 'fieldset' || at.tag === 'form' || role === 'radiogroup' || role === 'listbox' || role === 'group') {
      group = at;
      break;
    }
    if (at.tag === 'body') break;
    if (depth < 2) group = at;
  }
  return group;
}

/** Returns the matching descendants of a node in page order. Checks only the first `limit` descendants, because groups are small. */
export function search(top: ModelNode, isOne: (node: ModelNode) => boolean, limit = searchLimit): ModelNode[] {
  const found: ModelNode[] = [];
  let visited = 0;
  for (let node = top.first; node && visited < limit;) {
    // Texts count at the top only.
    if (node.type !== NodeType.Text || node.parent === top) visited++;
    if (node.type === NodeType.Element && isOne(node)) found.push(node);
    if (node.first) node = node.first;
    else {
      while (node && node !== top && !node.next) node = node.parent;
      node = node === top ? undefined : node?.next;
    }
  }
  return found;
}
