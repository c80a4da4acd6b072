import type { JsonRecord } from '../json';
import type { LiveNode } from './model-node';
import { stateOf } from './node-state';

/** Types of `<input>` whose value is their attribute, so that setting one sets the other. */
const attributeValueTypes: ReadonlySet<unknown> = new Set([
  'checkbox',
  'radio',
  'hidden',
  'submit',
  'image',
  'reset',
  'button',
]);

/** The most nodes under a `<select>` that are searched for the option of an input event. */
const optionSearchLimit = 2000;

/**
 * The values that the user typed, selected and checked. A browser keeps them separately from the attributes: once a user has changed a
 * field, its attributes have no effect. The order of the last changes matters, because checking one radio button clears its group.
 */
export class Inputs {
  private readonly changed = new Map<number, LiveNode>();

  apply(node: LiveNode, { text, isChecked }: JsonRecord): void {
    const state = stateOf(node);
    if (typeof text === 'string') {
      state.value = text;
      if (isValueAttribute(node)) node.setAttribute('value', text);
      if (node.tag === 'select') state.selected = findOption(node, (option) => optionValue(option) === text);
    }
    if (typeof isChecked === 'boolean') state.isChecked = isChecked;
    this.moveToEnd(node);
  }

  /** Follows what a browser selects or checks when a mutation inserts a node. */
  inserted(node: LiveNode): void {
    if (node.tag === 'option') {
      if (isSet(node, 'selected')) this.selectOption(node);
      else this.reselect(node, undefined);
    } else if (isRadio(node) && isSet(node, 'checked')) this.check(node);
  }

  /** Follows what a browser selects when a mutation removes a node. Call while the node is still in the tree. */
  removing(node: LiveNode): void {
    if (node.tag === 'option') this.reselect(node, node);
  }

  /** Follows what a browser selects or checks when a mutation adds an attribute. */
  marked(node: LiveNode, name: string): void {
    if (name === 'selected' && node.tag === 'option') this.selectOption(node);
    else if (name === 'checked' && isRadio(node) && node.value === undefined) this.check(node);
  }

  forget(node: LiveNode): void {
    if (this.changed.get(node.id) === node) this.changed.delete(node.id);
  }

  clear(): void {
    this.changed.clear();
  }

  /** Returns the last input event of every field that had one, in order. */
  write(): JsonRecord[] {
    return [...this.changed.values()].map((node) => ({
      text: writeValue(node),
      isChecked: node.isChecked ?? false,
      id: node.id,
    }));
  }

  private check(radio: LiveNode): void {
    stateOf(radio).isChecked = true;
    this.moveToEnd(radio);
  }

  private selectOption(option: LiveNode): void {
    const select = dropDownOf(option);
    if (!select) return;
    stateOf(select).selected = option;
    this.moveToEnd(select);
  }

  /** If no option is selected any more, a browser selects the first enabled one. */
  private reselect(option: LiveNode, removed: LiveNode | undefined): void {
    const select = dropDownOf(option);
    if (!select || this.changed.get(select.id) !== select) return;
    const state = stateOf(select);
    if (state.selected && state.selected !== removed) return;
    state.value = undefined;
    state.selected = findOption(select, (option) => option !== removed && !isSet(option, 'disabled'));
    if (!state.selected) this.changed.delete(select.id);
  }

  private moveToEnd(node: LiveNode): void {
    this.changed.delete(node.id);
    this.changed.set(node.id, node);
  }
}

/** Returns the `<select>` of an option if it always has exactly one selected option. */
function dropDownOf({ parent }: LiveNode): LiveNode | undefined {
  const select = parent?.tag === 'optgroup' ? parent.parent : parent;
  if (select?.tag !== 'select' || isSet(select, 'multiple')) return undefined;
  return Number(select.attribute('size') ?? 0) > 1 ? undefined : select;
}

function writeValue(node: LiveNode): string {
  const selected = node.state?.selected;
  if (selected) return optionValue(selected);
  const attribute = isValueAttribute(node) ? node.attribute('value') : undefined;
  return typeof attribute === 'string' ? attribute : (node.value ?? '');
}

function findOption(select: LiveNode, isWanted: (option: LiveNode) => boolean): LiveNode | undefined {
  let searched = 0;
  for (let child = select.first; child && searched < optionSearchLimit; child = child.next, searched++) {
    if (child.tag === 'option' && isWanted(child)) return child;
    if (child.tag !== 'optgroup') continue;
    for (let option = child.first; option && searched < optionSearchLimit; option = option.next, searched++) {
      if (option.tag === 'option' && isWanted(option)) return option;
    }
  }
  return undefined;
}

function optionValue(option: LiveNode): string {
  const value = option.attribute('value');
  if (typeof value === 'string') return value;
  return option.first?.text.trim().replace(/[\t\n\f\r ]+/g, ' ') ?? '';
}

function isSet(node: LiveNode, name: string): boolean {
  const value = node.attribute(name);
  return value !== undefined && value !== null && value !== false;
}

function isRadio(node: LiveNode): boolean {
  return node.tag === 'input' && node.attribute('type') === 'radio';
}

function isValueAttribute(node: LiveNode): boolean {
  if (node.tag !== 'input') return false;
  const type = node.attribute('type');
  return attributeValueTypes.has(typeof type === 'string' ? type.toLowerCase() : type);
}
