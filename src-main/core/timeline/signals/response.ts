import type { Control } from '../../../contract/timeline';
import type { ModelNode } from '../../recording/model/dom-model';
import { isRecord, listOf, type JsonRecord } from '../../recording/json';
import { isField } from '../names/control';
import { readFlatText } from '../names/flat-text';
import { readAttribute } from '../../recording/model/read-attribute';
import { leadsToFile } from './file-link';
import { childrenOf } from './self-updating';

/** A longer text is meant to be read rather than clicked. */
const labelLimit = 60;

/** Elements that can respond to a click without a recorded change of the page: canvases, media, embedded documents. */
const opaqueTags: ReadonlySet<string> = new Set(['canvas', 'video', 'audio', 'iframe', 'embed', 'object', 'select']);
const imageTags: ReadonlySet<string> = new Set(['img', 'svg', 'picture']);
/** The page itself, or all of its content: a click there hits the background. */
const backgroundTags: ReadonlySet<string> = new Set(['', 'html', 'body', 'main']);
/** Bars that contain only controls. */
const barTags: ReadonlySet<string> = new Set(['header', 'nav', 'menu']);
const barRoles: ReadonlySet<string> = new Set(['banner', 'navigation', 'toolbar', 'menubar', 'menu', 'tablist']);

/**
 * Returns true if a user who clicks a node expects a response: a control, an image, a short text such as a heading or a table cell, or a
 * bar of controls. Returns false for fields (they get the focus, and their changes have entries of their own), controls that are disabled
 * or already selected, elements whose response is not recorded, links that open outside the tab, long texts and the background of the
 * page.
 */
export function looksOperable(node: ModelNode, target: { node: ModelNode; control: Control } | undefined): boolean {
  if (opaqueTags.has(node.tag)) return false;
  if (target) {
    if (isField(target.control) || target.control === 'option' || isInert(target.node)) return false;
    return !opensOutsideTab(target.node) && !runsOutsidePage(target.node);
  }
  if (imageTags.has(node.tag) || node.parent?.tag === 'svg') return true;
  if (backgroundTags.has(node.tag) || readAttribute(node, 'role') === 'main') return false;
  if (barTags.has(node.tag) || barRoles.has(readAttribute(node, 'role'))) return true;
  const text = readFlatText(node, 2 * labelLimit);
  return text !== '' && text.length <= labelLimit;
}

/** Returns true for a link that opens another tab, a file or another program. Its effect is not in the recording. */
export function opensOutsideTab(link: ModelNode): boolean {
  if (link.tag !== 'a' && link.tag !== 'area') return false;
  const target = readAttribute(link, 'target');
  if ((target !== '' && target !== '_self') || link.attributes.has('download')) return true;
  const href = readAttribute(link, 'href');
  return /^(?!https?:|javascript:)[a-z][\w+.-]*:/i.test(href) || leadsToFile(href);
}

/** Returns true for a control that says itself that a click changes nothing: it is disabled, or the selected one of several. */
function isInert(control: ModelNode): boolean {
  if (control.attributes.has('disabled') || readAttribute(control, 'aria-disabled') === 'true') return true;
  if (readAttribute(control, 'role') === 'tab') return readAttribute(control, 'aria-selected') === 'true';
  return ['page', 'step', 'true'].includes(readAttribute(control, 'aria-current'));
}

/** Returns true if the script in a control's attributes prints, opens a window, or uses the clipboard. */
function runsOutsidePage(control: ModelNode): boolean {
  const script = `${readAttribute(control, 'onclick')};${readAttribute(control, 'href')}`;
  return /\b(print|window\.open)\s*\(|\bclipboard\b/.test(script);
}

/** Returns true for an element whose response to clicks is not in the recording. */
export function isOpaque({ tag }: ModelNode): boolean {
  return opaqueTags.has(tag);
}

/** Attributes that show or hide something, or say what is shown. */
const shownAttribute = /^(aria-(expanded|hidden|pressed|selected|checked)|hidden|open|inert|src|value|checked)$/;

/** Returns true if a mutation changes what the page shows for certain, not only how it looks under the pointer. */
export function isVisibleChange({ texts, attributes }: JsonRecord, selfUpdating: ReadonlySet<unknown>): boolean {
  const isOther = (id: unknown): boolean => !selfUpdating.has(id);
  if (listOf(texts).some((text) => isRecord(text) && isOther(text.id))) return true;
  return listOf(attributes).some((change) => {
    if (!isRecord(change) || !isRecord(change.attributes) || !isOther(change.id)) return false;
    return Object.keys(change.attributes).some((name) => shownAttribute.test(name));
  });
}

/** Attributes that only reflect the pointer and the focus: any page may change them at any click. */
const pointerAttribute =
  /^(data-(pressed|hover(ed)?|focus(ed|-visible(-added)?|-within)?|user-(in)?valid|rac)|aria-activedescendant)$/;
const pointerStyles: ReadonlySet<string> = new Set(['user-select', '-webkit-user-select', 'cursor', 'outline']);

/** Returns true if a mutation adds or removes nodes, other than in self-updating nodes. */
export function hasNewNodes({ adds, removes }: JsonRecord, selfUpdating: ReadonlySet<unknown>): boolean {
  const isElsewhere = (item: unknown): boolean => isRecord(item) && !selfUpdating.has(childrenOf(item.parentId));
  if (listOf(removes).some(isElsewhere)) return true;
  if (selfUpdating.size === 0) return listOf(adds).some(isElsewhere);
  // The content of an added node is added, too, and belongs where the node is.
  const added = new Set(listOf(adds).map((add) => (isRecord(add) && isRecord(add.node) ? add.node.id : undefined)));
  return listOf(adds).some((add) => isElsewhere(add) && isRecord(add) && !added.has(add.parentId));
}

/** Returns true if a mutation changes more than pointer attributes and self-updating nodes. */
export function isResponse(mutation: JsonRecord, selfUpdating: ReadonlySet<unknown>): boolean {
  const isOther = (id: unknown): boolean => !selfUpdating.has(id);
  const { texts, attributes } = mutation;
  if (hasNewNodes(mutation, selfUpdating)) return true;
  if (listOf(texts).some((text) => isRecord(text) && isOther(text.id))) return true;
  return listOf(attributes).some((change) => {
    if (!isRecord(change) || !isRecord(change.attributes) || !isOther(change.id)) return false;
    return Object.entries(change.attributes).some(
      ([name, value]) => !pointerAttribute.test(name) && !(name === 'style' && isPointerStyle(value)),
    );
  });
}

function isPointerStyle(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).every((property) => pointerStyles.has(property));
}
