import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { EventType, IncrementalSource, NodeType } from '../../../src-main/core/recording/events';
import type { JsonRecord } from '../../../src-main/core/recording/json';
import { writeKeyframe } from '../../../src-main/core/recording/segments/keyframe';

/** Short notations for recorded nodes and events. */

export const element = (
  id: number,
  tagName: string,
  childNodes: object[] = [],
  more: Record<string, unknown> = {},
): object => ({ type: NodeType.Element, id, tagName, attributes: {}, childNodes, ...more });

export const text = (id: number, textContent: string, more: Record<string, unknown> = {}): object => ({
  type: NodeType.Text,
  id,
  textContent,
  ...more,
});

export const documentNode = (id: number, childNodes: object[]): object => ({ type: NodeType.Document, id, childNodes });

export const snapshot = (node: object, timestamp = 0): RecordedEvent => ({
  type: EventType.FullSnapshot,
  data: { node, initialOffset: { left: 0, top: 0 } },
  timestamp,
});

export const incremental = (source: IncrementalSource, data: object, timestamp = 0): RecordedEvent => ({
  type: EventType.IncrementalSnapshot,
  data: { source, ...data },
  timestamp,
});

export const mutation = (data: object, timestamp = 0): RecordedEvent =>
  incremental(IncrementalSource.Mutation, { adds: [], removes: [], texts: [], attributes: [], ...data }, timestamp);

export const add = (parentId: number, node: object, nextId: number | null = null): object =>
  mutation({ adds: [{ parentId, nextId, node }] });

/** A page whose body (id 3, in html, id 2, in document, id 1) holds the given nodes. */
export function pageOf(...nodes: object[]): DomModel {
  const model = new DomModel();
  model.apply({ type: EventType.Meta, data: { href: 'https://shop.example/', width: 800, height: 600 }, timestamp: 0 });
  model.apply(snapshot(documentNode(1, [element(2, 'html', [element(3, 'body', nodes)])])));
  return model;
}

export function applyAll(model: DomModel, ...events: readonly object[]): DomModel {
  for (const event of events) model.apply(event as RecordedEvent);
  return model;
}

export const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Creates a new model from another one's keyframe. */
export function throughKeyframe(model: DomModel, atMs = 0): DomModel {
  return applyAll(new DomModel(), ...copy(writeKeyframe(model, atMs)));
}

/** The data of a keyframe's incremental events of one source. */
export function writtenOf(model: DomModel, source: IncrementalSource, atMs = 0): JsonRecord[] {
  return copy(writeKeyframe(model, atMs))
    .map(({ data }) => data as JsonRecord)
    .filter((data) => data.source === source)
    .map(({ source: _source, ...data }) => data);
}

/** A node as a keyframe's full snapshot has it. */
export function writtenNode(model: DomModel, id: number): JsonRecord | undefined {
  const open = copy(writeKeyframe(model, 0)).flatMap(({ data }): JsonRecord[] => {
    const { node, adds } = data as { node?: JsonRecord; adds?: { node?: JsonRecord }[] };
    return [node, ...(adds ?? []).map((each) => each.node)].filter((each) => each !== undefined);
  });
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.id === id) return node;
    open.push(...((node.childNodes ?? []) as JsonRecord[]));
  }
  return undefined;
}
