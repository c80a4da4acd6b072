import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
import type { JsonRecord } from '../../recording/json';
import type { RedactionContext } from '../redaction-context';
import { attributeRule } from '../page/attribute-rules';
import { redactAttribute } from './redact-attribute';
import { hasText, writeEditorText } from './redact-node';
import { redactText } from './redact-text';
import { locationUnder } from './text-location';

/** The lists of a mutation. */
export interface MutationLists {
  texts: JsonRecord[];
  attributes: JsonRecord[];
  removes: JsonRecord[];
  adds: JsonRecord[];
}

const textKinds: ReadonlySet<string | undefined> = new Set(['text', 'label', 'value']);

/** Returns changes that hide what was already written of elements that are private from now on. `newIds`: nodes not written so far. */
export function rewriteHiddenNodes(
  elements: readonly ModelNode[],
  newIds: ReadonlySet<number>,
  context: RedactionContext,
): MutationLists {
  const lists: MutationLists = { texts: [], attributes: [], removes: [], adds: [] };
  const { page } = context;
  const open = [...elements].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (newIds.has(node.id) || page.omitted.has(node.id)) continue;
    if (node.type === NodeType.Text) {
      lists.texts.push({
        id: node.id,
        value: redactText(node.text, locationUnder(node.parent, context), context, node),
      });
      continue;
    }
    const isEditor = page.isClosedEditor(node);
    if (isEditor || page.regions.inside(node) === 'excluded') {
      removeContent(node, newIds, lists, context);
      if (isEditor) fillEditor(node, lists, context);
      continue;
    }
    if (node.type === NodeType.Element) rewriteAttributes(node, lists, context);
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) open.push(child);
    }
  }
  return lists;
}

function removeContent(
  element: ModelNode,
  newIds: ReadonlySet<number>,
  { removes }: MutationLists,
  { page, counts }: RedactionContext,
): void {
  counts.drop('node');
  for (const child of element.children) {
    if (newIds.has(child.id) || page.omitted.has(child.id)) continue;
    if (child.type === NodeType.Document) {
      // A document can't be removed from its iframe, so the iframe is removed with it.
      page.omitted.add(element.id);
      if (element.parent) removes.push({ parentId: element.parent.id, id: element.id });
      return;
    }
    removes.push({ parentId: element.id, id: child.id, ...(child.isShadow && { isShadow: true }) });
  }
}

/** Adds the mask to an editor that has text and doesn't show the mask yet. */
export function fillEditor(
  editor: ModelNode,
  { adds }: Pick<MutationLists, 'adds'>,
  { page, counts }: RedactionContext,
): void {
  if (page.filled.has(editor) || !hasText(editor)) return;
  page.filled.add(editor);
  counts.mask('input');
  adds.push({ parentId: editor.id, nextId: null, node: writeEditorText(editor.id) });
}

function rewriteAttributes(element: ModelNode, { attributes }: MutationLists, context: RedactionContext): void {
  const owner = {
    tag: element.tag,
    attribute: (name: string): unknown => element.attributes.get(name),
    region: context.page.regions.inside(element),
    node: element,
  };
  const written: Record<string, unknown> = {};
  for (const [name, value] of element.attributes) {
    if (!textKinds.has(attributeRule(name)?.kind)) continue;
    for (const [redacted, text] of redactAttribute(name, value, owner, context)) written[redacted] = text;
  }
  if (Object.keys(written).length > 0) attributes.push({ id: element.id, attributes: written });
}
