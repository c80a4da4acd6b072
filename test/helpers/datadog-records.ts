import type { PlainEvent } from './demo-events';

/** A record of Datadog's recorder. */
export interface DatadogRecord {
  type: number;
  timestamp: number;
  data?: unknown;
  format?: number;
}

interface RrwebNode {
  id: number;
  type: number;
  tagName?: string;
  attributes?: Record<string, string | number | boolean | null>;
  textContent?: string;
  name?: string;
  publicId?: string;
  systemId?: string;
  childNodes?: RrwebNode[];
  isSVG?: boolean;
  isShadow?: boolean;
}

interface RrwebMutation {
  adds: { parentId: number; nextId: number | null; node: RrwebNode }[];
  removes: { id: number; parentId: number; isShadow?: boolean }[];
  attributes: { id: number; attributes: Record<string, string | Record<string, unknown> | null> }[];
  texts: { id: number; value: string | null }[];
}

interface Given {
  type: number;
  data: Record<string, unknown>;
  timestamp: number;
}

/** The recorder's own numbers for rrweb's sources, which are the same but for those it doesn't have. */
const commonSources = new Set([1, 2, 3, 4, 5, 6, 7, 8]);

/** Returns a recording of rrweb as Datadog's recorder would write it in the older format. */
export function toV1Records(events: readonly PlainEvent[]): DatadogRecord[] {
  let encoder = new V1Encoder();
  return (events as Given[]).flatMap(({ type, data, timestamp }): DatadogRecord[] => {
    if (type === 4) return [{ type, timestamp, data }];
    if (type === 2) {
      encoder = new V1Encoder();
      return [{ type, timestamp, format: 0, data: { ...data, node: encoder.node(data.node as RrwebNode) } }];
    }
    if (type !== 3) return [];
    if (data.source === 0) {
      return [{ type, timestamp, data: { source: 0, ...encoder.mutation(data as unknown as RrwebMutation) } }];
    }
    return commonSources.has(Number(data.source)) ? [{ type, timestamp, data: shiftData(data, (id) => id - 1) }] : [];
  });
}

/** Writes the root of a shadow tree as a node of its own, and numbers nodes from 0. */
class V1Encoder {
  private readonly roots = new Map<number, number>();

  node({ isShadow: _shadow, childNodes, ...node }: RrwebNode): RrwebNode {
    // The recorder has no comments.
    if (node.type === 5) return { id: node.id - 1, type: 3, textContent: '' };
    if (!childNodes) return { ...node, id: node.id - 1 };
    const inShadow = childNodes.filter((child) => child.isShadow);
    const others = childNodes.filter((child) => !child.isShadow).map((child) => this.node(child));
    const root = inShadow.length > 0 ? [this.root(node.id, inShadow)] : [];
    const { isShadowHost: _host, ...own } = node as RrwebNode & { isShadowHost?: boolean };
    return { ...own, id: node.id - 1, childNodes: [...root, ...others] };
  }

  mutation({ adds, removes, attributes, texts }: RrwebMutation): object {
    return {
      adds: adds.map(({ parentId, nextId, node }) => {
        const next = nextId === null ? null : nextId - 1;
        if (!node.isShadow) return { parentId: parentId - 1, nextId: next, node: this.node(node) };
        const root = this.roots.get(parentId);
        if (root !== undefined) return { parentId: root, nextId: next, node: this.node(node) };
        return { parentId: parentId - 1, nextId: null, node: this.root(parentId, [node]) };
      }),
      removes: removes.map(({ id, parentId, isShadow }) => ({
        id: id - 1,
        parentId: (isShadow && this.roots.get(parentId)) ?? parentId - 1,
      })),
      attributes: attributes.map((change) => ({ ...change, id: change.id - 1 })),
      texts: texts.map((change) => ({ ...change, id: change.id - 1 })),
    };
  }

  private root(host: number, children: readonly RrwebNode[]): RrwebNode {
    const id = 1_000_000 + host;
    this.roots.set(host, id);
    return { id, type: 11, isShadowRoot: true, childNodes: children.map((child) => this.node(child)) } as RrwebNode;
  }
}

function shiftData(data: Record<string, unknown>, toId: (id: number) => number): Record<string, unknown> {
  const shift = (item: Record<string, unknown>): Record<string, unknown> =>
    typeof item.id === 'number' ? { ...item, id: toId(item.id) } : item;
  const positions = data.positions as Record<string, unknown>[] | undefined;
  return { ...shift(data), ...(positions && { positions: positions.map(shift) }) };
}

/** Returns a recording of rrweb as Datadog's recorder would write it in the newer format, as changes to numbered nodes and strings. */
export function toChangeRecords(events: readonly PlainEvent[]): DatadogRecord[] {
  let encoder = new ChangeEncoder();
  return (events as Given[]).flatMap(({ type, data, timestamp }): DatadogRecord[] => {
    if (type === 4) return [{ type, timestamp, data }];
    if (type === 2) {
      encoder = new ChangeEncoder();
      return [{ type, timestamp, format: 1, data: encoder.snapshot(data.node as RrwebNode) }];
    }
    if (type !== 3) return [];
    if (data.source === 0) {
      return [{ type: 12, timestamp, data: encoder.mutation(data as unknown as RrwebMutation) }];
    }
    if (!commonSources.has(Number(data.source))) return [];
    return [{ type, timestamp, data: shiftData(data, (id) => encoder.idOf(id)) }];
  });
}

const shadowRoot = 11;

class ChangeEncoder {
  private readonly ids = new Map<number, number>();
  private readonly strings = new Map<string, number>();
  private readonly children = new Map<number, number[]>();
  private readonly parents = new Map<number, number>();
  private nextId = 0;
  private nextSheet = 0;
  private changes: unknown[][] = [];

  idOf(id: number): number {
    return this.ids.get(id) ?? -1;
  }

  snapshot(node: RrwebNode): unknown[] {
    this.changes = [];
    this.add(node, undefined, null);
    return this.changes;
  }

  mutation({ adds, removes, attributes, texts }: RrwebMutation): unknown[] {
    this.changes = [];
    for (const { id } of removes) if (this.ids.has(id)) this.remove(id);
    let left = adds;
    // rrweb applies additions when their neighbours are there.
    for (let count = -1; left.length !== count;) {
      count = left.length;
      left = left.filter(({ parentId, nextId, node }) => {
        if (!this.ids.has(parentId) || (nextId !== null && !this.ids.has(nextId))) return true;
        this.add(node, node.isShadow ? this.rootOf(parentId) : parentId, nextId);
        return false;
      });
    }
    for (const { id, value } of texts) {
      if (this.ids.has(id)) this.changes.push([4, [this.idOf(id), ...this.refer(value ?? '')]]);
    }
    for (const { id, attributes: values } of attributes) {
      if (!this.ids.has(id)) continue;
      const assigned = Object.entries(values).flatMap(([name, value]) => {
        if (value !== null && typeof value !== 'string') return [];
        return [value === null ? this.refer(name) : this.refer(name, value)];
      });
      this.changes.push([3, [this.idOf(id), ...assigned]]);
    }
    return this.changes;
  }

  private remove(id: number): void {
    this.changes.push([2, this.idOf(id)]);
    const siblings = this.children.get(this.parents.get(id) ?? -1);
    siblings?.splice(siblings.indexOf(id), 1);
    this.forget(id);
  }

  private forget(id: number): void {
    for (const child of this.children.get(id) ?? []) this.forget(child);
    this.ids.delete(id);
  }

  private add(node: RrwebNode, parent: number | undefined, next: number | null): void {
    const id = this.nextId++;
    this.ids.set(node.id, id);
    this.children.set(node.id, []);
    const siblings = parent === undefined ? [] : (this.children.get(parent) ?? []);
    const at = next === null ? siblings.length : siblings.indexOf(next);
    const before = siblings[at - 1];
    siblings.splice(at, 0, node.id);
    if (parent !== undefined) this.parents.set(node.id, parent);
    const isAfterPrevious = before !== undefined && this.ids.get(before) === id - 1;
    const point =
      parent === undefined ? null : isAfterPrevious ? 0 : next === null ? id - this.idOf(parent) : this.idOf(next) - id;
    this.changes.push([1, [point, ...this.describe(node)]]);
    const css = node.attributes?._cssText;
    if (typeof css === 'string') {
      this.changes.push([7, this.refer(css)], [8, [id, this.nextSheet++]]);
    }
    for (const child of node.childNodes ?? []) {
      this.add(child, child.isShadow ? this.rootOf(node.id) : node.id, null);
    }
  }

  /** Returns the number that stands for the shadow root of a host, and adds the root if it is missing. */
  private rootOf(host: number): number {
    const root = -host;
    if (!this.ids.has(root)) this.add({ id: root, type: shadowRoot }, host, null);
    return root;
  }

  private describe(node: RrwebNode): unknown[] {
    switch (node.type) {
      case 0:
        return this.refer('#document');
      case 1:
        return this.refer('#doctype', node.name ?? '', node.publicId ?? '', node.systemId ?? '');
      case 3:
        return this.refer('#text', node.textContent ?? '');
      case 2: {
        const name = `${node.isSVG === true ? 'svg>' : ''}${node.tagName?.toUpperCase()}`;
        const attributes = Object.entries(node.attributes ?? {}).filter(([key]) => key !== '_cssText');
        return [...this.refer(name), ...attributes.map(([key, value]) => this.refer(key, String(value)))];
      }
      // The recorder has no comments.
      case 5:
        return this.refer('#text', '');
      case shadowRoot:
        return this.refer('#shadow-root');
      default:
        return this.refer('#cdata-section');
    }
  }

  /** Adds strings to the table as the recorder does, every third one in place instead. */
  private refer(...texts: string[]): (number | string | { role: number; string: string })[] {
    return texts.map((text) => {
      const known = this.strings.get(text);
      if (known !== undefined) return known;
      if (text.length % 3 === 0) return text.length % 2 === 0 ? text : { role: 4, string: text };
      const id = this.strings.size;
      this.strings.set(text, id);
      this.changes.push([0, text]);
      return id;
    });
  }
}
