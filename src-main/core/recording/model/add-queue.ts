import { isNodeId, isRecord, type JsonRecord } from '../json';
import { isSerializedNode, type SerializedNode } from './model-node';

/** One addition of a mutation, its shape checked. Sibling ids are undefined where the recorder named none. */
export interface NodeAdd {
  node: SerializedNode;
  parentId: number;
  previousId: number | undefined;
  nextId: number | undefined;
}

/** What an old recorder wrote for a sibling that it had not numbered yet. */
export const unknownSibling = -1;

/**
 * Additions of one mutation that name a parent or a next sibling which comes later in the list. Each waits for that one id, so that the
 * whole list takes linear time.
 */
export class AddQueue {
  private readonly ready: NodeAdd[] = [];
  private readonly waiting = new Map<number, NodeAdd[]>();

  /** An addition whose time has come, the one released last before others. */
  take(): NodeAdd | undefined {
    return this.ready.pop();
  }

  /** Sets an addition aside until `release(id)`. */
  hold(add: NodeAdd, id: number): void {
    const queue = this.waiting.get(id);
    if (queue) queue.push(add);
    else this.waiting.set(id, [add]);
  }

  release(id: number): void {
    const released = this.waiting.get(id);
    if (!released) return;
    this.waiting.delete(id);
    for (let add = released.pop(); add; add = released.pop()) this.ready.push(add);
  }

  /** How many still wait for a node that never came. */
  countStranded(): number {
    let count = 0;
    for (const queue of this.waiting.values()) count += queue.length;
    return count;
  }
}

/** An addition as it stands in a mutation; undefined where its shape is not one. */
export function readAdd(add: unknown): NodeAdd | undefined {
  if (!isRecord(add)) return undefined;
  const { node, parentId, previousId, nextId }: JsonRecord = add;
  if (!isSerializedNode(node) || !isNodeId(parentId)) return undefined;
  return { node, parentId, previousId: siblingId(previousId), nextId: siblingId(nextId) };
}

function siblingId(value: unknown): number | undefined {
  return isNodeId(value) && value !== 0 ? value : undefined;
}
