import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
import { readAttribute } from '../../recording/model/read-attribute';
import { search } from './fields';

/** An element with at least this many keys of one character is a keypad. The positions of clicks on it reveal the input. */
const keypadKeys = 10;
/** An element with more children isn't a keypad. */
const childrenLimit = 200;
const keyTags: ReadonlySet<string> = new Set(['button', 'a', 'td', 'input', 'kbd']);
const keyRoles: ReadonlySet<unknown> = new Set(['button', 'gridcell', 'option', 'key']);
const keyClass = /key|btn|button|digit|num|pin|pad/i;

/** Returns whether this is a keypad: its children are keys, or rows of keys. */
export function isKeypad(element: ModelNode): boolean {
  if (element.type !== NodeType.Element || element.tag === 'body') return false;
  // The number of keys that are still possible. Most elements have too few children, and most others lose them at once.
  let possible = 0;
  let count = 0;
  for (let child = element.first; child; child = child.next) {
    if (++count > childrenLimit) return false;
    possible += keysIn(child);
  }
  let keys = 0;
  for (let child = element.first; child && keys + possible >= keypadKeys; child = child.next) {
    if (child.type !== NodeType.Element) continue;
    const most = keysIn(child);
    possible -= most;
    if (isKey(child)) keys++;
    else if (!isLongRow(child)) for (let below = child.first; below; below = below.next) if (isKey(below)) keys++;
    if (keys >= keypadKeys) return true;
  }
  return false;
}

/** The number of keys in a row at most. Longer rows, as in a large table, aren't checked. */
const rowLimit = 24;

/** Returns the number of keys that a child of an element can be or contain. */
function keysIn(node: ModelNode): number {
  if (node.type !== NodeType.Element) return 0;
  let length = 0;
  for (let child = node.first; child; child = child.next) if (++length > rowLimit) return 1;
  return Math.max(1, length);
}

function isLongRow(node: ModelNode): boolean {
  let length = 0;
  for (let child = node.first; child; child = child.next) if (++length > rowLimit) return true;
  return false;
}

function isKey(node: ModelNode): boolean {
  if (node.type !== NodeType.Element) return false;
  // The check for one character comes first, because most elements fail it.
  if (node.tag === 'input' ? !isGlyph(readAttribute(node, 'value').trim()) : !showsGlyph(node)) return false;
  return keyTags.has(node.tag) || isMadeAKey(node);
}

function isMadeAKey(node: ModelNode): boolean {
  return (
    keyRoles.has(node.attribute('role')) ||
    node.attribute('tabindex') !== undefined ||
    keyClass.test(readAttribute(node, 'class'))
  );
}

/** Returns whether this is one character, which may consist of two UTF-16 units. */
function isGlyph(text: string): boolean {
  return text.length === 1 || (text.length === 2 && [...text].length === 1);
}

/** An element with more nodes, or with a longer text including blanks, isn't a key. */
const keyNodes = 9;
const keyText = 24;

/** Returns whether the text of an element is one character. */
function showsGlyph(element: ModelNode): boolean {
  const text = gatherText(element, { nodes: keyNodes, text: '' });
  return text !== undefined && isGlyph(text.trim());
}

/** Returns the text of an element, or undefined if it has more nodes or a longer text than a key. */
function gatherText(element: ModelNode, found: { nodes: number; text: string }): string | undefined {
  for (let child = element.first; child; child = child.next) {
    if (--found.nodes < 0) return undefined;
    if (child.type === NodeType.Text) {
      const { text } = child;
      found.text += text;
      if (found.text.length > keyText || (text.length >= 3 && text.trim().length >= 3)) return undefined;
    } else if (child.first && gatherText(child, found) === undefined) return undefined;
  }
  return found.text;
}

/** Returns whether this is a list of suggestions for the text that is being typed. */
export function isProposals(node: ModelNode): boolean {
  return node.tag === 'datalist' || (node.tag !== 'select' && node.attribute('role') === 'listbox');
}

export function holdsProposals(node: ModelNode): boolean {
  return isProposals(node) || search(node, isProposals).length > 0;
}

/** Returns whether this is a progress bar, a meter, or a part of one. */
export function isMeter(node: ModelNode | undefined): boolean {
  for (let at = node, depth = 0; at && depth < 3; at = at.parent, depth++) {
    const role = at.attribute('role');
    if (at.tag === 'progress' || at.tag === 'meter' || role === 'progressbar' || role === 'meter') return true;
  }
  return false;
}

const stateClass =
  /(?:^|[-_])(?:strength|strong|stronger|strongest|weak|weaker|fair|score|visa|mastercard|amex|maestro|discover|diners|jcb|unionpay|elo|mir|rupay|girocard)(?:[-_\d]|$)/i;

/** Returns whether this class shows the strength or the brand of a value. */
export function isStateClass(name: string): boolean {
  return stateClass.test(name);
}

/** Matches a run of the characters that pages use to mask values themselves. */
export const bulletRun = /[•●∙◦○◉⬤⚫＊*·․⋅]{2,}/gu;
