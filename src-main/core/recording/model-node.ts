import { NodeType } from './events';
import { isNodeId, isRecord, type JsonRecord } from './json';

export type AttributeValue = string | number | boolean | null;

/** A node of the page as the model knows it; what readers of the model see. */
export interface ModelNode {
  readonly id: number;
  readonly type: NodeType;
  /** Lower case; empty for what isn't an element. */
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** Of text, comment and CDATA nodes. */
  readonly text: string;
  /** Children of a shadow root and the document in an iframe have their host element as parent. */
  readonly parent: ModelNode | undefined;
  /** In the order of the page; children of a shadow root are among them and say `isShadow`. */
  readonly children: readonly ModelNode[];
  readonly isShadow: boolean;
  /** The last value that an input event gave it. */
  readonly value: string | undefined;
  readonly isChecked: boolean | undefined;
}

const nodeTypes: ReadonlySet<unknown> = new Set([
  NodeType.Document,
  NodeType.DocumentType,
  NodeType.Element,
  NodeType.Text,
  NodeType.CDATA,
  NodeType.Comment,
]);

/** A serialized node of which only the parts that every node has are checked. */
export interface SerializedNode extends JsonRecord {
  readonly id: number;
  readonly type: NodeType;
}

export function isSerializedNode(value: unknown): value is SerializedNode {
  return isRecord(value) && isNodeId(value.id) && nodeTypes.has(value.type);
}

/**
 * The model's own view of a node. Siblings are linked, so that placing and taking out a node costs the same however many
 * siblings it has; the array that readers see is made when it is asked for.
 */
export class LiveNode implements ModelNode {
  readonly id: number;
  readonly type: NodeType;
  readonly tag: string;
  readonly isShadow: boolean;
  readonly attributes = new Map<string, AttributeValue>();
  text = '';
  parent: LiveNode | undefined;
  value: string | undefined;
  isChecked: boolean | undefined;
  previous: LiveNode | undefined;
  next: LiveNode | undefined;
  first: LiveNode | undefined;
  last: LiveNode | undefined;
  private childList: readonly LiveNode[] | undefined;

  constructor(serialized: SerializedNode) {
    this.id = serialized.id;
    this.type = serialized.type;
    this.isShadow = serialized.isShadow === true;
    const { tagName } = serialized;
    this.tag = serialized.type === NodeType.Element && typeof tagName === 'string' ? tagName.toLowerCase() : '';
    this.describe(serialized);
  }

  get children(): readonly LiveNode[] {
    if (!this.childList) {
      const list: LiveNode[] = [];
      for (let child = this.first; child; child = child.next) list.push(child);
      this.childList = list;
    }
    return this.childList;
  }

  /** Takes text and attributes from a serialized node, replacing what was there. */
  describe(serialized: SerializedNode): void {
    this.text = typeof serialized.textContent === 'string' ? serialized.textContent : '';
    this.attributes.clear();
    if (!isRecord(serialized.attributes)) return;
    for (const [name, value] of Object.entries(serialized.attributes)) {
      if (isAttributeValue(value)) this.attributes.set(name, value);
    }
  }

  /** Puts a node that has no parent among the children, before the given child or at the end. */
  insert(child: LiveNode, before: LiveNode | undefined): void {
    child.parent = this;
    child.next = before;
    child.previous = before ? before.previous : this.last;
    if (child.previous) child.previous.next = child;
    else this.first = child;
    if (before) before.previous = child;
    else this.last = child;
    this.childList = undefined;
  }

  /** Takes the node out of its parent; its own children stay with it. */
  detach(): void {
    const { parent } = this;
    if (!parent) return;
    if (this.previous) this.previous.next = this.next;
    else parent.first = this.next;
    if (this.next) this.next.previous = this.previous;
    else parent.last = this.previous;
    parent.childList = undefined;
    this.parent = this.previous = this.next = undefined;
  }

  /** Is this node the other one, or above it? */
  contains(other: LiveNode): boolean {
    for (let node: LiveNode | undefined = other; node; node = node.parent) if (node === this) return true;
    return false;
  }
}

export function isAttributeValue(value: unknown): value is AttributeValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
