import type { JsonRecord } from '../json';
import type { LiveNode } from './model-node';
import { stateOf } from './node-state';

/** Kinds of `<input>` whose value is nothing but their attribute, so that setting the one sets the other. */
const attributeValueTypes: ReadonlySet<unknown> = new Set([
  'checkbox',
  'radio',
  'hidden',
  'submit',
  'image',
  'reset',
  'button',
]);

/**
 * What was typed, chosen and ticked. The values are kept beside the attributes, as a browser keeps them: once a user has changed a
 * field, its attributes no longer show. The order of the last changes is kept too, because ticking one radio button clears its group.
 */
export class Inputs {
  private readonly changed = new Map<number, LiveNode>();

  apply(node: LiveNode, { text, isChecked }: JsonRecord): void {
    const state = stateOf(node);
    if (typeof text === 'string') {
      state.value = text;
      if (isValueAttribute(node)) node.setAttribute('value', text);
    }
    if (typeof isChecked === 'boolean') state.isChecked = isChecked;
    this.changed.delete(node.id);
    this.changed.set(node.id, node);
  }

  forget(node: LiveNode): void {
    if (this.changed.get(node.id) === node) this.changed.delete(node.id);
  }

  clear(): void {
    this.changed.clear();
  }

  /** The last input event of every field that had one, in the order in which they came. */
  write(): JsonRecord[] {
    return [...this.changed.values()].map((node) => {
      const attribute = isValueAttribute(node) ? node.attribute('value') : undefined;
      const text = typeof attribute === 'string' ? attribute : (node.value ?? '');
      return { text, isChecked: node.isChecked ?? false, id: node.id };
    });
  }
}

function isValueAttribute(node: LiveNode): boolean {
  if (node.tag !== 'input') return false;
  const type = node.attribute('type');
  return attributeValueTypes.has(typeof type === 'string' ? type.toLowerCase() : type);
}
