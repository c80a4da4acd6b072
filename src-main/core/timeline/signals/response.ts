import type { Control } from '../../../contract/timeline';
import type { ModelNode } from '../../recording/model/dom-model';
import { isRecord, listOf, type JsonRecord } from '../../recording/json';
import { isField } from '../names/control';
import { readAttribute, readFlatText } from '../names/flat-text';
import { leadsToFile } from './file-link';

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
 * bar of controls. Returns false for fields (they get the focus, and their changes have entries of their own), elements whose response
 * is not recorded, links that open outside the tab, long texts and the background of the page.
 */
export function looksOperable(node: ModelNode, target: { node: ModelNode; control: Control } | undefined): boolean {
  if (opaqueTags.has(node.tag)) return false;
  if (target) return !isField(target.control) && target.control !== 'option' && !opensOutsideTab(target.node);
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

/** Attributes that only reflect the pointer and the focus: any page may change them at any click. */
const pointerAttribute =
  /^(data-(pressed|hover(ed)?|focus(ed|-visible(-added)?|-within)?|user-(in)?valid|rac)|aria-activedescendant)$/;
const pointerStyles: ReadonlySet<string> = new Set(['user-select', '-webkit-user-select', 'cursor', 'outline']);

/** Returns true if a mutation adds or removes nodes. */
export function hasNewNodes({ adds, removes }: JsonRecord): boolean {
  return isNonEmpty(adds) || isNonEmpty(removes);
}

/** Returns true if a mutation changes more than pointer attributes and self-updating nodes. */
export function isResponse(
  { adds, removes, texts, attributes }: JsonRecord,
  selfUpdating: ReadonlySet<number>,
): boolean {
  const isOther = (id: unknown): boolean => !selfUpdating.has(id as number);
  if ([...listOf(adds), ...listOf(removes)].some((item) => isRecord(item) && isOther(item.parentId))) return true;
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

function isNonEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
