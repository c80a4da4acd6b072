import type { ModelNode } from '../../recording/model/dom-model';
import { NodeType } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { holdsProposals } from '../page/private-shapes';
import { touch } from '../events/touch';
import type { RedactionContext } from '../redaction-context';
import { isFrozen, noteTyping } from './frozen';
import { nodeOf } from './node-of';
import { redactNode } from './redact-node';
import type { MutationLists } from './rewrite-hidden-nodes';
import { locationUnder } from './text-location';

/** The parents, by node, of nodes that a mutation moves without removing them first, as some recorders do. */
export type MovedFrom = ReadonlyMap<number, number>;

/** Returns the removals of nodes that were written. Must run before the mutation is applied to the page model. */
export function redactRemoves(
  data: JsonRecord,
  context: RedactionContext,
): { removes: JsonRecord[]; movedFrom: MovedFrom } {
  const { page } = context;
  const removes: JsonRecord[] = [];
  const removedIds = new Set<unknown>();
  for (const remove of listOf(data.removes)) {
    if (!isRecord(remove) || !isNodeId(remove.id) || !isNodeId(remove.parentId)) {
      context.counts.drop('node');
      continue;
    }
    removedIds.add(remove.id);
    const wasLeftOut = isFrozen(nodeOf(remove, context), context, 'content');
    page.omitted.delete(remove.id);
    if (wasLeftOut) continue;
    removes.push({ parentId: remove.parentId, id: remove.id, ...(remove.isShadow === true && { isShadow: true }) });
  }
  const movedFrom = new Map<number, number>();
  for (const add of listOf(data.adds)) {
    const node = isRecord(add) ? nodeOf(add.node, context) : undefined;
    if (node?.parent && !removedIds.has(node.id) && page.isIncluded(node)) movedFrom.set(node.id, node.parent.id);
  }
  return { removes, movedFrom };
}

export function redactAdd(
  add: unknown,
  movedFrom: MovedFrom,
  { removes }: MutationLists,
  context: RedactionContext,
): JsonRecord | undefined {
  if (!isRecord(add) || !isNodeId(add.parentId) || !isRecord(add.node)) {
    context.counts.drop('node');
    return undefined;
  }
  const { page } = context;
  const parent = page.model.get(add.parentId);
  const node = nodeOf(add.node, context);
  if (parent && isLeftOut(parent, node, context)) {
    if (node) {
      const oldParentId = movedFrom.get(node.id);
      if (oldParentId !== undefined) removes.push({ parentId: oldParentId, id: node.id });
      page.omitted.add(node.id);
    }
    context.counts.drop('repeat');
    return undefined;
  }
  const redacted = redactNode(add.node, locationUnder(parent, context), context);
  if (!redacted) return undefined;
  if (node) page.omitted.delete(node.id);
  const written: Record<string, unknown> = {
    parentId: add.parentId,
    nextId: nextIncludedSibling(add, node, context),
    node: redacted,
  };
  if (isNodeId(add.previousId) && !page.omitted.has(add.previousId)) written.previousId = add.previousId;
  return written;
}

function isLeftOut(parent: ModelNode, node: ModelNode | undefined, context: RedactionContext): boolean {
  const { page } = context;
  if (!page.includesContentOf(parent)) {
    noteTyping(parent, context);
    return true;
  }
  if (page.areas.isClosed(parent)) {
    touch(context);
    return true;
  }
  if (context.closes('surroundings') && page.visits.isAround(parent)) return true;
  return context.closes('proposals') && page.visits.current !== undefined && node !== undefined && holdsProposals(node);
}

/** Returns the id of the next sibling that is part of the export. */
function nextIncludedSibling(
  { nextId }: JsonRecord,
  node: ModelNode | undefined,
  { page }: RedactionContext,
): number | null {
  if (!isNodeId(nextId)) return null;
  if (!page.omitted.has(nextId)) return nextId;
  const siblings = node?.parent?.children ?? [];
  const after = node ? siblings.slice(siblings.indexOf(node) + 1) : [];
  return after.find(({ id, type }) => !page.omitted.has(id) && type !== NodeType.DocumentType)?.id ?? null;
}
