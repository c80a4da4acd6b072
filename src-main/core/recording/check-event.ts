import { latestTime, type RecordedEvent } from '../../contract/recorded-event';
import { damageWords } from '../../contract/words/recording';
import { EventType, IncrementalSource, NodeType } from './events';
import { isFiniteNumber, isNodeId, isRecord, type JsonRecord } from './json';
import { isSerializedNode } from './model-node';

/** What is wrong with an event, in words to count it by; undefined for one on which the rest of the program can rely. */
export function findDamage({ type, data, timestamp }: RecordedEvent): string | undefined {
  if (!isFiniteNumber(timestamp) || timestamp < 0 || timestamp > latestTime) return damageWords.badTime;
  const check = typeChecks[type];
  if (!check) return damageWords.unknownKind;
  if (type === EventType.IncrementalSnapshot && isRecord(data) && !isKnownSource(data.source)) {
    return damageWords.unknownKind;
  }
  return check(data) ? undefined : damageWords.badShape;
}

type Check = (data: unknown) => boolean;

const typeChecks: Readonly<Record<number, Check>> = {
  [EventType.DomContentLoaded]: () => true,
  [EventType.Load]: () => true,
  [EventType.FullSnapshot]: (data) =>
    isRecord(data) && isRecord(data.node) && data.node.type === NodeType.Document && isWholeTree(data.node),
  [EventType.IncrementalSnapshot]: (data) => isRecord(data) && (sourceChecks[Number(data.source)]?.(data) ?? false),
  [EventType.Meta]: (data) => isRecord(data) && typeof data.href === 'string' && hasNumbers(data, 'width', 'height'),
  [EventType.Custom]: (data) => isRecord(data) && typeof data.tag === 'string',
  [EventType.Plugin]: (data) => isRecord(data) && typeof data.plugin === 'string',
  [EventType.Asset]: (data) => isRecord(data) && typeof data.url === 'string',
  [EventType.Annotation]: isRecord,
};

const isPointerPath = ({ positions }: JsonRecord): boolean =>
  Array.isArray(positions) &&
  positions.length > 0 &&
  positions.every(
    (position) => isRecord(position) && isNodeId(position.id) && hasNumbers(position, 'x', 'y', 'timeOffset'),
  );

/** Only what the model, the timeline and the Replayer read without asking; what else is in the data is theirs to doubt. */
const sourceChecks: Readonly<Record<number, (data: JsonRecord) => boolean>> = {
  [IncrementalSource.Mutation]: isMutation,
  [IncrementalSource.MouseMove]: isPointerPath,
  [IncrementalSource.TouchMove]: isPointerPath,
  [IncrementalSource.Drag]: isPointerPath,
  [IncrementalSource.MouseInteraction]: ({ type, id, x, y }) =>
    isNodeId(type) && isNodeId(id) && isAbsentOrNumber(x) && isAbsentOrNumber(y),
  [IncrementalSource.Scroll]: (data) => isNodeId(data.id) && hasNumbers(data, 'x', 'y'),
  [IncrementalSource.ViewportResize]: (data) => hasNumbers(data, 'width', 'height'),
  [IncrementalSource.Input]: ({ id, text, isChecked }) =>
    isNodeId(id) && typeof text === 'string' && typeof isChecked === 'boolean',
  [IncrementalSource.MediaInteraction]: ({ type, id }) => isNodeId(type) && isNodeId(id),
  [IncrementalSource.StyleSheetRule]: ({ adds, removes }) => isAbsentOrRecords(adds) && isAbsentOrRecords(removes),
  [IncrementalSource.CanvasMutation]: ({ id, commands }) => isNodeId(id) && isAbsentOrRecords(commands),
  [IncrementalSource.Font]: ({ family, fontSource }) => typeof family === 'string' && typeof fontSource === 'string',
  [IncrementalSource.Log]: () => true,
  [IncrementalSource.StyleDeclaration]: ({ index }) => isNodeId(index) || Array.isArray(index),
  [IncrementalSource.Selection]: ({ ranges }) => Array.isArray(ranges) && ranges.every(isRecord),
  [IncrementalSource.AdoptedStyleSheet]: ({ id, styles, styleIds }) =>
    isNodeId(id) && isAbsentOrRecords(styles) && Array.isArray(styleIds),
  [IncrementalSource.CustomElement]: ({ define }) => define === undefined || isRecord(define),
};

function isKnownSource(source: unknown): boolean {
  return typeof source === 'number' && Object.hasOwn(sourceChecks, source);
}

function isMutation({ texts, attributes, removes, adds }: JsonRecord): boolean {
  return (
    isListOf(removes, ({ id, parentId }) => isNodeId(id) && isNodeId(parentId)) &&
    isListOf(adds, ({ parentId, node }) => isNodeId(parentId) && isRecord(node) && isWholeTree(node)) &&
    isListOf(texts, ({ id, value }) => isNodeId(id) && (value === null || typeof value === 'string')) &&
    isListOf(attributes, ({ id, attributes: changes }) => isNodeId(id) && isRecord(changes))
  );
}

/** Every node of a serialized tree, checked without recursion. */
function isWholeTree(top: JsonRecord): boolean {
  const open: unknown[] = [top];
  while (open.length > 0) {
    const node = open.pop();
    if (!isSerializedNode(node) || !hasOwnParts(node)) return false;
    const { childNodes } = node;
    if (childNodes === undefined) continue;
    if (!Array.isArray(childNodes)) return false;
    // One by one: a list of children can be longer than a call's arguments.
    for (const child of childNodes as unknown[]) open.push(child);
  }
  return true;
}

function hasOwnParts(node: JsonRecord): boolean {
  switch (node.type) {
    case NodeType.Element:
      return typeof node.tagName === 'string' && isRecord(node.attributes) && Array.isArray(node.childNodes);
    case NodeType.Document:
      return Array.isArray(node.childNodes);
    case NodeType.DocumentType:
      return typeof node.name === 'string';
    default:
      return typeof node.textContent === 'string' || node.textContent === null || node.textContent === undefined;
  }
}

function hasNumbers(data: JsonRecord, ...names: string[]): boolean {
  return names.every((name) => isFiniteNumber(data[name]));
}

function isAbsentOrNumber(value: unknown): boolean {
  return value === undefined || value === null || isFiniteNumber(value);
}

function isAbsentOrRecords(value: unknown): boolean {
  return value === undefined || value === null || isListOf(value, () => true);
}

function isListOf(value: unknown, check: (item: JsonRecord) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isRecord(item) && check(item));
}
