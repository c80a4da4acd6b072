import { isNodeId, isRecord, listOf, type JsonRecord } from './json';
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
 * The additions of one mutation in the order in which they can be done. The recorder may name a parent or a next sibling that
 * comes later in the list: such an addition waits for that one id, so that the whole list takes linear time.
 */
export class AddQueue {
  private readonly ready: NodeAdd[] = [];
  private readonly waiting = new Map<number, NodeAdd[]>();
  /** Additions whose shape is not one. */
  readonly malformed: number;

  constructor(adds: unknown) {
    let malformed = 0;
    for (const add of listOf(adds)) {
      if (isAdd(add)) this.ready.push(readAdd(add));
      else malformed++;
    }
    this.ready.reverse();
    this.malformed = malformed;
  }

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

function isAdd(add: unknown): add is JsonRecord & { node: SerializedNode; parentId: number } {
  return isRecord(add) && isSerializedNode(add.node) && isNodeId(add.parentId);
}

function readAdd(add: JsonRecord & { node: SerializedNode; parentId: number }): NodeAdd {
  return {
    node: add.node,
    parentId: add.parentId,
    previousId: siblingId(add.previousId),
    nextId: siblingId(add.nextId),
  };
}

function siblingId(value: unknown): number | undefined {
  return isNodeId(value) && value !== 0 ? value : undefined;
}
