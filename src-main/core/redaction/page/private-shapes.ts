import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
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
  const { children } = element;
  if (children.length > childrenLimit || !hasEnoughKeys(children)) return false;
  let keys = 0;
  for (const child of children) {
    if (child.type !== NodeType.Element) continue;
    if (isKey(child)) keys++;
    else if (child.children.length <= rowLimit) for (const below of child.children) if (isKey(below)) keys++;
    if (keys >= keypadKeys) return true;
  }
  return false;
}

/** The number of keys in a row at most. Longer rows, as in a large table, aren't checked. */
const rowLimit = 24;

/** Returns whether there are enough nodes for a keypad. A quick check: most elements have only a few children. */
function hasEnoughKeys(children: readonly ModelNode[]): boolean {
  let keyCount = 0;
  for (const child of children) {
    if (child.type !== NodeType.Element) continue;
    const below = child.children.length;
    keyCount += below > rowLimit || below === 0 ? 1 : below;
    if (keyCount >= keypadKeys) return true;
  }
  return false;
}

function isKey(node: ModelNode): boolean {
  if (node.type !== NodeType.Element) return false;
  // The check for one character comes first, because most elements fail it.
  if (node.tag === 'input' ? !isGlyph(String(node.attributes.get('value') ?? '').trim()) : !showsGlyph(node))
    return false;
  return keyTags.has(node.tag) || isMadeAKey(node.attributes);
}

function isMadeAKey(attributes: ModelNode['attributes']): boolean {
  return (
    keyRoles.has(attributes.get('role')) ||
    attributes.has('tabindex') ||
    keyClass.test(String(attributes.get('class') ?? ''))
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
  let visited = 0;
  let text = '';
  const gather = (node: ModelNode): boolean =>
    node.children.every((child) => {
      if (++visited > keyNodes) return false;
      if (child.type !== NodeType.Text) return gather(child);
      text += child.text;
      return text.length <= keyText && (child.text.length < 3 || child.text.trim().length < 3);
    });
  return gather(element) && isGlyph(text.trim());
}

/** Returns whether this is a list of suggestions for the text that is being typed. */
export function isProposals({ tag, attributes }: ModelNode): boolean {
  return tag === 'datalist' || (tag !== 'select' && attributes.get('role') === 'listbox');
}

export function holdsProposals(node: ModelNode): boolean {
  return isProposals(node) || search(node, isProposals).length > 0;
}

/** Returns whether this is a progress bar, a meter, or a part of one. */
export function isMeter(node: ModelNode | undefined): boolean {
  for (let at = node, depth = 0; at && depth < 3; at = at.parent, depth++) {
    const role = at.attributes.get('role');
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
