import { NodeType } from '../events';
import { isNodeId, isRecord, type JsonRecord } from '../json';
import type { MediaState, NodeState, ScrollOffset } from './node-state';
import type { TextEntry } from './text-entry';

export type AttributeValue = string | number | boolean | null;

/** A node of the page, as readers of the model see it. */
export interface ModelNode {
  readonly id: number;
  readonly type: NodeType;
  /** Lower case; empty for nodes that aren't elements. */
  readonly tag: string;
  /** As recorded; changes to single properties of `style` are not applied (`readInlineStyle` includes them). */
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** Of text, comment and CDATA nodes. */
  readonly text: string;
  /** The parent of a shadow root's children and of an iframe's document is the host element. */
  readonly parent: ModelNode | undefined;
  /** In document order. They include the children of a shadow root, which have `isShadow`. */
  readonly children: readonly ModelNode[];
  /** The children as a linked list, for readers that visit many nodes: it exists without an array of its own. */
  readonly first: ModelNode | undefined;
  readonly next: ModelNode | undefined;
  readonly isShadow: boolean;
  /** The value of its last input event. */
  readonly value: string | undefined;
  readonly isChecked: boolean | undefined;
  /** Scroll offset of an element or a document after its last scroll event, CSS pixels. */
  readonly scroll: ScrollOffset | undefined;
  /** Of audio and video elements. */
  readonly media: MediaState | undefined;
  /** Returns one attribute without the map of all. */
  attribute(name: string): unknown;
}

/** Properties of a node, packed into one number because most nodes have none of them. */
export const NodeFlag = {
  shadow: 1,
  svg: 2,
  shadowHost: 4,
  custom: 8,
  blocked: 16,
  /** A text that the Replayer adapts as a style sheet. */
  styleText: 32,
  /** An element whose text is a style sheet. */
  sheet: 64,
  /** The attributes are no longer those of `source`. */
  ownAttributes: 128,
  /** For readers of visible text: `invisible` is only valid if `visibilityKnown` is set. */
  visibilityKnown: 256,
  invisible: 512,
  /** For the timeline: `notice` is only valid if `noticeKnown` is set. A change of the attributes clears it. */
  noticeKnown: 1024,
  notice: 2048,
} as const;

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

const noAttributes: ReadonlyMap<string, AttributeValue> = new Map();
const noSource: JsonRecord = {};

/**
 * The model's own view of a node. Siblings are a linked list, so inserting and removing a node takes constant time. The array of children
 * and the map of attributes are created on demand. Until an attribute changes, the recorded object holds them.
 */
export class LiveNode implements ModelNode {
  readonly id: number;
  readonly type: NodeType;
  readonly tag: string;
  /** As recorded. */
  readonly tagName: string;
  readonly rootId: number | undefined;
  flags: number;
  text: string;
  parent: LiveNode | undefined = undefined;
  previous: LiveNode | undefined = undefined;
  next: LiveNode | undefined = undefined;
  first: LiveNode | undefined = undefined;
  last: LiveNode | undefined = undefined;
  /** Recorded: an element's attributes, a document's or a document type's own fields. Never written to. */
  source: JsonRecord;
  /** The entry of a text that a watcher tracks. */
  shown: TextEntry | undefined = undefined;
  /** State that few nodes have. */
  state: NodeState<LiveNode> | undefined = undefined;
  private map: Map<string, AttributeValue> | undefined = undefined;
  private childList: readonly LiveNode[] | undefined = undefined;

  constructor(serialized: SerializedNode) {
    const { id, type, rootId } = serialized;
    this.id = id;
    this.type = type;
    this.rootId = isNodeId(rootId) ? rootId : undefined;
    this.tag = this.tagName = '';
    this.text = '';
    this.source = noSource;
    let flags = serialized.isShadow === true ? NodeFlag.shadow : 0;
    if (type === NodeType.Element) {
      const { tagName, attributes } = serialized;
      if (typeof tagName === 'string') {
        this.tagName = tagName;
        this.tag = tagName.toLowerCase();
      }
      if (isRecord(attributes)) this.source = attributes;
      flags |= elementFlags(serialized);
      if (this.tag === 'style' || this.tag === 'link') flags |= NodeFlag.sheet;
    } else if (type === NodeType.Document) {
      if (serialized.compatMode !== undefined) this.source = { compatMode: serialized.compatMode };
    } else if (type === NodeType.DocumentType) {
      this.source = serialized;
    } else {
      if (typeof serialized.textContent === 'string') this.text = serialized.textContent;
      if (serialized.isStyle === true) flags |= NodeFlag.styleText;
    }
    this.flags = flags;
  }

  get isShadow(): boolean {
    return (this.flags & NodeFlag.shadow) !== 0;
  }

  get attributes(): ReadonlyMap<string, AttributeValue> {
    return this.type === NodeType.Element ? this.attributeMap() : noAttributes;
  }

  get value(): string | undefined {
    return this.state?.value;
  }

  get isChecked(): boolean | undefined {
    return this.state?.isChecked;
  }

  get scroll(): ScrollOffset | undefined {
    return this.state?.scroll;
  }

  get media(): MediaState | undefined {
    return this.state?.media;
  }

  get children(): readonly LiveNode[] {
    if (!this.childList) {
      const list: LiveNode[] = [];
      for (let child = this.first; child; child = child.next) list.push(child);
      this.childList = list;
    }
    return this.childList;
  }

  attribute(name: string): unknown {
    if (this.map) return this.map.get(name);
    const value = this.source[name];
    // Most attributes that are asked for are absent. Names such as `constructor` are inherited.
    return value === undefined || !Object.hasOwn(this.source, name) ? undefined : value;
  }

  /** Returns whether anything changed. */
  setAttribute(name: string, value: AttributeValue): boolean {
    const map = this.attributeMap();
    if (map.get(name) === value) return false;
    map.set(name, value);
    this.noteOwnAttributes();
    return true;
  }

  removeAttribute(name: string): boolean {
    if (!this.attributeMap().delete(name)) return false;
    this.noteOwnAttributes();
    return true;
  }

  /** Replaces text and attributes with those of a serialized node. */
  describe(serialized: SerializedNode): void {
    this.text = typeof serialized.textContent === 'string' ? serialized.textContent : '';
    if (this.type === NodeType.Element)
      this.replaceSource(isRecord(serialized.attributes) ? serialized.attributes : noSource);
  }

  replaceSource(source: JsonRecord): void {
    this.source = source;
    this.map = undefined;
    this.flags &= ~(NodeFlag.ownAttributes | NodeFlag.noticeKnown);
  }

  /** Inserts a node that has no parent before the given child or at the end. */
  insert(child: LiveNode, before: LiveNode | undefined): void {
    child.parent = this;
    child.next = before;
    const previous = before ? before.previous : this.last;
    child.previous = previous;
    if (previous) previous.next = child;
    else this.first = child;
    if (before) before.previous = child;
    else this.last = child;
    this.childList = undefined;
  }

  /** Removes the node from its parent; it keeps its own children. */
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

  private noteOwnAttributes(): void {
    this.flags = (this.flags | NodeFlag.ownAttributes) & ~NodeFlag.noticeKnown;
  }

  private attributeMap(): Map<string, AttributeValue> {
    if (!this.map) {
      this.map = new Map();
      for (const name of Object.keys(this.source)) {
        const value = this.source[name];
        if (isAttributeValue(value)) this.map.set(name, value);
      }
    }
    return this.map;
  }
}

function elementFlags({ isSVG, isShadowHost, isCustom, needBlock }: JsonRecord): number {
  return (
    (isSVG === true ? NodeFlag.svg : 0) |
    (isShadowHost === true ? NodeFlag.shadowHost : 0) |
    (isCustom === true ? NodeFlag.custom : 0) |
    (needBlock === true ? NodeFlag.blocked : 0)
  );
}

function isAttributeValue(value: unknown): value is AttributeValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
