import type { Control } from '../../../contract/timeline';
import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import { toPlainLine } from '../../text/plain-line';
import { findLabelled, nameControl } from './accessible-name';
import { nameCard } from './card';
import { findControl, findLabelAround } from './control';
import { readFlatText } from './flat-text';
import { quotesOf, type Subject } from '../draft';
import type { ScopeSearch } from './tree-scope';

/** A longer text is not used as the name of a clicked element. */
const clickedTextLimit = 60;
const imageTags: ReadonlySet<string> = new Set(['img', 'svg', 'canvas', 'picture', 'video']);
const pageTags: ReadonlySet<string> = new Set(['body', 'html', '']);

/** A control and its kind. */
export interface Target {
  node: ModelNode;
  control: Control;
}

/** Returns the control that a click on a node activates: the control around it, or the one that its label belongs to. */
export function findTarget(node: ModelNode, search: ScopeSearch): Target | undefined {
  const label = findLabelAround(node);
  return findControl(node) ?? (label && findLabelled(label, search));
}

/** Returns the clicked element, based on the page at the time of the click. */
export function describeClick(node: ModelNode | undefined, target: Target | undefined, search: ScopeSearch): Subject {
  if (target) {
    const name = nameControl(target.node, target.control, search);
    const card = nameCard(target.node, search);
    return {
      facts: { control: target.control },
      quotes: quotesOf({ name, card: name.includes(card) ? '' : card }),
      nodeId: target.node.id,
    };
  }
  if (!node) return {};
  const nodeId = node.id;
  if (imageTags.has(node.tag)) {
    return { facts: { control: 'image' }, quotes: quotesOf({ name: nameControl(node, 'image', search) }), nodeId };
  }
  const name = readFlatText(node, 2 * clickedTextLimit);
  if (name && name.length <= clickedTextLimit) return { quotes: { name }, nodeId };
  return { quotes: quotesOf({ tag: pageTags.has(node.tag) ? '' : toPlainLine(node.tag, 30) }), nodeId };
}

/** Returns the changed field. Never contains the typed text. */
export function describeChange(id: number, model: DomModel, search: ScopeSearch): Subject {
  const node = model.get(id);
  if (!node) return { facts: { control: 'field' }, nodeId: id };
  const control = findControl(node)?.control ?? 'field';
  return { facts: { control }, quotes: quotesOf({ name: nameControl(node, control, search) }), nodeId: id };
}
