import { NodeType } from '../events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../json';
import { NodeFlag, type LiveNode } from './model-node';
import { changeAttributes } from './attributes';
import type { Counts } from './counts';
import type { PageTree } from './page-tree';
import { breakSheet } from './style-sheets';

/** A `Mutation` event, in the Replayer's order: removes, adds, texts, attributes. */
export function applyMutation(tree: PageTree, data: JsonRecord, counts: Counts): void {
  const { removes, adds, texts, attributes } = data;
  if (Array.isArray(removes) && removes.length > 0) tree.remove(removes);
  if (Array.isArray(adds) && adds.length > 0) tree.add(adds);
  const gone = new GoneIds(removes);
  for (const text of listOf(texts)) {
    const node = isRecord(text) && isNodeId(text.id) ? tree.get(text.id) : undefined;
    if (!isRecord(text) || !node || !hasText(node)) {
      if (!isRecord(text) || !gone.has(text.id)) counts.ignored++;
    } else if (changeText(node, typeof text.value === 'string' ? text.value : '')) {
      counts.changes++;
      tree.watcher?.changed(node);
      if ((node.flags & NodeFlag.styleText) !== 0) tree.keeper.changed(node);
    }
  }
  for (const change of listOf(attributes)) {
    const node = isRecord(change) && isNodeId(change.id) ? tree.get(change.id) : undefined;
    if (!isRecord(change) || node?.type !== NodeType.Element || !isRecord(change.attributes)) {
      if (!isRecord(change) || !gone.has(change.id)) counts.ignored++;
    } else if (changeAttributes(tree, node, change.attributes)) {
      counts.changes++;
      tree.keeper.changed(node);
    }
  }
}

/** The ids that a mutation removes. Its other changes to these nodes don't count as lost. */
class GoneIds {
  private ids: Set<unknown> | undefined;

  constructor(private readonly removes: unknown) {}

  has(id: unknown): boolean {
    this.ids ??= new Set(listOf(this.removes).map((remove) => (isRecord(remove) ? remove.id : undefined)));
    return this.ids.has(id);
  }
}

function hasText({ type }: LiveNode): boolean {
  return type === NodeType.Text || type === NodeType.Comment || type === NodeType.CDATA;
}

function changeText(node: LiveNode, text: string): boolean {
  const { parent } = node;
  if (parent && node.type === NodeType.Text && (parent.flags & NodeFlag.sheet) !== 0) {
    breakSheet(parent);
    node.flags |= NodeFlag.styleText;
  }
  if (node.text === text) return false;
  node.text = text;
  return true;
}
