import type { ModelNode } from '../../recording/model/dom-model';
import { meaningOf, type Meaning } from './personal-keys';

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
const byType: ReadonlyMap<unknown, Meaning> = new Map<unknown, Meaning>([
  ['email', 'email'],
  ['tel', 'phone'],
  ['password', 'secret'],
]);

/** Whether a value of this element is what somebody typed or what the page holds for somebody. */
export function isField(node: ModelNode): boolean {
  if (node.tag === 'textarea') return true;
  return (node.tag === 'input' || node.tag.includes('-')) && !buttonTypes.has(node.attributes.get('type'));
}

/** What a field is for: by `autocomplete`, `type`, its names, and the words that label it; at least private. */
export function meaningOfField(node: ModelNode): Exclude<Meaning, undefined> {
  const { attributes } = node;
  const type = byType.get(attributes.get('type'));
  for (const name of ['autocomplete', 'name', 'id', 'aria-label', 'placeholder']) {
    const value = attributes.get(name);
    const meaning = typeof value === 'string' ? meaningOf(value) : undefined;
    if (meaning !== undefined && meaning !== 'private') return type ?? meaning;
  }
  return type ?? meaningOf(labelAround(node)) ?? 'private';
}

/** The text of a label that the field stands in. */
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

/** Is this a text that is edited in place? */
export function isEdited(node: ModelNode | undefined): boolean {
  let around = node;
  for (let depth = 0; around && depth < 64; depth++, around = around.parent) {
    const editable = around.attributes.get('contenteditable');
    if (editable !== undefined) return editable !== 'false';
    if (around.attributes.get('role') === 'textbox' || around.tag === 'textarea') return true;
  }
  return false;
}
