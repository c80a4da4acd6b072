import type { RecordedEvent } from '../../../contract/recorded-event';
import type { ModelNode } from '../../recording/model/dom-model';
import { IncrementalSource, NodeType } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { RedactionContext } from '../redaction-context';
import { holdsProposals, isMeter, isStateClass } from '../page/private-shapes';
import { redactAttribute, redactStyleChange, type AttributeOwner } from './redact-attribute';
import { redactNode } from './redact-node';
import { redactText } from './redact-text';
import { rewrite, type MutationLists } from './rewrite-hidden-nodes';
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
 * Writes a mutation anew and applies the original to the model. Changes that look the same as before once redacted are left out,
 * so that a mirrored input doesn't count its keystrokes; a mutation of which nothing is left is left out whole.
 */
export function redactMutation(
  event: RecordedEvent,
  data: JsonRecord,
  context: RedactionContext,
): JsonRecord | undefined {
  const { page } = context;
  for (const field of Object.keys(data)) if (!knownFields.has(field)) context.counts.dropUnknown('field', 'field');
  const [texts, changes, adds] = [listOf(data.texts), listOf(data.attributes), listOf(data.adds)];
  const quiet = uncounted(context);
  const textsBefore = texts.map((text) => textNow(text, quiet));
  const attributesBefore = changes.map((change) => attributesNow(change, quiet));
  const statesBefore = changes.map((change) => showsState(nodeOf(change, context)));
  const editorsBefore = new Set(
    changes.map((change) => nodeOf(change, context)).filter((node) => node && page.wasEditor(node)),
  );
  const { removes, leaving } = redactRemoves(data, context);
  page.model.apply(event);

  const added = adds.flatMap((add) => (isRecord(add) ? (nodeOf(add.node, context) ?? []) : []));
  const changed = changes.flatMap((change) => nodeOf(change, context) ?? []);
  const risen = [
    ...page.regions.findNewlyHidden(changed),
    ...page.blockAround(added),
    ...changed.filter((node) => page.isClosedEditor(node) && !editorsBefore.has(node)),
  ];
  const fresh = new Set(added.map(({ id }) => id).filter((id) => !leaving.has(id)));
  const lists = rewrite(
    risen.filter((node) => page.isIncluded(node)),
    fresh,
    context,
  );
  lists.removes.unshift(...removes);
  texts.forEach((text, index) => push(lists.texts, redactTextChange(text, textsBefore[index], context)));
  changes.forEach((change, index) =>
    push(
      lists.attributes,
      redactAttributeChange(change, attributesBefore[index], statesBefore[index] === true, context),
    ),
  );
  for (const add of adds) push(lists.adds, redactAdd(add, leaving, lists, context));
  rewriteAdjacentTexts([...texts.flatMap((text) => nodeOf(text, context) ?? []), ...added], lists, context);
  if (Object.values(lists).every((list: JsonRecord[]) => list.length === 0)) return undefined;
  const { texts: t, attributes, removes: r, adds: a } = lists;
  const isAttachIframe = data.isAttachIframe === true ? { isAttachIframe: true } : {};
  return { source: IncrementalSource.Mutation, texts: t, attributes, removes: r, adds: a, ...isAttachIframe };
}

function push(list: JsonRecord[], item: JsonRecord | undefined): void {
  if (item) list.push(item);
}

/** The node of the page that a part of a mutation speaks of. */
function nodeOf(part: unknown, context: RedactionContext): ModelNode | undefined {
  return isRecord(part) && isNodeId(part.id) ? context.page.model.get(part.id) : undefined;
}

/** Counting happens when a change is written, not when what was there before is looked at. */
function uncounted(context: RedactionContext): RedactionContext {
  return { ...context, counts: context.silentCounts };
}

function textNow(text: unknown, context: RedactionContext): string | undefined {
  const node = nodeOf(text, context);
  if (!node) return undefined;
  const location = locationUnder(node.parent, context);
  if ((location.region === 'open' || context.joinsAdjacentTexts) && location.kind === 'words')
    return context.page.written.get(node);
  return redactText(node.text, location, context, node);
}

function ownerOf(node: ModelNode | undefined, context: RedactionContext): AttributeOwner {
  const region = node ? context.page.regions.inside(node) : 'masked';
  return { tag: node?.tag ?? '', attribute: (name) => node?.attributes.get(name), region, node };
}

function attributesNow(change: unknown, context: RedactionContext): Map<string, unknown> {
  const before = new Map<string, unknown>();
  if (!isRecord(change) || !isRecord(change.attributes)) return before;
  const owner = ownerOf(nodeOf(change, context), context);
  for (const name of Object.keys(change.attributes)) {
    const value = owner.attribute(name);
    if (name === 'style' || value === undefined) continue;
    for (const [written, text] of redactAttribute(name, value, owner, context)) before.set(written, text);
  }
  return before;
}

/** Is this left as it was written, since it changes with what is being typed, or wasn't written at all? */
function isFrozen(node: ModelNode | undefined, context: RedactionContext): boolean {
  const { page } = context;
  if (!node) return false;
  if (!page.isIncluded(node)) {
    const editor = page.editorAround(node.parent);
    if (editor) page.visits.note(editor, undefined);
    return true;
  }
  return context.closes('surroundings') && page.visits.isAround(node);
}

function redactTextChange(
  text: unknown,
  before: string | undefined,
  context: RedactionContext,
): JsonRecord | undefined {
  if (!isRecord(text) || !isNodeId(text.id) || (typeof text.value !== 'string' && text.value !== null)) {
    context.counts.drop('node');
    return undefined;
  }
  const node = nodeOf(text, context);
  if (isFrozen(node, context)) return repeat(context);
  const value = redactText(text.value ?? '', locationUnder(node?.parent, context), context, node);
  if (value === before) return repeat(context);
  if (context.closes('mirrored-values') && node?.parent?.tag === 'textarea' && value !== '') {
    context.page.visits.note(node.parent, undefined);
    return repeat(context);
  }
  return { id: text.id, value };
}

function repeat(context: RedactionContext): undefined {
  context.counts.drop('repeat');
  return undefined;
}

function redactAttributeChange(
  change: unknown,
  before: ReadonlyMap<string, unknown> | undefined,
  showedState: boolean,
  context: RedactionContext,
): JsonRecord | undefined {
  if (!isRecord(change) || !isNodeId(change.id) || !isRecord(change.attributes)) {
    context.counts.drop('node');
    return undefined;
  }
  const node = nodeOf(change, context);
  const owner = ownerOf(node, context);
  if (isFrozen(node, context) || owner.region === 'excluded' || (context.closes('meters') && isMeter(node)))
    return repeat(context);
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(change.attributes)) {
    // That and when a state shows for the first time says as much as which one it is.
    if (name === 'class' && context.closes('state-classes') && (showedState || showsState(node))) continue;
    // How a masked element looks can say what is in it.
    if (owner.region === 'masked' && node && (name === 'style' || name === 'class')) continue;
    if (name === 'style' && isRecord(value)) {
      const style = redactStyleChange(value, context);
      if (style) attributes.style = style;
      continue;
    }
    for (const [written, text] of redactAttribute(name, value, owner, context)) {
      if (before?.has(written) === true && before.get(written) === text) context.counts.drop('repeat');
      else if (node && written === 'value' && isTyped(node, text, context)) context.page.visits.note(node, undefined);
      else attributes[written] = text;
    }
  }
  return Object.keys(attributes).length === 0 ? undefined : { id: change.id, attributes };
}

function showsState(node: ModelNode | undefined): boolean {
  return String(node?.attributes.get('class') ?? '')
    .split(/\s+/)
    .some(isStateClass);
}

function isTyped({ tag, attributes }: ModelNode, text: unknown, context: RedactionContext): boolean {
  if (!context.closes('mirrored-values') || text === '' || text === null) return false;
  return (
    tag === 'textarea' || (tag === 'input' && !['submit', 'button', 'reset'].includes(String(attributes.get('type'))))
  );
}

/**
 * The removals of what was written, as things stand before the mutation; and where nodes were that it puts elsewhere without removing
 * them first, as some recorders do.
 */
function redactRemoves(
  data: JsonRecord,
  context: RedactionContext,
): { removes: JsonRecord[]; leaving: Map<number, number> } {
  const removes: JsonRecord[] = [];
  const gone = new Set<unknown>();
  for (const remove of listOf(data.removes)) {
    if (!isRecord(remove) || !isNodeId(remove.id) || !isNodeId(remove.parentId)) {
      context.counts.drop('node');
      continue;
    }
    gone.add(remove.id);
    const node = nodeOf(remove, context);
    const isLeftOut = isFrozen(node, context);
    context.page.omitted.delete(remove.id);
    if (isLeftOut) continue;
    removes.push({ parentId: remove.parentId, id: remove.id, ...(remove.isShadow === true && { isShadow: true }) });
  }
  const leaving = new Map<number, number>();
  for (const add of listOf(data.adds)) {
    const node = isRecord(add) ? nodeOf(add.node, context) : undefined;
    if (node?.parent && !gone.has(node.id) && context.page.isIncluded(node)) leaving.set(node.id, node.parent.id);
  }
  return { removes, leaving };
}

function redactAdd(
  add: unknown,
  leaving: ReadonlyMap<number, number>,
  { removes }: MutationLists,
  context: RedactionContext,
): JsonRecord | undefined {
  if (!isRecord(add) || !isNodeId(add.parentId) || !isRecord(add.node)) {
    context.counts.drop('node');
    return undefined;
  }
  const { page } = context;
  const parent = page.model.get(add.parentId);
  const live = nodeOf(add.node, context);
  if (parent && isLeftOut(parent, live, context)) {
    if (live) {
      const from = leaving.get(live.id);
      if (from !== undefined) removes.push({ parentId: from, id: live.id });
      page.omitted.add(live.id);
    }
    return repeat(context);
  }
  const node = redactNode(add.node, locationUnder(parent, context), context);
  if (!node) return undefined;
  if (live) page.omitted.delete(live.id);
  const written: Record<string, unknown> = { parentId: add.parentId, nextId: nextOf(add, live, context), node };
  if (isNodeId(add.previousId) && !page.omitted.has(add.previousId)) written.previousId = add.previousId;
  return written;
}

function isLeftOut(parent: ModelNode, live: ModelNode | undefined, context: RedactionContext): boolean {
  const { page } = context;
  if (!page.includesContentOf(parent)) {
    const editor = page.editorAround(parent);
    if (editor) page.visits.note(editor, undefined);
    return true;
  }
  if (context.closes('surroundings') && page.visits.isAround(parent)) return true;
  return context.closes('proposals') && page.visits.current !== undefined && live !== undefined && holdsProposals(live);
}

/** The sibling before which a node goes, among those that were written. */
function nextOf({ nextId }: JsonRecord, live: ModelNode | undefined, { page }: RedactionContext): number | null {
  if (!isNodeId(nextId)) return null;
  if (!page.omitted.has(nextId)) return nextId;
  const siblings = live?.parent?.children ?? [];
  const after = live ? siblings.slice(siblings.indexOf(live) + 1) : [];
  return after.find(({ id, type }) => !page.omitted.has(id) && type !== NodeType.DocumentType)?.id ?? null;
}

/**
 * What stands beside a changed text can make a value of what was none: those texts are written again. What a change takes a value from
 * stays as it is.
 */
function rewriteAdjacentTexts(
  touched: readonly ModelNode[],
  { texts, adds }: MutationLists,
  context: RedactionContext,
): void {
  const { page } = context;
  let done: Set<unknown> | undefined;
  for (const node of touched) {
    const inline = node.type === NodeType.Text ? node : node.children.find(({ type }) => type === NodeType.Text);
    if (!inline || !(context.joinsAdjacentTexts || page.regions.inside(inline.parent) === 'open')) continue;
    done ??= new Set<unknown>([
      ...texts.map(({ id }) => id),
      ...adds.map((add) => (isRecord(add.node) ? add.node.id : undefined)),
    ]);
    for (const neighbour of page.runs.neighbours(inline)) {
      const before = page.written.get(neighbour);
      if (before === undefined || done.has(neighbour.id) || !page.isIncluded(neighbour)) continue;
      done.add(neighbour.id);
      const value = redactText(neighbour.text, locationUnder(neighbour.parent, context), context, neighbour);
      if (value !== before) texts.push({ id: neighbour.id, value });
    }
  }
}
