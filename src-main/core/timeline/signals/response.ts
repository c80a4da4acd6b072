import type { Control } from '../../../contract/words/timeline';
import type { ModelNode } from '../../recording/model/dom-model';
import { isRecord, listOf, type JsonRecord } from '../../recording/json';
import { isField } from '../names/control';
import { readAttribute, readFlatText } from '../names/flat-text';

/** Words longer than this are text to read rather than something to click. */
const labelLimit = 60;

/** What shows by itself what happens to it, without any change of the page: drawings, films, other documents. */
const opaqueTags: ReadonlySet<string> = new Set(['canvas', 'video', 'audio', 'iframe', 'embed', 'object', 'select']);
const pictureTags: ReadonlySet<string> = new Set(['img', 'svg', 'picture']);
/** The page itself, or its whole content: a click there is a click beside everything. */
const groundTags: ReadonlySet<string> = new Set(['', 'html', 'body', 'main']);
/** Bars that hold controls and nothing else to look at. */
const barTags: ReadonlySet<string> = new Set(['header', 'nav', 'menu']);
const barRoles: ReadonlySet<string> = new Set(['banner', 'navigation', 'toolbar', 'menubar', 'menu', 'tablist']);

/**
 * Whether somebody who clicks a node expects something to happen: a control, a picture, a short piece of text such as a heading or a
 * table cell, or a bar of controls. Not fields (they take the focus, and tell their change themselves), not what shows its answer
 * where no recording sees it, not a link that leads out of the tab, not a long text and not the page's ground.
 */
export function looksOperable(node: ModelNode, target: { node: ModelNode; control: Control } | undefined): boolean {
  if (opaqueTags.has(node.tag)) return false;
  if (target) return !isField(target.control) && target.control !== 'option' && !leadsOut(target.node);
  if (pictureTags.has(node.tag) || node.parent?.tag === 'svg') return true;
  if (groundTags.has(node.tag) || readAttribute(node, 'role') === 'main') return false;
  if (barTags.has(node.tag) || barRoles.has(readAttribute(node, 'role'))) return true;
  const text = readFlatText(node, 2 * labelLimit);
  return text !== '' && text.length <= labelLimit;
}

function leadsOut(link: ModelNode): boolean {
  if (link.tag !== 'a' && link.tag !== 'area') return false;
  const target = readAttribute(link, 'target');
  if ((target !== '' && target !== '_self') || link.attributes.has('download')) return true;
  return /^(?!https?:|javascript:)[a-z][\w+.-]*:/i.test(readAttribute(link, 'href'));
}

/** Attributes that only follow the pointer and the focus: any page may change them at any click. */
const pointerAttribute =
  /^(data-(pressed|hover(ed)?|focus(ed|-visible(-added)?|-within)?|user-(in)?valid|rac)|aria-activedescendant)$/;
const pointerStyles: ReadonlySet<string> = new Set(['user-select', '-webkit-user-select', 'cursor', 'outline']);

/** Whether a mutation adds or takes away something of the page. */
export function hasNewNodes({ adds, removes }: JsonRecord): boolean {
  return isFilled(adds) || isFilled(removes);
}

/** Whether a mutation changes more of a page than what follows the pointer, and than what never rests. */
export function isResponse(
  { adds, removes, texts, attributes }: JsonRecord,
  selfUpdating: ReadonlySet<number>,
): boolean {
  const isNews = (id: unknown): boolean => !selfUpdating.has(id as number);
  if ([...listOf(adds), ...listOf(removes)].some((item) => isRecord(item) && isNews(item.parentId))) return true;
  if (listOf(texts).some((text) => isRecord(text) && isNews(text.id))) return true;
  return listOf(attributes).some((change) => {
    if (!isRecord(change) || !isRecord(change.attributes) || !isNews(change.id)) return false;
    return Object.entries(change.attributes).some(
      ([name, value]) => !pointerAttribute.test(name) && !(name === 'style' && isPointerStyle(value)),
    );
  });
}

function isPointerStyle(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).every((property) => pointerStyles.has(property));
}

function isFilled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
