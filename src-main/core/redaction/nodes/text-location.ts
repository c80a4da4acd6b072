import type { ModelNode } from '../../recording/model/dom-model';
import type { RedactionContext } from '../redaction-context';
import type { Region } from '../selectors/regions';
import { unseenTextTags, valueTextTags } from '../page/element-names';

/**
 * What a text is, by the elements around it. `words`: text of the page. `value`: the user's, or chosen by the user.
 * `style`: a style sheet. `unseen`: code.
 */
export type TextKind = 'words' | 'value' | 'style' | 'unseen';

const valueRoles: ReadonlySet<string> = new Set(['option', 'textbox', 'searchbox', 'spinbutton']);

/** The kind of what stands in an element, given the kind of the element itself. */
export function textKindInside(kind: TextKind, tag: string, attribute: (name: string) => unknown): TextKind {
  if (kind !== 'words') return kind;
  if (tag === 'style') return 'style';
  if (unseenTextTags.has(tag)) return 'unseen';
  if (valueTextTags.has(tag)) return 'value';
  if (valueRoles.has(String(attribute('role')))) return 'value';
  const editable = attribute('contenteditable');
  return editable === undefined || editable === null || editable === 'false' || editable === 'inherit'
    ? 'words'
    : 'value';
}

/** The kind of a text whose parent is this node of the page. What isn't known is taken for a value, which hides the most. */
function textKindUnder(parent: ModelNode | undefined): TextKind {
  if (!parent) return 'value';
  let kind: TextKind = 'words';
  // What isn't words anywhere on the way down is that for all below, so the outermost decides.
  for (let node: ModelNode | undefined = parent; node; node = node.parent) {
    const { tag, attributes } = node;
    const own = textKindInside('words', tag, (name) => attributes.get(name));
    if (own !== 'words') kind = own;
  }
  return kind;
}

/** Where something stands: what texts are there, and what becomes of them. */
export interface TextLocation {
  kind: TextKind;
  region: Region;
}

export const topLocation: TextLocation = { kind: 'words', region: 'plain' };

/** The place inside of a node of the page. What isn't known hides the most. */
export function locationUnder(parent: ModelNode | undefined, { page }: RedactionContext): TextLocation {
  return { kind: textKindUnder(parent), region: parent ? page.regions.inside(parent) : 'masked' };
}
