import type { Control } from '../../../contract/timeline';
import type { ModelNode } from '../../recording/model/dom-model';
import { NodeType } from '../../recording/events';
import { readAttribute } from '../../recording/model/read-attribute';
import { readFlatText } from './flat-text';

const roleControls: Readonly<Record<string, Control>> = {
  button: 'button',
  link: 'link',
  textbox: 'field',
  searchbox: 'field',
  spinbutton: 'field',
  checkbox: 'checkbox',
  menuitemcheckbox: 'checkbox',
  radio: 'radio',
  menuitemradio: 'radio',
  switch: 'switch',
  combobox: 'list',
  listbox: 'list',
  option: 'option',
  treeitem: 'option',
  tab: 'tab',
  menuitem: 'menu-item',
  slider: 'slider',
  columnheader: 'column',
};

const inputControls: Readonly<Record<string, Control>> = {
  submit: 'button',
  button: 'button',
  reset: 'button',
  image: 'button',
  checkbox: 'checkbox',
  radio: 'radio',
  range: 'slider',
  file: 'file',
};

/** Returns the kind of control that a node is, or undefined if it is not a control. */
export function controlOf(node: ModelNode): Control | undefined {
  if (node.type !== NodeType.Element) return undefined;
  const role = roleControls[readAttribute(node, 'role')];
  // A text input stays a field, even if it opens a list.
  const isTyped = role === 'list' && (node.tag === 'input' || node.tag === 'textarea');
  if (role && !isTyped) return role;
  switch (node.tag) {
    case 'button':
    case 'summary':
      return 'button';
    case 'a':
    case 'area':
      return node.attributes.has('href') ? 'link' : undefined;
    case 'input':
      return inputControls[readAttribute(node, 'type').toLowerCase()] ?? 'field';
    case 'textarea':
      return 'field';
    case 'select':
      return 'list';
    case 'option':
      return 'option';
    default:
      return editableOrFocusable(node);
  }
}

function editableOrFocusable(node: ModelNode): Control | undefined {
  const editable = node.attributes.get('contenteditable');
  if (editable !== undefined && editable !== 'false' && editable !== false) return 'field';
  const tabIndex = node.attributes.get('tabindex');
  if (tabIndex === undefined || Number(tabIndex) < 0) return undefined;
  return node.tag === 'th' ? 'column' : 'other';
}

/** Returns true for controls whose changes are recorded as input events. */
export function isField(control: Control): boolean {
  return ['field', 'checkbox', 'radio', 'switch', 'list', 'slider', 'file'].includes(control);
}

/** Returns the nearest control at or above a node, across shadow roots, below the page's body. */
export function findControl(node: ModelNode): { node: ModelNode; control: Control } | undefined {
  for (let next: ModelNode | undefined = node; next && next.tag !== 'body'; next = next.parent) {
    if (next.type === NodeType.Document) return undefined;
    const control = controlOf(next);
    if (control && (control !== 'other' || next === node || isSmall(next))) return { node: next, control };
    if (next.tag === 'label') return undefined;
  }
  return undefined;
}

/** A focusable element with a longer text is a container, such as a tab panel or a map. */
const longestText = 60;

/** Returns true if a click on anything inside an element is a click on the element. */
function isSmall(node: ModelNode): boolean {
  return readFlatText(node, 2 * longestText).length <= longestText && readAttribute(node, 'role') !== 'tabpanel';
}

export function findLabelAround(node: ModelNode): ModelNode | undefined {
  for (let next: ModelNode | undefined = node; next && next.tag !== 'body'; next = next.parent) {
    if (next.tag === 'label') return next;
  }
  return undefined;
}
