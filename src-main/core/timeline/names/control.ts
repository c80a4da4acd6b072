import type { Control } from '../../../contract/words/timeline';
import type { ModelNode } from '../../recording/model/dom-model';
import { NodeType } from '../../recording/events';
import { readAttribute } from './flat-text';

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

/** What kind of control a node is; undefined for what nobody operates. */
export function controlOf(node: ModelNode): Control | undefined {
  if (node.type !== NodeType.Element) return undefined;
  const role = roleControls[readAttribute(node, 'role')];
  // What is typed into stays a field, also where it opens a list.
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

/** Is it one whose change a later input event tells? */
export function isField(control: Control): boolean {
  return ['field', 'checkbox', 'radio', 'switch', 'list', 'slider', 'file'].includes(control);
}

/** The nearest control at or above a node, out of shadow roots too; it ends at the page's body. */
export function findControl(node: ModelNode): { node: ModelNode; control: Control } | undefined {
  for (let next: ModelNode | undefined = node; next && next.tag !== 'body'; next = next.parent) {
    if (next.type === NodeType.Document) return undefined;
    const control = controlOf(next);
    if (control) return { node: next, control };
    if (next.tag === 'label') return undefined;
  }
  return undefined;
}

export function findLabelAround(node: ModelNode): ModelNode | undefined {
  for (let next: ModelNode | undefined = node; next && next.tag !== 'body'; next = next.parent) {
    if (next.tag === 'label') return next;
  }
  return undefined;
}
