import type { RecordedEvent } from '../../../contract/recorded-event';
import type { DomModel } from '../../recording/dom-model';
import { IncrementalSource } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { Kit } from '../kit';
import { redactAttribute, redactStyleChange, type AttributeOwner } from './redact-attribute';
import { redactNode } from './redact-node';
import { redactText } from './redact-text';
import { contextUnder } from './text-context';

const knownFields: ReadonlySet<string> = new Set([
  'source',
  'texts',
  'attributes',
  'removes',
  'adds',
  'isAttachIframe',
]);

/**
 * Writes a mutation anew and applies the original to the model. Changes that look the same as before once redacted are left out,
 * so that a mirrored input doesn't count its keystrokes; a mutation of which nothing is left is left out whole.
 */
export function redactMutation(
  event: RecordedEvent,
  data: JsonRecord,
  model: DomModel,
  kit: Kit,
): JsonRecord | undefined {
  for (const field of Object.keys(data)) if (!knownFields.has(field)) kit.tally.drop('field');
  const textsBefore = listOf(data.texts).map((text) => textNow(text, model, kit));
  const attributesBefore = listOf(data.attributes).map((change) => attributesNow(change, model, kit));
  model.apply(event);
  const mutation = {
    texts: listOf(data.texts).flatMap((text, index) => redactTextChange(text, textsBefore[index], model, kit) ?? []),
    attributes: listOf(data.attributes).flatMap(
      (change, index) => redactAttributeChange(change, attributesBefore[index], model, kit) ?? [],
    ),
    removes: listOf(data.removes).flatMap((remove) => redactRemove(remove, kit) ?? []),
    adds: listOf(data.adds).flatMap((add) => redactAdd(add, model, kit) ?? []),
  };
  if (Object.values(mutation).every((list) => list.length === 0)) return undefined;
  const isAttachIframe = data.isAttachIframe === true ? { isAttachIframe: true } : {};
  return { source: IncrementalSource.Mutation, ...mutation, ...isAttachIframe };
}

/** Counting happens when a change is written, not when what was there before is looked at. */
function uncounted(kit: Kit): Kit {
  return { ...kit, tally: kit.silent };
}

function textNow(text: unknown, model: DomModel, kit: Kit): string | undefined {
  const node = isRecord(text) && isNodeId(text.id) ? model.get(text.id) : undefined;
  return node && redactText(node.text, contextUnder(node.parent), uncounted(kit));
}

function ownerOf(id: number, model: DomModel): AttributeOwner {
  const node = model.get(id);
  return { tag: node?.tag ?? '', attribute: (name) => node?.attributes.get(name) };
}

function attributesNow(change: unknown, model: DomModel, kit: Kit): Map<string, unknown> {
  const before = new Map<string, unknown>();
  if (!isRecord(change) || !isNodeId(change.id) || !isRecord(change.attributes)) return before;
  const owner = ownerOf(change.id, model);
  for (const name of Object.keys(change.attributes)) {
    const value = owner.attribute(name);
    if (name === 'style' || value === undefined) continue;
    for (const [written, text] of redactAttribute(name, value, owner, uncounted(kit))) before.set(written, text);
  }
  return before;
}

function redactTextChange(
  text: unknown,
  before: string | undefined,
  model: DomModel,
  kit: Kit,
): JsonRecord | undefined {
  if (!isRecord(text) || !isNodeId(text.id) || (typeof text.value !== 'string' && text.value !== null)) {
    kit.tally.drop('node');
    return undefined;
  }
  const context = contextUnder(model.get(text.id)?.parent);
  const value = redactText(text.value ?? '', context, kit);
  if (value !== before) return { id: text.id, value };
  kit.tally.drop('repeat');
  return undefined;
}

function redactAttributeChange(
  change: unknown,
  before: ReadonlyMap<string, unknown> | undefined,
  model: DomModel,
  kit: Kit,
): JsonRecord | undefined {
  if (!isRecord(change) || !isNodeId(change.id) || !isRecord(change.attributes)) {
    kit.tally.drop('node');
    return undefined;
  }
  const owner = ownerOf(change.id, model);
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(change.attributes)) {
    if (name === 'style' && isRecord(value)) {
      const style = redactStyleChange(value, kit);
      if (style) attributes.style = style;
      continue;
    }
    for (const [written, text] of redactAttribute(name, value, owner, kit)) {
      if (before?.has(written) === true && before.get(written) === text) kit.tally.drop('repeat');
      else attributes[written] = text;
    }
  }
  return Object.keys(attributes).length === 0 ? undefined : { id: change.id, attributes };
}

function redactRemove(remove: unknown, kit: Kit): JsonRecord | undefined {
  if (!isRecord(remove) || !isNodeId(remove.id) || !isNodeId(remove.parentId)) {
    kit.tally.drop('node');
    return undefined;
  }
  const written = { parentId: remove.parentId, id: remove.id };
  return remove.isShadow === true ? { ...written, isShadow: true } : written;
}

function redactAdd(add: unknown, model: DomModel, kit: Kit): JsonRecord | undefined {
  if (!isRecord(add) || !isNodeId(add.parentId)) {
    kit.tally.drop('node');
    return undefined;
  }
  const node = redactNode(add.node, contextUnder(model.get(add.parentId)), kit);
  if (!node) return undefined;
  const written: Record<string, unknown> = {
    parentId: add.parentId,
    nextId: isNodeId(add.nextId) ? add.nextId : null,
    node,
  };
  if (isNodeId(add.previousId)) written.previousId = add.previousId;
  return written;
}
