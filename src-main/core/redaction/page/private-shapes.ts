import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/dom-model';
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
  if (element.type !== NodeType.Element || element.tag === 'body' || element.children.length > childrenLimit)
    return false;
  let keys = 0;
  for (const child of element.children) {
    if (child.type !== NodeType.Element) continue;
    if (isKey(child)) keys++;
    // A row of keys. Rows of a large table aren't looked through: a keypad is small.
    else if (child.children.length <= 24) for (const below of child.children) if (isKey(below)) keys++;
    if (keys >= keypadKeys) return true;
  }
  return false;
}

function isKey(node: ModelNode): boolean {
  if (node.type !== NodeType.Element) return false;
  const { tag, attributes } = node;
  const isClickable =
    keyTags.has(tag) ||
    keyRoles.has(attributes.get('role')) ||
    attributes.has('tabindex') ||
    keyClass.test(String(attributes.get('class') ?? ''));
  if (!isClickable) return false;
  const label = tag === 'input' ? String(attributes.get('value') ?? '') : shortText(node);
  return label !== undefined && [...label.trim()].length === 1;
}

/** The text in an element, or undefined where there is much. */
function shortText(node: ModelNode): string | undefined {
  let text = '';
  const open = [...node.children];
  for (let child = open.pop(), looked = 0; child; child = open.pop(), looked++) {
    if (looked > 8) return undefined;
    if (child.type === NodeType.Text) text = child.text + text;
    if (text.length > 24) return undefined;
    open.push(...child.children);
  }
  return text;
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
