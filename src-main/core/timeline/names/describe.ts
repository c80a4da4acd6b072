import { timelineWords, type Control } from '../../../contract/words/timeline';
import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import { toPlainLine } from '../../text/plain-line';
import { quote } from '../quote';
import { findLabelled, nameControl } from './accessible-name';
import { nameCard } from './card';
import { findControl, findLabelAround } from './control';
import { readFlatText } from './flat-text';
import type { ScopeSearch } from './tree-scope';

/** A text longer than this is no name for what was clicked. */
const clickedTextLimit = 60;
const pictureTags: ReadonlySet<string> = new Set(['img', 'svg', 'canvas', 'picture', 'video']);
const wholePageTags: ReadonlySet<string> = new Set(['body', 'html', '']);

/** A control, and which kind it is. */
export interface Target {
  node: ModelNode;
  control: Control;
}

/** What a click on a node operates: the control that it is in, or the one that its label names. */
export function findTarget(node: ModelNode, search: ScopeSearch): Target | undefined {
  const label = findLabelAround(node);
  return findControl(node) ?? (label && findLabelled(label, search));
}

/** The sentence for a click on a node, by the page as the user saw it. */
export function describeClick(node: ModelNode | undefined, target: Target | undefined, search: ScopeSearch): string {
  if (target) {
    const name = nameControl(target.node, target.control, search);
    const card = nameCard(target.node, search);
    return timelineWords.clicked(target.control, quote(name), name.includes(card) ? '' : quote(card));
  }
  if (!node) return timelineWords.clickedArea('');
  if (pictureTags.has(node.tag)) return timelineWords.clicked('image', quote(nameControl(node, 'image', search)));
  const text = readFlatText(node, 2 * clickedTextLimit);
  if (text && text.length <= clickedTextLimit) return timelineWords.clickedText(quote(text));
  return timelineWords.clickedArea(wholePageTags.has(node.tag) ? '' : toPlainLine(node.tag, 30));
}

/** The sentence for a change of a field; never what was typed. */
export function describeChange(id: number, model: DomModel, search: ScopeSearch): string {
  const node = model.get(id);
  if (!node) return timelineWords.changed('field', '');
  const control = findControl(node)?.control ?? 'field';
  return timelineWords.changed(control, quote(nameControl(node, control, search)));
}
