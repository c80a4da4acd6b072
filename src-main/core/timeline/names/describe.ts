import { timelineWords, type Control } from '../../../contract/words/timeline';
import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import { toPlainLine } from '../../text/plain-line';
import { quote } from '../quote';
import { findLabelled, nameControl } from './accessible-name';
import { nameCard } from './card';
import { findControl, findLabelAround } from './control';
import { readFlatText } from './flat-text';
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

/** Returns the text of an entry for a click on a node, based on the page at the time of the click. */
export function describeClick(node: ModelNode | undefined, target: Target | undefined, search: ScopeSearch): string {
  if (target) {
    const name = nameControl(target.node, target.control, search);
    const card = nameCard(target.node, search);
    return timelineWords.clicked(target.control, quote(name), name.includes(card) ? '' : quote(card));
  }
  if (!node) return timelineWords.clickedArea('');
  if (imageTags.has(node.tag)) return timelineWords.clicked('image', quote(nameControl(node, 'image', search)));
  const text = readFlatText(node, 2 * clickedTextLimit);
  if (text && text.length <= clickedTextLimit) return timelineWords.clickedText(quote(text));
  return timelineWords.clickedArea(pageTags.has(node.tag) ? '' : toPlainLine(node.tag, 30));
}

/** Returns the text of an entry for a change of a field. Never contains the typed text. */
export function describeChange(id: number, model: DomModel, search: ScopeSearch): string {
  const node = model.get(id);
  if (!node) return timelineWords.changed('field', '');
  const control = findControl(node)?.control ?? 'field';
  return timelineWords.changed(control, quote(nameControl(node, control, search)));
}
