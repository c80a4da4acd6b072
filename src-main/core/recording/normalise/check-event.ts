import { latestTime, type RecordedEvent } from '../../../contract/recorded-event';
import { damageWords } from '../../../contract/words/recording';
import { EventType, IncrementalSource, NodeType } from '../events';
import { isFiniteNumber, isNodeId, isRecord, type JsonRecord } from '../json';
import { isSerializedNode } from '../model/model-node';

/**
 * Returns the defect of an event as words that group equal defects; undefined for an event that the rest of the program can rely on. It
 * runs for every event of every recording, so it doesn't allocate objects.
 */
export function findDamage({ type, data, timestamp }: RecordedEvent): string | undefined {
  if (!isFiniteNumber(timestamp) || timestamp < 0 || timestamp > latestTime) return damageWords.badTime;
  let isWhole: boolean;
  switch (type) {
    case EventType.DomContentLoaded:
    case EventType.Load:
      return undefined;
    case EventType.IncrementalSnapshot:
      if (isRecord(data)) return findSourceDamage(data);
      isWhole = false;
      break;
    case EventType.FullSnapshot:
      isWhole = isRecord(data) && isRecord(data.node) && data.node.type === NodeType.Document && isWholeTree(data.node);
      break;
    case EventType.Meta:
      isWhole =
        isRecord(data) && typeof data.href === 'string' && isFiniteNumber(data.width) && isFiniteNumber(data.height);
      break;
    case EventType.Custom:
      isWhole = isRecord(data) && typeof data.tag === 'string';
      break;
    case EventType.Plugin:
      isWhole = isRecord(data) && typeof data.plugin === 'string';
      break;
    case EventType.Asset:
      isWhole = isRecord(data) && typeof data.url === 'string';
      break;
    case EventType.Annotation:
      isWhole = isRecord(data);
      break;
    default:
      return damageWords.unknownKind;
  }
  return isWhole ? undefined : damageWords.badShape;
}

function findSourceDamage(data: JsonRecord): string | undefined {
  const isWhole = isWholeSource(data);
  if (isWhole === undefined) return damageWords.unknownKind;
  return isWhole ? undefined : damageWords.badShape;
}

/** Checks only the fields that the model, the timeline and the Replayer read unchecked. They check all other fields themselves. */
function isWholeSource(data: JsonRecord): boolean | undefined {
  switch (data.source) {
    case IncrementalSource.Mutation:
      return isMutation(data);
    case IncrementalSource.MouseMove:
    case IncrementalSource.TouchMove:
    case IncrementalSource.Drag:
      return isPointerPath(data.positions);
    case IncrementalSource.MouseInteraction:
      return isNodeId(data.type) && isNodeId(data.id) && isAbsentOrNumber(data.x) && isAbsentOrNumber(data.y);
    case IncrementalSource.Scroll:
      return isNodeId(data.id) && isFiniteNumber(data.x) && isFiniteNumber(data.y);
    case IncrementalSource.ViewportResize:
      return isFiniteNumber(data.width) && isFiniteNumber(data.height);
    case IncrementalSource.Input:
      return isNodeId(data.id) && typeof data.text === 'string' && typeof data.isChecked === 'boolean';
    case IncrementalSource.MediaInteraction:
      return isNodeId(data.type) && isNodeId(data.id);
    case IncrementalSource.StyleSheetRule:
      return isAbsentOrRecords(data.adds) && isAbsentOrRecords(data.removes);
    case IncrementalSource.CanvasMutation:
      return isNodeId(data.id) && isAbsentOrRecords(data.commands);
    case IncrementalSource.Font:
      return typeof data.family === 'string' && typeof data.fontSource === 'string';
    case IncrementalSource.Log:
      return true;
    case IncrementalSource.StyleDeclaration:
      return isNodeId(data.index) || Array.isArray(data.index);
    case IncrementalSource.Selection:
      return Array.isArray(data.ranges) && isAbsentOrRecords(data.ranges);
    case IncrementalSource.AdoptedStyleSheet:
      return isNodeId(data.id) && isAbsentOrRecords(data.styles) && Array.isArray(data.styleIds);
    case IncrementalSource.CustomElement:
      return data.define === undefined || isRecord(data.define);
    default:
      return undefined;
  }
}

function isPointerPath(positions: unknown): boolean {
  if (!Array.isArray(positions) || positions.length === 0) return false;
  for (const position of positions as unknown[]) {
    if (!isRecord(position) || !isNodeId(position.id) || !isFiniteNumber(position.x)) return false;
    if (!isFiniteNumber(position.y) || !isFiniteNumber(position.timeOffset)) return false;
  }
  return true;
}

function isMutation({ texts, attributes, removes, adds }: JsonRecord): boolean {
  if (!Array.isArray(removes) || !Array.isArray(adds) || !Array.isArray(texts) || !Array.isArray(attributes)) {
    return false;
  }
  for (const removed of removes as unknown[]) {
    if (!isRecord(removed) || !isNodeId(removed.id) || !isNodeId(removed.parentId)) return false;
  }
  for (const added of adds as unknown[]) {
    if (!isRecord(added) || !isNodeId(added.parentId) || !isRecord(added.node) || !isWholeTree(added.node))
      return false;
  }
  for (const text of texts as unknown[]) {
    if (!isRecord(text) || !isNodeId(text.id)) return false;
    if (text.value !== null && typeof text.value !== 'string') return false;
  }
  for (const change of attributes as unknown[]) {
    if (!isRecord(change) || !isNodeId(change.id) || !isRecord(change.attributes)) return false;
  }
  return true;
}

/** Checks every node of a serialized tree without recursion. */
function isWholeTree(top: JsonRecord): boolean {
  const { childNodes: children } = top;
  if (children === undefined || (Array.isArray(children) && children.length === 0)) return isWholeNode(top);
  const open: unknown[] = [top];
  while (open.length > 0) {
    const node = open.pop();
    if (!isWholeNode(node)) return false;
    const { childNodes } = node;
    if (childNodes === undefined) continue;
    if (!Array.isArray(childNodes)) return false;
    // Pushed one by one, because a list of children can exceed the limit of arguments.
    for (const child of childNodes as unknown[]) open.push(child);
  }
  return true;
}

function isWholeNode(node: unknown): node is JsonRecord {
  if (!isSerializedNode(node)) return false;
  switch (node.type) {
    case NodeType.Element:
      return typeof node.tagName === 'string' && isRecord(node.attributes) && Array.isArray(node.childNodes);
    case NodeType.Document:
      return Array.isArray(node.childNodes);
    case NodeType.DocumentType:
      return typeof node.name === 'string';
    case NodeType.Text:
    case NodeType.CDATA:
    case NodeType.Comment:
      return typeof node.textContent === 'string' || node.textContent === null || node.textContent === undefined;
  }
}

function isAbsentOrNumber(value: unknown): boolean {
  return value === undefined || value === null || isFiniteNumber(value);
}

function isAbsentOrRecords(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (!Array.isArray(value)) return false;
  for (const item of value as unknown[]) if (!isRecord(item)) return false;
  return true;
}
