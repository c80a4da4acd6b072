import type { Control } from '../../../contract/timeline';
import type { ModelNode } from '../../recording/model/dom-model';
import { toPlainLine } from '../../text/plain-line';
import { controlOf, findLabelAround, isField } from './control';
import { findHost, readFlatText } from './flat-text';
import { readAttribute } from '../../recording/model/read-attribute';
import type { ScopeSearch } from './tree-scope';

const nameLimit = 80;

/**
 * Returns the name of a control in the order of assistive technology: labels, then text, then hints such as the placeholder. Never
 * returns a field's value. Returns '' for a control without a name.
 */
export function nameControl(node: ModelNode, control: Control, search: ScopeSearch): string {
  return (
    nameInTree(node, control, search) ||
    // A control in a shadow root is named by its host: `<sl-input label="…">`.
    nameByHosts(node, control, search)
  );
}

function nameInTree(node: ModelNode, control: Control, search: ScopeSearch): string {
  const candidates = [
    () => labelledBy(node, search),
    () => attributeName(node, 'aria-label'),
    () => (isField(control) ? labelText(node, search) : ''),
    () => (isField(control) ? '' : buttonValue(node)),
    () => (isField(control) ? '' : readFlatText(node, nameLimit)),
    () => attributeName(node, 'alt'),
    () => attributeName(node, 'title'),
    () => attributeName(node, 'placeholder'),
    () => attributeName(node, 'label'),
  ];
  for (const candidate of candidates) {
    const name = candidate();
    if (name) return name;
  }
  return '';
}

function nameByHosts(node: ModelNode, control: Control, search: ScopeSearch): string {
  for (let host = findHost(node); host; host = findHost(host)) {
    const name = attributeName(host, 'label') || (controlOf(host) ? nameInTree(host, control, search) : '');
    if (name) return name;
    const hint = attributeName(host, 'aria-label') || attributeName(host, 'placeholder') || attributeName(host, 'name');
    if (hint) return hint;
  }
  return isField(control) ? attributeName(node, 'name') : '';
}

function attributeName(node: ModelNode, attribute: string): string {
  return toPlainLine(readAttribute(node, attribute), nameLimit);
}

function labelledBy(node: ModelNode, search: ScopeSearch): string {
  const ids = readAttribute(node, 'aria-labelledby').split(/\s+/).filter(Boolean).slice(0, 4);
  const texts = ids.map((id) => {
    const labelling = search.find(node, (other) => readAttribute(other, 'id') === id);
    return labelling ? readFlatText(labelling, nameLimit) : '';
  });
  return toPlainLine(texts.join(' '), nameLimit);
}

function labelText(node: ModelNode, search: ScopeSearch): string {
  const around = findLabelAround(node);
  const text = around ? readFlatText(around, nameLimit, node) : '';
  const id = readAttribute(node, 'id');
  if (text || !id) return text;
  const label = search.find(node, (other) => other.tag === 'label' && readAttribute(other, 'for') === id);
  return label ? readFlatText(label, nameLimit) : '';
}

/** The text of `<input type="submit">` and similar buttons is their value. It comes from the page, not from the user. */
function buttonValue(node: ModelNode): string {
  return node.tag === 'input' ? attributeName(node, 'value') : '';
}

/** Returns the control that a click on a label activates. */
export function findLabelled(label: ModelNode, search: ScopeSearch): { node: ModelNode; control: Control } | undefined {
  const id = readAttribute(label, 'for');
  const isFieldNode = (node: ModelNode): boolean => {
    const control = controlOf(node);
    return control !== undefined && isField(control);
  };
  const node = id
    ? search.find(label, (other) => readAttribute(other, 'id') === id && isFieldNode(other))
    : search.findUnder(label, isFieldNode);
  const control = node && controlOf(node);
  return node && control ? { node, control } : undefined;
}
