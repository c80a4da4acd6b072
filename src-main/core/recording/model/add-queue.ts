import { isNodeId, isRecord, type JsonRecord } from '../json';
import { isSerializedNode, type SerializedNode } from './model-node';

/** An addition of a mutation, after a check of its shape. Sibling ids are undefined if the recorder gave none. */
export interface NodeAdd {
  node: SerializedNode;
  parentId: number;
  previousId: number | undefined;
  nextId: number | undefined;
}

/** The id that old recorders wrote for a sibling without an id yet. */
export const unknownSibling = -1;

/**
 * Additions of one mutation whose parent or next sibling comes later in the list. Each waits for that single id, so the complete list
 * takes linear time.
 */
export class AddQueue {
  private readonly ready: NodeAdd[] = [];
  private readonly waiting = new Map<number, NodeAdd[]>();

  /** Removes and returns a released addition, the last one first. */
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

  /** Returns the number of additions that wait for a node that never came. */
  countStranded(): number {
    let count = 0;
    for (const queue of this.waiting.values()) count += queue.length;
    return count;
  }
}

/** Reads an addition of a mutation. Returns undefined if its shape is wrong. */
export function readAdd(add: unknown): NodeAdd | undefined {
  if (!isRecord(add)) return undefined;
  const { node, parentId, previousId, nextId }: JsonRecord = add;
  if (!isSerializedNode(node) || !isNodeId(parentId)) return undefined;
  return { node, parentId, previousId: siblingId(previousId), nextId: siblingId(nextId) };
}

function siblingId(value: unknown): number | undefined {
  return isNodeId(value) && value !== 0 ? value : undefined;
}
