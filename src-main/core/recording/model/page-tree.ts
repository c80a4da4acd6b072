import { AddQueue, readAdd, unknownSibling, type NodeAdd } from './add-queue';
import { NodeType } from '../events';
import { isNodeId, isRecord } from '../json';
import { LiveNode, NodeFlag, type SerializedNode } from './model-node';
import { TreeBuilder } from './build-tree';
import type { Counts } from './counts';
import { describeAgain, isAbove, isSameNode } from './known-node';
import { breakSheet, giveSheetText } from './style-sheets';
import { WaitingDocuments } from './waiting-documents';
import type { PageWatcher } from './watcher';

/** The most nodes of old recorders that wait for missing siblings. */
const unplacedLimit = 10_000;
/** More nodes than any real page has. Further ones are dropped. */
const nodeLimit = 500_000;
/** The number of a document's children that are searched for its doctype and root element. */
const documentPartsLimit = 64;

/** Is notified when nodes are created, inserted and removed. */
export interface TreeKeeper {
  /** A node was created from a recorded one. */
  made(node: LiveNode): void;
  /** A document was created, or an element has a new shadow root. */
  rooted(node: LiveNode): void;
  /** A node that had a state, or a document, was removed permanently. */
  gone(node: LiveNode): void;
  /** A mutation has inserted a node. */
  inserted(node: LiveNode): void;
  /** A mutation is about to remove a node. */
  removing(node: LiveNode): void;
  /** A mutation has changed a text or the attributes of a node. */
  changed(node: LiveNode): void;
  /** A mutation has set an attribute that the node did not have. */
  marked(node: LiveNode, name: string): void;
}

/**
 * The nodes of a page and their positions. It follows rrweb's Replayer step by step. It drops and counts everything that doesn't fit.
 * Nothing here recurses, and no step depends on the number of siblings.
 */
export class PageTree {
  root: LiveNode | undefined;
  watcher: PageWatcher | undefined;
  /** Old recorders wrote a sibling's id as -1 when they didn't know it; such a node waits, known but unplaced, for that sibling. */
  readonly unplaced = new Map<number, NodeAdd>();
  readonly waiting = new WaitingDocuments();
  private nodes = new Map<number, LiveNode>();
  private documents = 0;
  /** The additions of the current mutation that have to wait. */
  private queue: AddQueue | undefined;

  constructor(
    private readonly counts: Counts,
    readonly keeper: TreeKeeper,
  ) {}

  get(id: number): LiveNode | undefined {
    return this.nodes.get(id);
  }

  /** An iframe of the page has a recorded document. */
  get hasInnerDocuments(): boolean {
    return this.documents > 1;
  }

  /** Replaces the page. */
  reset(serialized: SerializedNode): void {
    this.nodes = new Map();
    this.documents = 0;
    this.unplaced.clear();
    if (this.root) this.watcher?.gone(this.root);
    this.root = this.build(serialized);
    this.watcher?.placed(this.root);
  }

  remove(removes: readonly unknown[]): void {
    // All are visited up before the first is removed, because a node that is removed with its parent isn't lost.
    const targets = removes.map((remove) => this.findRemoved(remove));
    targets.forEach((node) => {
      if (!node) this.counts.ignored++;
      else if (this.nodes.get(node.id) === node) this.take(node);
    });
  }

  add(adds: readonly unknown[]): void {
    for (const entry of adds) {
      const add = readAdd(entry);
      if (add) this.placeOrHold(add);
      else this.counts.ignored++;
      if (this.queue) for (let next = this.queue.take(); next; next = this.queue.take()) this.placeOrHold(next);
    }
    this.counts.ignored += this.queue?.countStranded() ?? 0;
    this.queue = undefined;
  }

  /** Removes and forgets the children for which `isDropped` returns true. */
  dropChildren(parent: LiveNode, isDropped: (child: LiveNode) => boolean, limit = Infinity): void {
    let visited = 0;
    for (let child = parent.first, next; child && visited < limit; child = next, visited++) {
      next = child.next;
      if (!isDropped(child)) continue;
      child.detach();
      this.forget(child);
    }
  }

  private findRemoved(remove: unknown): LiveNode | undefined {
    if (!isRecord(remove) || !isNodeId(remove.id) || !isNodeId(remove.parentId)) return undefined;
    const node = this.nodes.get(remove.id);
    return node !== this.root && this.nodes.has(remove.parentId) ? node : undefined;
  }

  private take(node: LiveNode): void {
    if (node.parent && (node.parent.flags & NodeFlag.sheet) !== 0) breakSheet(node.parent);
    this.keeper.removing(node);
    node.detach();
    this.forget(node);
    this.counts.changes++;
  }

  private placeOrHold(add: NodeAdd): void {
    const missing = this.missingFor(add);
    if (missing !== undefined) (this.queue ??= new AddQueue()).hold(add, missing);
    else if (this.place(add)) this.counts.changes++;
    else this.counts.ignored++;
  }

  /** Returns the id that an addition has to wait for. A document without its iframe waits across events, so it never waits here. */
  private missingFor({ node, parentId, nextId }: NodeAdd): number | undefined {
    if (!this.nodes.has(parentId)) return node.type === NodeType.Document ? undefined : parentId;
    return nextId !== undefined && nextId !== unknownSibling && !this.nodes.has(nextId) ? nextId : undefined;
  }

  /** Inserts an added node. Returns false if it doesn't fit. */
  private place(add: NodeAdd): boolean {
    const parent = this.nodes.get(add.parentId);
    if (!parent) return this.waiting.keep(add.parentId, add.node);
    const { rootId } = add.node;
    if (isNodeId(rootId) && rootId !== 0 && !this.nodes.has(rootId)) return false;
    if (add.node.type === NodeType.Document) {
      if (parent.tag !== 'iframe') return false;
      this.attachDocument(parent, add.node);
      return true;
    }
    if (!this.isPossibleParent(parent, add.node) || this.nodes.size >= nodeLimit) return false;
    const node = this.nodeFor(add.node, parent);
    if (!node) return false;
    if (add.previousId === unknownSibling || add.nextId === unknownSibling) return this.keepUnplaced(add, node);
    this.makeRoom(parent, node);
    this.insert(parent, node, this.siblingAfter(add, parent));
    if (this.unplaced.size > 0) this.placeNeighbours(add, parent, node);
    const waiting = node.tag === 'iframe' ? this.waiting.take(node.id) : undefined;
    if (waiting) this.attachDocument(node, waiting);
    return true;
  }

  /** Returns false if a browser would refuse the insertion. The Replayer then drops the rest of the mutation, too. */
  private isPossibleParent(parent: LiveNode, node: SerializedNode): boolean {
    if (parent.tag === 'iframe') return false;
    if (parent.tag === 'textarea') return node.type === NodeType.Text;
    if (parent.type === NodeType.Document) return node.type !== NodeType.Text && node.type !== NodeType.CDATA;
    return parent.type === NodeType.Element;
  }

  private insert(parent: LiveNode, node: LiveNode, before: LiveNode | undefined): void {
    if ((parent.flags & NodeFlag.sheet) !== 0) {
      if (node.type === NodeType.Text) giveSheetText(parent, node);
      breakSheet(parent);
    }
    const hasNewRoot = (node.flags & NodeFlag.shadow) !== 0 && (parent.flags & NodeFlag.shadowHost) === 0;
    if (hasNewRoot) parent.flags |= NodeFlag.shadowHost;
    parent.insert(node, before);
    if (hasNewRoot) this.keeper.rooted(parent);
    this.keeper.inserted(node);
    this.watcher?.placed(node);
  }

  private keepUnplaced(add: NodeAdd, node: LiveNode): boolean {
    if (this.unplaced.size >= unplacedLimit) return false;
    this.unplaced.set(node.id, add);
    return true;
  }

  private register(node: LiveNode): void {
    this.nodes.set(node.id, node);
    this.keeper.made(node);
    if (node.type === NodeType.Document) this.documents++;
    if (node.type === NodeType.Document || (node.flags & NodeFlag.shadowHost) !== 0) this.keeper.rooted(node);
    this.queue?.release(node.id);
  }

  /** Moves a node that is recorded again without having been removed, as the Replayer does. */
  private nodeFor(serialized: SerializedNode, parent: LiveNode): LiveNode | undefined {
    const known = this.nodes.get(serialized.id);
    if (known && (known === this.root || isAbove(known, parent))) return undefined;
    const fresh = new LiveNode(serialized);
    if (this.unplaced.size > 0) this.unplaced.delete(fresh.id);
    if (known) {
      if (known.parent && (known.parent.flags & NodeFlag.sheet) !== 0) breakSheet(known.parent);
      known.detach();
      if (isSameNode(known, fresh)) {
        describeAgain(known, fresh, serialized);
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

  /** A textarea holds one text, a document one doctype and one root element: a new one replaces the old one. */
  private makeRoom(parent: LiveNode, node: LiveNode): void {
    if (parent.tag === 'textarea') {
      parent.removeAttribute('value');
      this.dropChildren(parent, () => true);
    } else if (parent.type === NodeType.Document && node.type !== NodeType.Comment) {
      this.dropChildren(parent, (other) => other.type === node.type, documentPartsLimit);
    }
  }

  /** Places the nodes that waited for the one just placed. Other nodes may wait for them in turn. */
  private placeNeighbours(add: NodeAdd, parent: LiveNode, node: LiveNode): void {
    const placed: { add: NodeAdd; node: LiveNode }[] = [{ add, node }];
    for (let item = placed.pop(); item && this.unplaced.size > 0; item = placed.pop()) {
      for (const side of ['previousId', 'nextId'] as const) {
        const id = item.add[side];
        const waitingAdd = id === undefined ? undefined : this.unplaced.get(id);
        const waitingNode = id === undefined ? undefined : this.nodes.get(id);
        if (!waitingAdd || !waitingNode || isAbove(waitingNode, parent)) continue;
        this.unplaced.delete(waitingNode.id);
        this.insert(parent, waitingNode, side === 'previousId' ? item.node : item.node.next);
        placed.push({ add: waitingAdd, node: waitingNode });
      }
    }
  }

  private attachDocument(iframe: LiveNode, serialized: SerializedNode): void {
    this.dropChildren(iframe, () => true);
    const document = this.build(serialized);
    iframe.insert(document, undefined);
    this.watcher?.placed(document);
  }

  private build(serialized: SerializedNode): LiveNode {
    const builder = new TreeBuilder(
      (node) => this.register(node),
      (host) => this.keeper.rooted(host),
      (id) => this.waiting.take(id),
    );
    const top = builder.build(serialized, nodeLimit - this.nodes.size);
    this.counts.ignored += builder.left;
    this.counts.changes++;
    return top;
  }

  /** Removes the ids of a detached subtree from the index. */
  private forget(top: LiveNode): void {
    const open = [top];
    for (let node = open.pop(); node; node = open.pop()) {
      if (this.nodes.get(node.id) === node) this.nodes.delete(node.id);
      if (this.unplaced.size > 0) this.unplaced.delete(node.id);
      if (node.type === NodeType.Document) this.documents--;
      if (node.state || node.type === NodeType.Document) this.keeper.gone(node);
      if (this.watcher && node.type === NodeType.Text) this.watcher.removed(node);
      for (let child = node.first; child; child = child.next) open.push(child);
    }
  }
}
