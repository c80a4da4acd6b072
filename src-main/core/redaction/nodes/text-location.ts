import type { ModelNode } from '../../recording/model/dom-model';
import type { RedactionContext } from '../redaction-context';
import type { Region } from '../selectors/regions';
import { unseenTextTags, valueTextTags } from '../page/element-names';

/**
 * The kind of a text by the elements around it. `words`: text of the page. `value`: typed or chosen by the user. `style`: a style sheet.
 * `unseen`: code.
 */
export type TextKind = 'words' | 'value' | 'style' | 'unseen';

const valueRoles: ReadonlySet<string> = new Set(['option', 'textbox', 'searchbox', 'spinbutton', 'combobox']);

/** Returns the kind of text in an element, given the kind around it. */
export function textKindInside(kind: TextKind, tag: string, attribute: (name: string) => unknown): TextKind {
  if (kind !== 'words') return kind;
  if (tag === 'style') return 'style';
  if (unseenTextTags.has(tag)) return 'unseen';
  if (valueTextTags.has(tag)) return 'value';
  if (valueRoles.has(String(attribute('role')))) return 'value';
  // A button that opens a list of choices shows the chosen one.
  if (tag === 'button' && attribute('aria-haspopup') === 'listbox') return 'value';
  const editable = attribute('contenteditable');
  return editable === undefined || editable === null || editable === 'false' || editable === 'inherit'
    ? 'words'
    : 'value';
}

function textKindOf(node: ModelNode): TextKind {
  const { tag } = node;
  if (tag === '') return 'words';
  return textKindInside('words', tag, (name) => node.attribute(name));
}

/** Returns the kind of text below this node of the page. Text of an unknown node counts as a value, which hides the most. */
function textKindUnder(parent: ModelNode | undefined): TextKind {
  if (!parent) return 'value';
  let kind: TextKind = 'words';
  // An element that isn't `words` decides for all its descendants, so the outermost one wins.
  for (let node: ModelNode | undefined = parent; node; node = node.parent) {
    const own = textKindOf(node);
    if (own !== 'words') kind = own;
  }
  return kind;
}

/** The kind of text at a location in the page, and the policy's rule for it. */
export interface TextLocation {
  kind: TextKind;
  region: Region;
}

export const topLocation: TextLocation = { kind: 'words', region: 'plain' };

/** Returns the location below a node of the page. An unknown node gets the strictest one. */
export function locationUnder(parent: ModelNode | undefined, { page }: RedactionContext): TextLocation {
  return { kind: textKindUnder(parent), region: parent ? page.regions.inside(parent) : 'masked' };
}
