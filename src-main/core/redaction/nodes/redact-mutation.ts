import type { RecordedEvent } from '../../../contract/recorded-event';
import type { ModelNode } from '../../recording/model/dom-model';
import { IncrementalSource, NodeType } from '../../recording/events';
import { isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { RedactionContext } from '../redaction-context';
import {
  captureAttributeChange,
  captureTextChange,
  redactAttributeChange,
  redactTextChange,
  type AttributeChange,
} from './redact-changes';
import { isFrozen } from './frozen';
import { redactAdd, redactRemoves } from './redact-structure';
import { redactText } from './redact-text';
import { rewriteHiddenNodes, type MutationLists } from './rewrite-hidden-nodes';
import { nodeOf } from './node-of';
import { locationUnder } from './text-location';

const knownFields: ReadonlySet<string> = new Set([
  'source',
  'texts',
  'attributes',
  'removes',
  'adds',
  'isAttachIframe',
]);

/**
 * Redacts a mutation and applies the original to the page model. Drops changes that are equal to the previous value once redacted, so the
 * number of keystrokes in a mirrored field doesn't show. Returns undefined if no change is left.
 */
export function redactMutation(
  event: RecordedEvent,
  data: JsonRecord,
  context: RedactionContext,
): JsonRecord | undefined {
  const { page } = context;
  for (const field of Object.keys(data)) if (!knownFields.has(field)) context.counts.dropUnknown('field', 'field');

  noteUses(data, context);
  // Before the model changes: how the changed nodes were written so far, and where removed and moved nodes are.
  const textChanges = listOf(data.texts).map((change) => captureTextChange(change, context));
  const attributeChanges = listOf(data.attributes).map((change) => captureAttributeChange(change, context));
  const { removes, movedFrom } = redactRemoves(data, context);
  page.model.apply(event);

  const adds = listOf(data.adds);
  const added = adds.flatMap((add) => (isRecord(add) ? (nodeOf(add.node, context) ?? []) : []));
  const newlyAddedIds = new Set(added.map(({ id }) => id).filter((id) => !movedFrom.has(id)));
  const newlyHidden = findNewlyHidden(attributeChanges, added, context).filter((node) => page.isIncluded(node));
  const lists = rewriteHiddenNodes(newlyHidden, newlyAddedIds, context);
  lists.removes.unshift(...removes);
  for (const change of textChanges) push(lists.texts, redactTextChange(change, context));
  for (const change of attributeChanges) push(lists.attributes, redactAttributeChange(change, context));
  for (const add of adds) push(lists.adds, redactAdd(add, movedFrom, lists, context));
  const changedTexts = textChanges.flatMap(({ change }) => nodeOf(change, context) ?? []);
  rewriteAdjacentTexts([...changedTexts, ...added], lists, context);

  const { texts, attributes } = lists;
  if (texts.length + attributes.length + lists.removes.length + lists.adds.length === 0) return undefined;
  return {
    source: IncrementalSource.Mutation,
    texts,
    attributes,
    removes: lists.removes,
    adds: lists.adds,
    ...(data.isAttachIframe === true && { isAttachIframe: true }),
  };
}

/** Notes the areas whose state a mutation changes: texts, attributes that they already had, and content that was there. */
function noteUses(data: JsonRecord, context: RedactionContext): void {
  const { areas } = context.page;
  for (const change of listOf(data.texts)) {
    const node = nodeOf(change, context);
    if (isRecord(change) && node?.text !== change.value) areas.use(node);
  }
  for (const change of listOf(data.attributes)) {
    const node = nodeOf(change, context);
    if (!node || !isRecord(change) || !isRecord(change.attributes)) continue;
    // A custom element gets attributes when it is defined. They are no state until they change.
    if (Object.entries(change.attributes).some(([name, value]) => (node.attribute(name) ?? value) !== value))
      areas.use(node);
  }
  for (const remove of listOf(data.removes)) {
    const node = nodeOf(remove, context);
    if (node?.type === NodeType.Element || (node?.type === NodeType.Text && node.text.trim() !== ''))
      areas.use(node.parent);
  }
}

function push(list: JsonRecord[], item: JsonRecord | undefined): void {
  if (item) list.push(item);
}

/** Returns the elements of which the mutation hides more than before: by a selector, by their shape, or because they became an editor. */
function findNewlyHidden(
  attributeChanges: readonly AttributeChange[],
  added: readonly ModelNode[],
  context: RedactionContext,
): ModelNode[] {
  const { page } = context;
  const changed = attributeChanges.flatMap(({ change, editorBefore }) => {
    const node = nodeOf(change, context);
    return node ? [{ node, editorBefore }] : [];
  });
  const bySelector = page.regions.findNewlyHidden(changed.map(({ node }) => node));
  const byShape = page.blockAround(added);
  const newEditors = changed.filter(({ node, editorBefore }) => page.isClosedEditor(node) && node !== editorBefore);
  return [...bySelector, ...byShape, ...newEditors.map(({ node }) => node)];
}

/**
 * Rewrites the texts beside changed ones: together they can form a private value that neither contains alone. A text that no longer belongs
 * to a private value stays masked until it changes itself.
 */
function rewriteAdjacentTexts(
  changed: readonly ModelNode[],
  { texts, adds }: MutationLists,
  context: RedactionContext,
): void {
  const { page } = context;
  let rewritten: Set<unknown> | undefined;
  for (const node of changed) {
    const text = node.type === NodeType.Text ? node : node.children.find(({ type }) => type === NodeType.Text);
    if (!text || !(context.joinsAdjacentTexts || page.regions.inside(text.parent) === 'open')) continue;
    rewritten ??= new Set<unknown>([
      ...texts.map(({ id }) => id),
      ...adds.map((add) => (isRecord(add.node) ? add.node.id : undefined)),
    ]);
    for (const neighbour of page.runs.neighbours(text)) {
      const before = page.written.get(neighbour);
      // A text that changed while it was frozen isn't written later either.
      if (before?.original !== neighbour.text || rewritten.has(neighbour.id)) continue;
      if (!page.isIncluded(neighbour) || isFrozen(neighbour, context)) continue;
      rewritten.add(neighbour.id);
      const value = redactText(neighbour.text, locationUnder(neighbour.parent, context), context, neighbour);
      if (value !== before.text) texts.push({ id: neighbour.id, value });
    }
  }
}
