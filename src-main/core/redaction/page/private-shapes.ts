import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
import { search } from './fields';

/** So many keys with one glyph each are a keypad: where it is clicked tells what is entered. */
const keypadKeys = 10;
/** What has more parts than this is no keypad. */
const childrenLimit = 200;
const keyTags: ReadonlySet<string> = new Set(['button', 'a', 'td', 'input', 'kbd']);
const keyRoles: ReadonlySet<unknown> = new Set(['button', 'gridcell', 'option', 'key']);
const keyClass = /key|btn|button|digit|num|pin|pad/i;

/** Is this a keypad: do its keys stand in it, or in rows in it? */
export function isKeypad(element: ModelNode): boolean {
  if (element.type !== NodeType.Element || element.tag === 'body') return false;
  const { children } = element;
  if (children.length > childrenLimit || !hasRoomForKeys(children)) return false;
  let keys = 0;
  for (const child of children) {
    if (child.type !== NodeType.Element) continue;
    if (isKey(child)) keys++;
    else if (child.children.length <= rowLimit) for (const below of child.children) if (isKey(below)) keys++;
    if (keys >= keypadKeys) return true;
  }
  return false;
}

/** A row of keys. Rows of a large table aren't looked through: a keypad is small. */
const rowLimit = 24;

/** Are there as many nodes as a keypad needs? Most elements have a few children, and then nothing more has to be looked at. */
function hasRoomForKeys(children: readonly ModelNode[]): boolean {
  let room = 0;
  for (const child of children) {
    if (child.type !== NodeType.Element) continue;
    const below = child.children.length;
    room += below > rowLimit || below === 0 ? 1 : below;
    if (room >= keypadKeys) return true;
  }
  return false;
}

function isKey(node: ModelNode): boolean {
  if (node.type !== NodeType.Element) return false;
  // What is looked at first is what most elements lack: a text of one glyph.
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

/** One character, which may be written in two units. */
function isGlyph(text: string): boolean {
  return text.length === 1 || (text.length === 2 && [...text].length === 1);
}

/** More nodes than these, or a longer text with its blanks, are no key's. */
const keyNodes = 9;
const keyText = 24;

/** Is one glyph all the text in an element? */
function showsGlyph(element: ModelNode): boolean {
  let looked = 0;
  let text = '';
  const gather = (node: ModelNode): boolean =>
    node.children.every((child) => {
      if (++looked > keyNodes) return false;
      if (child.type !== NodeType.Text) return gather(child);
      text += child.text;
      return text.length <= keyText && (child.text.length < 3 || child.text.trim().length < 3);
    });
  return gather(element) && isGlyph(text.trim());
}

/** Is this a list of proposals for what is being typed? */
export function isProposals({ tag, attributes }: ModelNode): boolean {
  return tag === 'datalist' || (tag !== 'select' && attributes.get('role') === 'listbox');
}

export function holdsProposals(node: ModelNode): boolean {
  return isProposals(node) || search(node, isProposals).length > 0;
}

/** Is this a bar or a meter, or a part of one? */
export function isMeter(node: ModelNode | undefined): boolean {
  for (let at = node, depth = 0; at && depth < 3; at = at.parent, depth++) {
    const role = at.attributes.get('role');
    if (at.tag === 'progress' || at.tag === 'meter' || role === 'progressbar' || role === 'meter') return true;
  }
  return false;
}

const stateClass =
  /(?:^|[-_])(?:strength|strong|stronger|strongest|weak|weaker|fair|score|visa|mastercard|amex|maestro|discover|diners|jcb|unionpay|elo|mir|rupay|girocard)(?:[-_\d]|$)/i;

/** Does this class say how good or of what brand a value is? */
export function isStateClass(name: string): boolean {
  return stateClass.test(name);
}

/** A run of the glyphs with which pages mask values themselves. */
export const bulletRun = /[•●∙◦○◉⬤⚫＊*·․⋅]{2,}/gu;
