import type { RecordedEvent } from '../../contract/recorded-event';
import { AddQueue, unknownSibling, type NodeAdd } from './add-queue';
import { EventType, IncrementalSource, NodeType } from './events';
import { isNodeId, isRecord, listOf, type JsonRecord } from './json';
import { isAttributeValue, isSerializedNode, LiveNode, type ModelNode, type SerializedNode } from './model-node';

export type { ModelNode } from './model-node';

/** Documents whose iframe isn't there yet; more than this many are not kept. */
const waitingDocumentsLimit = 1000;

/**
 * The page of one window as pure data: events go in, the tree of recorded nodes comes out. It follows rrweb's Replayer step
 * by step (removes, adds, texts, attributes) without a browser. It never throws: what doesn't fit is ignored and counted.
 * Not in the model yet: style rules, scroll and media state, and changes to single style properties.
 */
export class DomModel {
  private nodes = new Map<number, LiveNode>();
  private rootNode: LiveNode | undefined;
  private ignoredCount = 0;
  /** By the id of the iframe for which the document waits. */
  private waitingDocuments = new Map<number, SerializedNode>();
  /** Old recorders wrote a sibling's id as -1 when they didn't know it; such a node waits, known but unplaced, for that sibling. */
  private unplaced = new Map<number, NodeAdd>();
  /** The additions of the mutation at hand. */
  private queue: AddQueue | undefined;

  get root(): ModelNode | undefined {
    return this.rootNode;
  }

  /** How many events or parts of events did not fit the page as the model knows it. */
  get ignored(): number {
    return this.ignoredCount;
  }

  get(id: number): ModelNode | undefined {
    return this.nodes.get(id);
  }

  apply(event: RecordedEvent): void {
    const { data } = event;
    if (event.type === EventType.FullSnapshot) this.applySnapshot(data);
    else if (event.type !== EventType.IncrementalSnapshot) return;
    else if (!isRecord(data)) this.ignoredCount++;
    else if (data.source === IncrementalSource.Mutation) this.applyMutation(data);
    else if (data.source === IncrementalSource.Input) this.applyInput(data);
  }

  private applySnapshot(data: unknown): void {
    const node = isRecord(data) ? data.node : undefined;
    if (!isSerializedNode(node)) {
      this.ignoredCount++;
      return;
    }
    this.nodes = new Map();
    this.unplaced = new Map();
    this.rootNode = this.build(node);
  }

  private applyInput(data: JsonRecord): void {
    const node = isNodeId(data.id) ? this.nodes.get(data.id) : undefined;
    if (!node) {
      this.ignoredCount++;
      return;
    }
    if (typeof data.text === 'string') node.value = data.text;
    if (typeof data.isChecked === 'boolean') node.isChecked = data.isChecked;
  }

  private applyMutation(data: JsonRecord): void {
    const removed = new Set<unknown>();
    for (const remove of listOf(data.removes)) {
      if (isRecord(remove)) removed.add(remove.id);
      this.applyRemove(remove);
    }
    this.applyAdds(data.adds);
    for (const text of listOf(data.texts)) this.applyText(text, removed);
    for (const change of listOf(data.attributes)) this.applyAttributes(change, removed);
  }

  private applyRemove(remove: unknown): void {
    const node = isRecord(remove) && isNodeId(remove.id) ? this.nodes.get(remove.id) : undefined;
    const isParentKnown = isRecord(remove) && isNodeId(remove.parentId) && this.nodes.has(remove.parentId);
    if (!node || !isParentKnown || node === this.rootNode) {
      this.ignoredCount++;
      return;
    }
    node.detach();
    this.forget(node);
  }

  private applyAdds(adds: unknown): void {
    const queue = new AddQueue(adds);
    this.queue = queue;
    for (let add = queue.take(); add; add = queue.take()) {
      const missing = this.missingFor(add);
      if (missing !== undefined) queue.hold(add, missing);
      else if (!this.place(add)) this.ignoredCount++;
    }
    this.queue = undefined;
    this.ignoredCount += queue.malformed + queue.countStranded();
  }

  /** The id that an addition has to wait for. A document without its iframe waits across events, so it is never held here. */
  private missingFor({ node, parentId, nextId }: NodeAdd): number | undefined {
    if (!this.nodes.has(parentId)) return node.type === NodeType.Document ? undefined : parentId;
    return nextId !== undefined && nextId !== unknownSibling && !this.nodes.has(nextId) ? nextId : undefined;
  }

  /** Puts one added node where it belongs. False when it does not fit. */
  private place(add: NodeAdd): boolean {
    const parent = this.nodes.get(add.parentId);
    if (!parent) return this.keepForIframe(add);
    const { rootId } = add.node;
    if (isNodeId(rootId) && rootId !== 0 && !this.nodes.has(rootId)) return false;
    if (add.node.type === NodeType.Document) {
      if (parent.tag !== 'iframe') return false;
      this.attachDocument(parent, add.node);
      return true;
    }
    const node = this.nodeFor(add.node, parent);
    if (!node) return false;
    if (add.previousId === unknownSibling || add.nextId === unknownSibling) {
      this.unplaced.set(node.id, add);
      return true;
    }
    this.makeRoom(parent, node);
    parent.insert(node, this.siblingAfter(add, parent));
    this.placeNeighbours(add, parent, node);
    const waiting = node.tag === 'iframe' ? this.takeWaitingDocument(node.id) : undefined;
    if (waiting) this.attachDocument(node, waiting);
    return true;
  }

  private keepForIframe({ parentId, node }: NodeAdd): boolean {
    if (this.waitingDocuments.size >= waitingDocumentsLimit) return false;
    this.waitingDocuments.set(parentId, node);
    return true;
  }

  private takeWaitingDocument(iframeId: number): SerializedNode | undefined {
    const serialized = this.waitingDocuments.get(iframeId);
    this.waitingDocuments.delete(iframeId);
    return serialized;
  }

  private register(node: LiveNode): void {
    this.nodes.set(node.id, node);
    this.queue?.release(node.id);
  }

  /** A node recorded a second time without having been removed is moved, as the Replayer does. */
  private nodeFor(serialized: SerializedNode, parent: LiveNode): LiveNode | undefined {
    const known = this.nodes.get(serialized.id);
    if (known && (known === this.rootNode || known.contains(parent))) return undefined;
    const fresh = new LiveNode(serialized);
    this.unplaced.delete(fresh.id);
    if (known) {
      known.detach();
      if (known.type === fresh.type && known.tag === fresh.tag && known.isShadow === fresh.isShadow) {
        known.describe(serialized);
        return known;
      }
      this.forget(known);
    }
    this.register(fresh);
    return fresh;
  }

  private siblingAfter({ previousId, nextId }: NodeAdd, parent: LiveNode): LiveNode | undefined {
    const previous = previousId === undefined ? undefined : this.nodes.get(previousId);
    if (previous?.parent === parent && previous.next) return previous.next;
    const next = nextId === undefined ? undefined : this.nodes.get(nextId);
    return next?.parent === parent ? next : undefined;
  }

  /** A textarea holds one text, a document one doctype and one root element: a new one takes the old one's place. */
  private makeRoom(parent: LiveNode, node: LiveNode): void {
    const isSame = (other: LiveNode): boolean =>
      (parent.tag === 'textarea' && node.type === NodeType.Text && other.type === NodeType.Text) ||
      (parent.type === NodeType.Document &&
        ((node.type === NodeType.DocumentType && other.type === NodeType.DocumentType) ||
          (node.tag === 'html' && other.type === NodeType.Element)));
    if (parent.tag === 'textarea' || parent.type === NodeType.Document) this.dropChildren(parent, isSame);
  }

  /** Nodes that waited, unplaced, for the one just placed; each may in turn be waited for. */
  private placeNeighbours(add: NodeAdd, parent: LiveNode, node: LiveNode): void {
    const placed: { add: NodeAdd; node: LiveNode }[] = [{ add, node }];
    for (let item = placed.pop(); item && this.unplaced.size > 0; item = placed.pop()) {
      for (const side of ['previousId', 'nextId'] as const) {
        const id = item.add[side];
        const waitingAdd = id === undefined ? undefined : this.unplaced.get(id);
        const waitingNode = id === undefined ? undefined : this.nodes.get(id);
        if (!waitingAdd || !waitingNode || waitingNode.contains(parent)) continue;
        this.unplaced.delete(waitingNode.id);
        parent.insert(waitingNode, side === 'previousId' ? item.node : item.node.next);
        placed.push({ add: waitingAdd, node: waitingNode });
      }
    }
  }

  private applyText(text: unknown, removed: ReadonlySet<unknown>): void {
    const node = isRecord(text) && isNodeId(text.id) ? this.nodes.get(text.id) : undefined;
    if (isRecord(text) && node && node.type !== NodeType.Element && node.type !== NodeType.Document) {
      node.text = typeof text.value === 'string' ? text.value : '';
    } else if (!isRecord(text) || !removed.has(text.id)) this.ignoredCount++;
  }

  private applyAttributes(change: unknown, removed: ReadonlySet<unknown>): void {
    const node = isRecord(change) && isNodeId(change.id) ? this.nodes.get(change.id) : undefined;
    if (!isRecord(change) || node?.type !== NodeType.Element || !isRecord(change.attributes)) {
      if (!isRecord(change) || !removed.has(change.id)) this.ignoredCount++;
      return;
    }
    for (const [name, value] of Object.entries(change.attributes)) {
      if (value === null) node.attributes.delete(name);
      else if (isAttributeValue(value)) node.attributes.set(name, value);
      if (name === 'value' && node.tag === 'textarea') this.dropChildren(node, () => true);
    }
  }

  private attachDocument(iframe: LiveNode, serialized: SerializedNode): void {
    this.dropChildren(iframe, () => true);
    iframe.insert(this.build(serialized), undefined);
  }

  /** Makes a node with all that is serialized under it. Iterative: the depth of a page is its author's choice. */
  private build(serialized: SerializedNode): LiveNode {
    const top = new LiveNode(serialized);
    const open = [{ node: top, serialized }];
    for (let item = open.pop(); item; item = open.pop()) {
      this.register(item.node);
      for (const child of listOf(item.serialized.childNodes)) {
        if (!isSerializedNode(child)) {
          this.ignoredCount++;
          continue;
        }
        const node = new LiveNode(child);
        item.node.insert(node, undefined);
        open.push({ node, serialized: child });
      }
      const waiting = item.node.tag === 'iframe' ? this.takeWaitingDocument(item.node.id) : undefined;
      if (waiting) {
        const document = new LiveNode(waiting);
        item.node.insert(document, undefined);
        open.push({ node: document, serialized: waiting });
      }
    }
    return top;
  }

  private dropChildren(parent: LiveNode, isDropped: (child: LiveNode) => boolean): void {
    for (let child = parent.first, next; child; child = next) {
      next = child.next;
      if (!isDropped(child)) continue;
      child.detach();
      this.forget(child);
    }
  }

  /** Takes the ids of a detached subtree out of the index. */
  private forget(top: LiveNode): void {
    const open = [top];
    for (let node = open.pop(); node; node = open.pop()) {
      if (this.nodes.get(node.id) === node) this.nodes.delete(node.id);
      this.unplaced.delete(node.id);
      for (let child = node.first; child; child = child.next) open.push(child);
    }
  }
}
