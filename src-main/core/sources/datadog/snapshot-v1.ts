import { EventType, IncrementalSource, NodeType } from '../../recording/events';
import { isFiniteNumber, isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { adoptSheets, effectiveRules, incremental, nodeId, type ConvertedEvent, type RrwebNode } from './rrweb-event';

/** The recorder's own kind of node: the root of a shadow tree, or a fragment. */
const documentFragment = 11;

/**
 * Converts snapshots and mutations in the older format, a fork of rrweb's (DataDog/rum-events-format e18f1d3b, schemas/session-replay/browser).
 * It differs in shadow trees: their root is a node with an id, while rrweb marks the host and its shadow children.
 */
export class SnapshotV1 {
  /** The hosts of shadow roots by their ids, in rrweb's numbers. */
  private hosts = new Map<number, number>();
  private adopted: ConvertedEvent[] = [];
  private lastSheet = 0;

  /** Returns undefined if the data is not a snapshot. */
  readFull(data: unknown): ConvertedEvent[] | undefined {
    if (!isRecord(data)) return undefined;
    this.hosts = new Map();
    this.adopted = [];
    const node = this.readNode(data.node, false);
    if (!node || node.type !== NodeType.Document) return undefined;
    const { left, top } = isRecord(data.initialOffset) ? data.initialOffset : {};
    const initialOffset = { left: isFiniteNumber(left) ? left : 0, top: isFiniteNumber(top) ? top : 0 };
    return [{ type: EventType.FullSnapshot, data: { node, initialOffset } }, ...this.takeAdopted()];
  }

  /** Returns undefined if the data is not a mutation. */
  readMutation(data: JsonRecord): ConvertedEvent[] | undefined {
    if (!['adds', 'removes', 'attributes', 'texts'].every((name) => Array.isArray(data[name]))) return undefined;
    const removes = listOf(data.removes).flatMap((item) => this.readRemove(item));
    const adds: JsonRecord[] = [];
    for (const item of listOf(data.adds)) this.readAdd(item, adds);
    const withId = (item: unknown): JsonRecord[] =>
      isRecord(item) && isNodeId(item.id) ? [{ ...item, id: nodeId(item.id) }] : [];
    const mutation = incremental(IncrementalSource.Mutation, {
      adds,
      removes,
      attributes: listOf(data.attributes).flatMap(withId),
      texts: listOf(data.texts).flatMap(withId),
    });
    return [mutation, ...this.takeAdopted()];
  }

  private takeAdopted(): ConvertedEvent[] {
    return this.adopted.splice(0);
  }

  private readRemove(item: unknown): JsonRecord[] {
    if (!isRecord(item) || !isNodeId(item.id) || !isNodeId(item.parentId)) return [];
    const id = nodeId(item.id);
    // rrweb has no node for a shadow root, and a page can't remove one.
    if (this.hosts.has(id)) return [];
    const host = this.hosts.get(nodeId(item.parentId));
    return [{ id, parentId: host ?? nodeId(item.parentId), ...(host !== undefined && { isShadow: true }) }];
  }

  private readAdd(item: unknown, adds: JsonRecord[]): void {
    if (!isRecord(item) || !isNodeId(item.parentId)) return;
    const parent = nodeId(item.parentId);
    if (isRecord(item.node) && item.node.type === documentFragment) {
      this.noteRoot(item.node, parent);
      for (const node of this.readChildren(item.node, true, parent)) flatten(node, parent, null, adds);
      return;
    }
    const host = this.hosts.get(parent);
    const node = this.readNode(item.node, host !== undefined);
    if (node) flatten(node, host ?? parent, isNodeId(item.nextId) ? nodeId(item.nextId) : null, adds);
  }

  private noteRoot(fragment: JsonRecord, host: number): void {
    if (isNodeId(fragment.id)) this.hosts.set(nodeId(fragment.id), host);
    this.noteAdopted(fragment, host);
  }

  private noteAdopted({ adoptedStyleSheets }: JsonRecord, id: number): void {
    const sheets = listOf(adoptedStyleSheets).filter(isRecord);
    if (sheets.length === 0) return;
    const texts = (value: unknown): string[] => listOf(value).filter((text) => typeof text === 'string');
    this.adopted.push(
      adoptSheets(
        id,
        sheets.map((sheet) => {
          const rules = {
            rules: texts(sheet.cssRules),
            media: texts(sheet.media),
            isDisabled: sheet.disabled === true,
          };
          return { styleId: ++this.lastSheet, rules: effectiveRules(rules) };
        }),
      ),
    );
  }

  private readChildren(node: JsonRecord, isShadow: boolean, id: number): RrwebNode[] {
    return listOf(node.childNodes).flatMap((child) => {
      if (isRecord(child) && child.type === documentFragment) {
        this.noteRoot(child, id);
        return this.readChildren(child, true, id);
      }
      return this.readNode(child, isShadow) ?? [];
    });
  }

  private readNode(node: unknown, isShadow: boolean): RrwebNode | undefined {
    if (!isRecord(node) || !isNodeId(node.id)) return undefined;
    const id = nodeId(node.id);
    const mark = isShadow ? { isShadow: true } : {};
    switch (node.type) {
      case NodeType.Document:
        this.noteAdopted(node, id);
        return { id, type: NodeType.Document, childNodes: this.readChildren(node, false, id) };
      case NodeType.DocumentType:
      case NodeType.Text:
        return { ...node, id, type: node.type, ...mark };
      case NodeType.CDATA:
        return { id, type: NodeType.CDATA, textContent: '', ...mark };
      case NodeType.Element: {
        const isHost = listOf(node.childNodes).some((child) => isRecord(child) && child.type === documentFragment);
        return {
          ...node,
          id,
          type: NodeType.Element,
          attributes: isRecord(node.attributes) ? node.attributes : {},
          childNodes: this.readChildren(node, false, id),
          ...(isHost && { isShadowHost: true }),
          ...mark,
        };
      }
      default:
        return undefined;
    }
  }
}

/** Adds a tree to a list of additions of single nodes, parents first and siblings from the last to the first, as rrweb applies them. */
export function flatten(node: RrwebNode, parentId: number, nextId: number | null, added: JsonRecord[]): void {
  const { childNodes, ...own } = node;
  added.push({ parentId, nextId, node: childNodes ? { ...own, childNodes: [] } : own });
  let next: number | null = null;
  let isShadow: unknown;
  for (const child of [...(childNodes ?? [])].reverse()) {
    // The shadow children and the others are two lists.
    if (child.isShadow !== isShadow) next = null;
    flatten(child, node.id, next, added);
    next = child.id;
    isShadow = child.isShadow;
  }
}
