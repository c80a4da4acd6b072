import type { ModelNode } from '../../recording/model/dom-model';
import { kindOfKey, type ValueKind } from './personal-keys';

const buttonTypes: ReadonlySet<unknown> = new Set([
  'submit',
  'button',
  'reset',
  'checkbox',
  'radio',
  'image',
  'range',
  'color',
]);
const byType: ReadonlyMap<unknown, ValueKind | undefined> = new Map<unknown, ValueKind | undefined>([
  ['email', 'email'],
  ['tel', 'phone'],
  ['password', 'secret'],
]);

/** Returns whether the value of this element is typed by the user or personal to the user. */
export function isField(node: ModelNode): boolean {
  if (node.tag === 'textarea') return true;
  return (node.tag === 'input' || node.tag.includes('-')) && !buttonTypes.has(node.attribute('type'));
}

/** Returns the kind of a field's value, by `autocomplete`, `type`, its names and its label; at least `private`. */
export function kindOfField(node: ModelNode): ValueKind {
  const type = byType.get(node.attribute('type'));
  for (const name of ['autocomplete', 'name', 'id', 'aria-label', 'placeholder']) {
    const value = node.attribute(name);
    const kind = typeof value === 'string' ? kindOfKey(value) : undefined;
    if (kind !== undefined && kind !== 'private') return type ?? kind;
  }
  return type ?? kindOfKey(labelAround(node)) ?? 'private';
}

/** Returns the text of the label around a field. */
function labelAround(node: ModelNode): string {
  let around = node.parent;
  for (let depth = 0; around && depth < 4; depth++, around = around.parent)
    if (around.tag === 'label')
      return around.children
        .flatMap((child) => (child.text !== '' ? [child.text] : child.children.map(({ text }) => text)))
        .join(' ')
        .slice(0, 90);
  return '';
}

/** Returns whether text in this node is edited in place. */
export function isEdited(node: ModelNode | undefined): boolean {
  let around = node;
  for (let depth = 0; around && depth < 64; depth++, around = around.parent) {
    const editable = around.attribute('contenteditable');
    if (editable !== undefined) return editable !== 'false';
    if (around.attribute('role') === 'textbox' || around.tag === 'textarea') return true;
  }
  return false;
}
