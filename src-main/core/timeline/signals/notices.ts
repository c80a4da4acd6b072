import type { DomModel, LiveNode } from '../../recording/model/dom-model';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { NodeFlag } from '../../recording/model/model-node';

/** How many levels above a changed node are searched for a notice. */
const levels = 6;

const noticeRole: ReadonlySet<unknown> = new Set(['alert', 'alertdialog', 'log']);
const noticeClass = /(^|[\s_-])(alert|toast|snackbar|notification|error|invalid|warning)|ripple/i;

/**
 * The notices of a page: messages about an action, such as a rejection, that appear at each attempt, and effects of the pointer. Their
 * changes are no answers.
 */
export interface Notices {
  isIn: (id: number) => boolean;
  isNotice: (id: number) => boolean;
}

/** Returns the notices of the page as it is when they are asked for. */
export function noticesOf({ tree }: DomModel): Notices {
  return { isIn: (id) => isInNotice(tree.get(id)), isNotice: (id) => isNotice(tree.get(id)) };
}

const noNotices: Notices = { isIn: () => false, isNotice: () => false };

/**
 * Returns the notices among the nodes that a mutation has added or changed, as they are now. Returns undefined if the mutation has more
 * than `limit` nodes.
 */
export function findNotices(
  { adds, texts, attributes }: JsonRecord,
  model: DomModel,
  limit: number,
): Notices | undefined {
  const ids: number[] = [];
  for (const add of listOf(adds)) if (isRecord(add)) listIds(add.node, ids, limit);
  for (const list of [listOf(texts), listOf(attributes)]) {
    if (ids.length + list.length > limit) return undefined;
    for (const change of list) if (isRecord(change) && isNodeId(change.id)) ids.push(change.id);
  }
  const inside = ids.filter((id) => isInNotice(model.tree.get(id)));
  const notices = ids.filter((id) => isNotice(model.tree.get(id)));
  if (inside.length === 0 && notices.length === 0) return noNotices;
  return { isIn: (id) => inside.includes(id), isNotice: (id) => notices.includes(id) };
}

/** Adds the ids of a recorded node and its descendants, up to one more than the limit. */
function listIds(node: unknown, ids: number[], limit: number): void {
  if (!isRecord(node) || !isNodeId(node.id) || ids.length > limit) return;
  ids.push(node.id);
  for (const child of listOf(node.childNodes)) listIds(child, ids, limit);
}

function isInNotice(node: LiveNode | undefined): boolean {
  let next = node;
  for (let level = 0; next && next.tag !== 'body' && level < levels; level++, next = next.parent) {
    if (isNotice(next)) return true;
  }
  return false;
}

/** The result is stored in the node, because the ancestors of changed nodes are checked again and again. */
function isNotice(node: LiveNode | undefined): boolean {
  if (!node?.tag) return false;
  if ((node.flags & NodeFlag.noticeKnown) === 0) {
    node.flags = (node.flags & ~NodeFlag.notice) | NodeFlag.noticeKnown | (looksLikeNotice(node) ? NodeFlag.notice : 0);
  }
  return (node.flags & NodeFlag.notice) !== 0;
}

function looksLikeNotice(node: LiveNode): boolean {
  const classes = node.attribute('class');
  if (typeof classes === 'string' && noticeClass.test(classes)) return true;
  return noticeRole.has(node.attribute('role')) || node.attribute('aria-live') === 'assertive';
}
