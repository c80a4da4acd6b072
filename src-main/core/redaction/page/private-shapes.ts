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
  if (element.type !== NodeType.Element || element.tag === 'body' || element.tag === 'html') return false;
  let count = 0;
  for (let child = element.first; child; child = child.next) if (++count > childrenLimit) return false;
  // The number of keys that are still possible. Most elements have too few children, and most others lose them at once.
  let possible = 0;
  for (let child = element.first; child; child = child.next) possible += keysIn(child);
  const keys = new KeyCount();
  for (let child = element.first; child && keys.most + possible >= keypadKeys; child = child.next) {
    if (child.type !== NodeType.Element) continue;
    const length = lengthOf(child);
    possible -= keysInRow(length);
    if (!keys.add(child) && length <= rowLimit)
      for (let below = child.first; below; below = below.next) keys.add(below);
    if (keys.isKeypad) return true;
  }
  return false;
}

/**
 * Returns the keys of a keypad that has no element of its own: those directly in the page, or in rows there. Empty if there is none, or if
 * the element around them is an ordinary one.
 */
export function findKeysBeside(element: ModelNode): ModelNode[] {
  if (element.tag !== 'body') return [];
  const keys = new KeyCount();
  const found: ModelNode[] = [];
  let count = 0;
  for (let child = element.first; child && ++count <= childrenLimit; child = child.next) {
    if (child.type !== NodeType.Element) continue;
    if (keys.add(child)) found.push(child);
    else if (lengthOf(child) <= rowLimit && !isKeypad(child))
      for (let below = child.first; below; below = below.next) if (keys.add(below)) found.push(below);
  }
  return keys.isKeypad ? found : [];
}

/** Counts keys. Ten elements with one digit each are a keypad even if nothing else shows that they are keys. */
class KeyCount {
  private keys = 0;
  private others = 0;
  private digits = 0;

  /** The number of keys at most. */
  get most(): number {
    return this.keys + this.others;
  }

  get isKeypad(): boolean {
    if (this.keys >= keypadKeys) return true;
    let count = 0;
    for (let digits = this.digits; digits > 0; digits >>= 1) count += digits & 1;
    return count === keypadKeys;
  }

  /** Returns whether the node is a key, or shows a digit as keys do. */
  add(node: ModelNode): boolean {
    if (node.type !== NodeType.Element) return false;
    if (node.first?.type === NodeType.Text && startsOtherText(node.first.text)) return false;
    const label = labelOf(node);
    if (label === undefined) return false;
    const isSingle = isGlyph(label);
    if (!isSingle && !letteredKey.test(label)) return false;
    const digit = digitOf(label);
    if (digit !== undefined) this.digits |= 1 << digit;
    const isKey = isSingle && (keyTags.has(node.tag) || node.tag.includes('-') || isMadeAKey(node) || holdsKey(node));
    if (isKey) this.keys++;
    else this.others++;
    return isKey || digit !== undefined;
  }
}

/** The label of a key as on a telephone: a digit, and letters or a sign below it. */
const letteredKey = /^\p{Nd}\s*(?:[+⎵_]|\p{L}{2,5}|\p{L}(?:\s\p{L}){1,4})$/u;

/** Returns whether a text begins with two ASCII characters with which the label of a key can't begin, as most texts do. */
function startsOtherText(text: string): boolean {
  return /^[!-/:-~][!-~]|^\d[!-*,-@[-^`{-~]/.test(text);
}

/** Returns the digit at the start of a label, whatever its script. */
function digitOf(label: string): number | undefined {
  if (!/^\p{Nd}/u.test(label)) return undefined;
  const code = label.codePointAt(0) ?? 0;
  // The digits of a script follow one another, and so do those of a script after it.
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code < 0x80 ? code - 0x30 : code - zero;
}

/** Returns the text of a key, or the value of a button. Undefined if there is more than a key shows. */
function labelOf(node: ModelNode): string | undefined {
  if (node.tag === 'input') return readAttribute(node, 'value').trim();
  return gatherText(node, { nodes: keyNodes, text: '' })?.trim();
}

/** Returns whether the only content of an element is a key, as in a cell of a table or a column of a grid. */
function holdsKey(node: ModelNode): boolean {
  let inner = node.first;
  for (let depth = 0; inner && depth < 3; depth++, inner = inner.first) {
    while (inner && inner.type !== NodeType.Element) inner = inner.next;
    if (!inner) return false;
    if (keyTags.has(inner.tag) || inner.tag.includes('-') || isMadeAKey(inner)) return true;
  }
  return false;
}

/** The number of keys in a row at most. Longer rows, as in a large table, aren't checked. */
const rowLimit = 24;

/** Returns the number of keys that a child of an element can be or contain. */
function keysIn(node: ModelNode): number {
  return node.type === NodeType.Element ? keysInRow(lengthOf(node)) : 0;
}

function keysInRow(length: number): number {
  return length > rowLimit || length === 0 ? 1 : length;
}

/** Returns the number of children, counted up to one more than a row has. */
function lengthOf(node: ModelNode): number {
  let length = 0;
  for (let child = node.first; child && length <= rowLimit; child = child.next) length++;
  return length;
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
/** A longer text of one node isn't the label of a key. */
const keyLabel = 10;

/** Returns the text of an element, or undefined if it has more nodes or a longer text than a key. */
function gatherText(element: ModelNode, found: { nodes: number; text: string }): string | undefined {
  for (let child = element.first; child; child = child.next) {
    if (--found.nodes < 0) return undefined;
    if (child.type === NodeType.Text) {
      const { text } = child;
      found.text += text;
      if (found.text.length > keyText || (text.length > keyLabel && text.trim().length > keyLabel)) return undefined;
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
