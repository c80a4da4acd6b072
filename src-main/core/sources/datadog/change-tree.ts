import { EventType, IncrementalSource, NodeType } from '../../recording/events';
import { isFiniteNumber, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { adoptSheets, effectiveRules, incremental, nodeId, type ConvertedEvent, type RrwebNode } from './rrweb-event';
import { flatten } from './snapshot-v1';

/** A node of the recorded page. A shadow root is a child of its host, before the other children. */
interface TreeNode {
  id: number;
  name: string;
  parent: TreeNode | undefined;
  children: TreeNode[];
  attributes: Map<string, string>;
  text: string;
  /** The public and system identifiers of a document type. */
  identifiers: readonly string[];
  depth: number;
  /** Added by the current record. */
  isNew: boolean;
}

type Sheet = Parameters<typeof effectiveRules>[0];

/** The numbers of the changes (browser-sdk b2344e74, packages/browser-rum/src/types/sessionReplayConstants.ts). */
const changes = {
  addString: 0,
  addNode: 1,
  removeNode: 2,
  attribute: 3,
  text: 4,
  size: 5,
  scroll: 6,
  addSheet: 7,
  attachSheets: 8,
  media: 9,
  visualViewport: 10,
  addRoleStrings: 11,
  inputValue: 12,
  inputSelection: 13,
} as const;

/** Browsers limit the depth of a page to a few hundred. */
const deepest = 1000;

class BadChange extends Error {}

/**
 * Converts snapshots and mutations in the newer format: a list of changes to a tree, whose nodes, strings and style sheets are numbered in
 * the order in which they appear since the last full snapshot (DataDog/rum-events-format e18f1d3b, schemas/session-replay/browser/changes).
 */
export class ChangeTree {
  private nodes = new Map<number, TreeNode>();
  private nextNode = 0;
  private strings: string[] = [];
  private sheets: Sheet[] = [];
  private root: TreeNode | undefined;
  /** The nodes that the current record adds. */
  private fresh: TreeNode[] = [];
  private removes: JsonRecord[] = [];
  private attributes = new Map<number, Record<string, string | null>>();
  private texts = new Map<number, string>();
  private adopted = new Map<number, number[]>();
  private scrolls = new Map<number, { x: number; y: number }>();
  private later: ConvertedEvent[] = [];

  /** Returns undefined if the changes give no page. */
  readFull(data: unknown): ConvertedEvent[] | undefined {
    this.nodes = new Map();
    this.nextNode = 0;
    this.strings = [];
    this.sheets = [];
    this.root = undefined;
    if (!this.apply(data)) return undefined;
    const root = this.rootOf();
    if (!root) return undefined;
    const { x: left = 0, y: top = 0 } = this.scrolls.get(root.id) ?? {};
    for (const [id, { x, y }] of this.scrolls) {
      const node = this.nodes.get(id);
      if (x !== 0) node?.attributes.set('rr_scrollLeft', String(x));
      if (y !== 0) node?.attributes.set('rr_scrollTop', String(y));
    }
    const node = toRrweb(root);
    this.settle();
    const snapshot = { type: EventType.FullSnapshot, data: { node, initialOffset: { left, top } } };
    return [snapshot, ...this.adoptions()];
  }

  /** Returns undefined for changes that don't fit the page. */
  readChanges(data: unknown): ConvertedEvent[] | undefined {
    if (!this.root || !this.apply(data)) return undefined;
    const adds = this.additions();
    this.settle();
    const attributes = [...this.attributes].map(([id, values]) => ({ id: nodeId(id), attributes: values }));
    const texts = [...this.texts].map(([id, value]) => ({ id: nodeId(id), value }));
    const { removes } = this;
    const isChanged = [adds, removes, attributes, texts].some(({ length }) => length > 0);
    const scrolls = [...this.scrolls].map(([id, at]) =>
      incremental(IncrementalSource.Scroll, { id: nodeId(id), ...at }),
    );
    return [
      ...(isChanged ? [incremental(IncrementalSource.Mutation, { adds, removes, attributes, texts })] : []),
      ...this.adoptions(),
      ...scrolls,
      ...this.later,
    ];
  }

  private rootOf(): TreeNode | undefined {
    return this.root;
  }

  private settle(): void {
    for (const node of this.fresh) node.isNew = false;
  }

  /** Applies the changes in order. Returns false if one of them doesn't fit; those before it stay applied. */
  private apply(data: unknown): boolean {
    this.fresh = [];
    this.removes = [];
    this.attributes = new Map();
    this.texts = new Map();
    this.adopted = new Map();
    this.scrolls = new Map();
    this.later = [];
    if (!Array.isArray(data)) return false;
    try {
      for (const change of data as unknown[]) {
        const [kind, ...items] = listOf(change);
        if (!isFiniteNumber(kind)) throw new BadChange();
        this.applyOne(kind, items);
      }
      return true;
    } catch (error) {
      if (error instanceof BadChange) return false;
      throw error;
    }
  }

  private applyOne(kind: number, items: readonly unknown[]): void {
    const each = (read: (item: readonly unknown[]) => void): void => items.forEach((item) => read(listOf(item)));
    switch (kind) {
      case changes.addString:
        return items.forEach((text) => this.addString(text));
      case changes.addRoleStrings:
        return items.slice(1).forEach((text) => this.addString(text));
      case changes.addNode:
        return each((item) => this.addNode(item));
      case changes.removeNode:
        return items.forEach((id) => this.removeNode(id));
      case changes.attribute:
        return each(([id, ...values]) => this.changeAttributes(this.nodeOf(id), values));
      case changes.text:
        return each(([id, value]) => this.changeText(this.nodeOf(id), this.stringOf(value)));
      case changes.size:
        return each(([id, width, height]) => {
          const node = this.nodeOf(id);
          this.setAttribute(node, 'rr_width', `${numberOf(width)}px`);
          this.setAttribute(node, 'rr_height', `${numberOf(height)}px`);
        });
      case changes.scroll:
        return each(([id, x, y]) => void this.scrolls.set(this.nodeOf(id).id, { x: numberOf(x), y: numberOf(y) }));
      case changes.addSheet:
        return each((item) => this.addSheet(item));
      case changes.attachSheets:
        return each(([id, ...sheets]) => this.attachSheets(this.nodeOf(id), sheets.map(numberOf)));
      case changes.media:
        return each(([id, state]) => this.changeMedia(this.nodeOf(id), numberOf(state)));
      case changes.inputValue:
        return each(([id, value]) => this.changeValue(this.nodeOf(id), this.stringOf(value)));
      case changes.inputSelection:
        return each(([state, ...ids]) => ids.forEach((id) => this.select(this.nodeOf(id), state === 0)));
      // Zooming with two fingers has no event in rrweb.
      case changes.visualViewport:
        return;
      default:
        throw new BadChange();
    }
  }

  private addString(text: unknown): void {
    if (typeof text !== 'string') throw new BadChange();
    this.strings.push(text);
  }

  private stringOf(value: unknown): string {
    const text = typeof value === 'number' ? this.strings[value] : isRecord(value) ? value.string : value;
    if (typeof text !== 'string') throw new BadChange();
    return text;
  }

  private nodeOf(id: unknown): TreeNode {
    const node = typeof id === 'number' ? this.nodes.get(id) : undefined;
    if (!node) throw new BadChange();
    return node;
  }

  private addNode([point, name, ...values]: readonly unknown[]): void {
    const id = this.nextNode++;
    const node: TreeNode = {
      id,
      name: this.stringOf(name),
      parent: undefined,
      children: [],
      attributes: new Map(),
      text: '',
      identifiers: [],
      depth: 0,
      isNew: true,
    };
    if (node.name === '#text') node.text = this.stringOf(values[0]);
    else if (node.name === '#doctype') node.identifiers = values.map((value) => this.stringOf(value));
    else if (!node.name.startsWith('#')) this.changeAttributes(node, values);
    this.insert(node, point);
    this.nodes.set(id, node);
    this.fresh.push(node);
  }

  /** `null`: the root; N: the last child of the node N before; 0: after the node before; -N: before the node N before. */
  private insert(node: TreeNode, point: unknown): void {
    if (point === null) {
      if (node.name !== '#document' || this.root) throw new BadChange();
      this.root = node;
      return;
    }
    const sibling =
      point === 0 ? this.nodeOf(node.id - 1) : numberOf(point) < 0 ? this.nodeOf(node.id + numberOf(point)) : undefined;
    const parent = sibling ? sibling.parent : this.nodeOf(node.id - numberOf(point));
    if (!parent) throw new BadChange();
    const at = sibling ? parent.children.indexOf(sibling) + (point === 0 ? 1 : 0) : parent.children.length;
    parent.children.splice(at, 0, node);
    node.parent = parent;
    node.depth = parent.depth + 1;
    if (node.depth > deepest) throw new BadChange();
  }

  private removeNode(id: unknown): void {
    const node = this.nodeOf(id);
    const { parent } = node;
    if (!parent) throw new BadChange();
    parent.children.splice(parent.children.indexOf(node), 1);
    if (!node.isNew && node.name !== '#shadow-root') {
      const isShadow = parent.name === '#shadow-root';
      this.removes.push({
        id: nodeId(node.id),
        parentId: nodeId(isShadow ? (parent.parent?.id ?? parent.id) : parent.id),
        ...(isShadow && { isShadow: true }),
      });
    }
    this.forget(node);
  }

  private forget(node: TreeNode): void {
    const left = [node];
    for (let next = left.pop(); next; next = left.pop()) {
      left.push(...next.children);
      this.nodes.delete(next.id);
      this.attributes.delete(next.id);
      this.texts.delete(next.id);
      this.scrolls.delete(next.id);
      this.adopted.delete(next.id);
    }
  }

  private changeAttributes(node: TreeNode, values: readonly unknown[]): void {
    for (const item of values) {
      const [name, ...rest] = listOf(item);
      this.setAttribute(node, this.stringOf(name), rest.length === 0 ? null : this.stringOf(rest[0]));
    }
  }

  private setAttribute(node: TreeNode, name: string, value: string | null): void {
    if (value === null) node.attributes.delete(name);
    else node.attributes.set(name, value);
    if (!node.isNew) this.attributes.set(node.id, { ...this.attributes.get(node.id), [name]: value });
  }

  private changeText(node: TreeNode, text: string): void {
    node.text = text;
    if (!node.isNew) this.texts.set(node.id, text);
  }

  private changeMedia(node: TreeNode, state: number): void {
    const isPlaying = state === 0;
    if (node.isNew) node.attributes.set('rr_mediaState', isPlaying ? 'played' : 'paused');
    else {
      const type = isPlaying ? 0 : 1;
      this.later.push(incremental(IncrementalSource.MediaInteraction, { id: nodeId(node.id), type }));
    }
  }

  private changeValue(node: TreeNode, text: string): void {
    if (node.isNew) node.attributes.set('value', text);
    else this.later.push(incremental(IncrementalSource.Input, { id: nodeId(node.id), text, isChecked: false }));
  }

  private select(node: TreeNode, isSelected: boolean): void {
    if (node.name.toLowerCase() === 'option' || node.isNew) {
      const name = node.name.toLowerCase() === 'option' ? 'selected' : 'checked';
      return this.setAttribute(node, name, isSelected ? '' : null);
    }
    const text = node.attributes.get('value') ?? 'on';
    this.later.push(incremental(IncrementalSource.Input, { id: nodeId(node.id), text, isChecked: isSelected }));
  }

  private addSheet([rules, media, isDisabled]: readonly unknown[]): void {
    this.sheets.push({
      rules: (Array.isArray(rules) ? (rules as unknown[]) : [rules]).map((rule) => this.stringOf(rule)),
      media: listOf(media).map((item) => this.stringOf(item)),
      isDisabled: isDisabled === true,
    });
  }

  private attachSheets(node: TreeNode, ids: readonly number[]): void {
    if (ids.some((id) => !this.sheets[id])) throw new BadChange();
    if (node.name.startsWith('#')) {
      this.adopted.set(node.id, [...ids]);
      return;
    }
    const text = ids.flatMap((id) => this.rulesOf(id)).join('\n');
    this.setAttribute(node, '_cssText', text);
  }

  private rulesOf(id: number): string[] {
    const sheet = this.sheets[id];
    return sheet ? effectiveRules(sheet) : [];
  }

  private adoptions(): ConvertedEvent[] {
    return [...this.adopted].flatMap(([id, sheets]) => {
      const node = this.nodes.get(id);
      const owner = node?.name === '#shadow-root' ? node.parent : node;
      if (!owner) return [];
      return [
        adoptSheets(
          nodeId(owner.id),
          sheets.map((sheet) => ({ styleId: sheet + 1, rules: this.rulesOf(sheet) })),
        ),
      ];
    });
  }

  /** Returns the new nodes as rrweb adds them: parents first, siblings from the last to the first. */
  private additions(): JsonRecord[] {
    const added: JsonRecord[] = [];
    const parents = new Set<TreeNode>();
    for (const { id, parent } of this.fresh) {
      if (parent && !parent.isNew && this.nodes.has(id)) parents.add(parent);
    }
    for (const parent of parents) addChildren(parent, added);
    return added;
  }
}

/** Adds the new children of a node that the page has already. */
function addChildren(node: TreeNode, added: JsonRecord[]): void {
  const isRoot = node.name === '#shadow-root';
  const parentId = nodeId(isRoot ? (node.parent?.id ?? node.id) : node.id);
  let next: number | null = null;
  for (const child of [...node.children].reverse()) {
    if (child.name === '#shadow-root') {
      if (child.isNew) addChildren(child, added);
      continue;
    }
    if (child.isNew) {
      const tree = toRrweb(child);
      if (tree) flatten(isRoot ? { ...tree, isShadow: true } : tree, parentId, next, added);
    }
    next = nodeId(child.id);
  }
}

function numberOf(value: unknown): number {
  if (!isFiniteNumber(value)) throw new BadChange();
  return value;
}

/** Returns a node and everything below it as rrweb serializes them; undefined for one that rrweb doesn't have. */
function toRrweb(node: TreeNode): RrwebNode | undefined {
  const id = nodeId(node.id);
  switch (node.name) {
    case '#document':
      return { id, type: NodeType.Document, childNodes: childrenOf(node) };
    case '#doctype': {
      const [name = '', publicId = '', systemId = ''] = node.identifiers;
      return { id, type: NodeType.DocumentType, name, publicId, systemId };
    }
    case '#text':
      return { id, type: NodeType.Text, textContent: node.text };
    case '#cdata-section':
      return { id, type: NodeType.CDATA, textContent: '' };
    case '#document-fragment':
    case '#shadow-root':
      return undefined;
    default: {
      const isSVG = node.name.startsWith('svg>');
      return {
        id,
        type: NodeType.Element,
        tagName: node.name.replace(/^svg>/, '').toLowerCase(),
        attributes: Object.fromEntries(node.attributes),
        childNodes: childrenOf(node),
        ...(isSVG && { isSVG: true }),
        ...(node.children.some(({ name }) => name === '#shadow-root') && { isShadowHost: true }),
      };
    }
  }
}

function childrenOf(node: TreeNode): RrwebNode[] {
  const roots = node.children.filter(({ name }) => name === '#shadow-root');
  const others = node.children.filter(({ name }) => name !== '#shadow-root');
  const inShadow = roots.flatMap((root) => childrenOf(root)).map((child) => ({ ...child, isShadow: true }));
  return [...inShadow, ...others.flatMap((child) => toRrweb(child) ?? [])];
}
