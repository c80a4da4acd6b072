import type { ModelNode } from '../../recording/model/dom-model';
import type { Kit } from '../redaction-context';
import type { Region } from '../selectors/regions';
import { unseenTextTags, valueTextTags } from './element-names';

/**
 * What a text is, by the elements around it. `words`: text of the page. `value`: the user's, or chosen by the user.
 * `style`: a style sheet. `unseen`: code.
 */
export type TextContext = 'words' | 'value' | 'style' | 'unseen';

const valueRoles: ReadonlySet<string> = new Set(['option', 'textbox', 'searchbox', 'spinbutton']);

/** The context of what stands in an element, given the context of the element itself. */
export function contextInside(context: TextContext, tag: string, attribute: (name: string) => unknown): TextContext {
  if (context !== 'words') return context;
  if (tag === 'style') return 'style';
  if (unseenTextTags.has(tag)) return 'unseen';
  if (valueTextTags.has(tag)) return 'value';
  if (valueRoles.has(String(attribute('role')))) return 'value';
  const editable = attribute('contenteditable');
  return editable === undefined || editable === null || editable === 'false' || editable === 'inherit'
    ? 'words'
    : 'value';
}

/** The context of a text whose parent is this node of the page. What isn't known is taken for a value, which hides the most. */
function contextUnder(parent: ModelNode | undefined): TextContext {
  if (!parent) return 'value';
  let context: TextContext = 'words';
  // What isn't words anywhere on the way down is that for all below, so the outermost decides.
  for (let node: ModelNode | undefined = parent; node; node = node.parent) {
    const { tag, attributes } = node;
    const own = contextInside('words', tag, (name) => attributes.get(name));
    if (own !== 'words') context = own;
  }
  return context;
}

/** Where something stands: what texts are there, and what becomes of them. */
export interface Place {
  context: TextContext;
  region: Region;
}

export const topPlace: Place = { context: 'words', region: 'plain' };

/** The place inside of a node of the page. What isn't known hides the most. */
export function placeUnder(parent: ModelNode | undefined, { page }: Kit): Place {
  return { context: contextUnder(parent), region: parent ? page.regions.inside(parent) : 'masked' };
}
