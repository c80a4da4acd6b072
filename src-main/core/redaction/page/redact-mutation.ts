import type { RecordedEvent } from '../../../contract/recorded-event';
import type { ModelNode } from '../../recording/model/dom-model';
import { IncrementalSource, NodeType } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { Kit } from '../redaction-context';
import { holdsProposals, isMeter, isStateClass } from './private-shapes';
import { redactAttribute, redactStyleChange, type AttributeOwner } from './redact-attribute';
import { redactNode } from './redact-node';
import { redactText } from './redact-text';
import { rewrite, type Lists } from './rewrite';
import { placeUnder } from './text-context';

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
export function redactMutation(event: RecordedEvent, data: JsonRecord, kit: Kit): JsonRecord | undefined {
  const { page } = kit;
  for (const field of Object.keys(data)) if (!knownFields.has(field)) kit.tally.dropUnknown('field', 'field');
  const [texts, changes, adds] = [listOf(data.texts), listOf(data.attributes), listOf(data.adds)];
  const quiet = uncounted(kit);
  const textsBefore = texts.map((text) => textNow(text, quiet));
  const attributesBefore = changes.map((change) => attributesNow(change, quiet));
  const statesBefore = changes.map((change) => showsState(nodeOf(change, kit)));
  const editorsBefore = new Set(
    changes.map((change) => nodeOf(change, kit)).filter((node) => node && page.wasEditor(node)),
  );
  const { removes, leaving } = redactRemoves(data, kit);
  page.model.apply(event);

  const added = adds.flatMap((add) => (isRecord(add) ? (nodeOf(add.node, kit) ?? []) : []));
  const changed = changes.flatMap((change) => nodeOf(change, kit) ?? []);
  const risen = [
    ...page.regions.riseAfter(changed),
    ...page.blockAround(added),
    ...changed.filter((node) => page.isClosedEditor(node) && !editorsBefore.has(node)),
  ];
  const fresh = new Set(added.map(({ id }) => id).filter((id) => !leaving.has(id)));
  const lists = rewrite(
    risen.filter((node) => page.isSent(node)),
    fresh,
    kit,
  );
  lists.removes.unshift(...removes);
  texts.forEach((text, index) => push(lists.texts, redactTextChange(text, textsBefore[index], kit)));
  changes.forEach((change, index) =>
    push(lists.attributes, redactAttributeChange(change, attributesBefore[index], statesBefore[index] === true, kit)),
  );
  for (const add of adds) push(lists.adds, redactAdd(add, leaving, lists, kit));
  readTogether([...texts.flatMap((text) => nodeOf(text, kit) ?? []), ...added], lists, kit);
  if (Object.values(lists).every((list: JsonRecord[]) => list.length === 0)) return undefined;
  const { texts: t, attributes, removes: r, adds: a } = lists;
  const isAttachIframe = data.isAttachIframe === true ? { isAttachIframe: true } : {};
  return { source: IncrementalSource.Mutation, texts: t, attributes, removes: r, adds: a, ...isAttachIframe };
}

function push(list: JsonRecord[], item: JsonRecord | undefined): void {
  if (item) list.push(item);
}

/** The node of the page that a part of a mutation speaks of. */
function nodeOf(part: unknown, kit: Kit): ModelNode | undefined {
  return isRecord(part) && isNodeId(part.id) ? kit.page.model.get(part.id) : undefined;
}

/** Counting happens when a change is written, not when what was there before is looked at. */
function uncounted(kit: Kit): Kit {
  return { ...kit, tally: kit.silent };
}

function textNow(text: unknown, kit: Kit): string | undefined {
  const node = nodeOf(text, kit);
  if (!node) return undefined;
  const place = placeUnder(node.parent, kit);
  if ((place.region === 'open' || kit.readsTogether) && place.context === 'words') return kit.page.written.get(node);
  return redactText(node.text, place, kit, node);
}

function ownerOf(node: ModelNode | undefined, kit: Kit): AttributeOwner {
  const region = node ? kit.page.regions.inside(node) : 'masked';
  return { tag: node?.tag ?? '', attribute: (name) => node?.attributes.get(name), region, node };
}

function attributesNow(change: unknown, kit: Kit): Map<string, unknown> {
  const before = new Map<string, unknown>();
  if (!isRecord(change) || !isRecord(change.attributes)) return before;
  const owner = ownerOf(nodeOf(change, kit), kit);
  for (const name of Object.keys(change.attributes)) {
    const value = owner.attribute(name);
    if (name === 'style' || value === undefined) continue;
    for (const [written, text] of redactAttribute(name, value, owner, kit)) before.set(written, text);
  }
  return before;
}

/** Is this left as it was written, since it changes with what is being typed, or wasn't written at all? */
function isFrozen(node: ModelNode | undefined, kit: Kit): boolean {
  const { page } = kit;
  if (!node) return false;
  if (!page.isSent(node)) {
    const editor = page.editorAround(node.parent);
    if (editor) page.visits.note(editor, undefined);
    return true;
  }
  return kit.closes('surroundings') && page.visits.isAround(node);
}

function redactTextChange(text: unknown, before: string | undefined, kit: Kit): JsonRecord | undefined {
  if (!isRecord(text) || !isNodeId(text.id) || (typeof text.value !== 'string' && text.value !== null)) {
    kit.tally.drop('node');
    return undefined;
  }
  const node = nodeOf(text, kit);
  if (isFrozen(node, kit)) return repeat(kit);
  const value = redactText(text.value ?? '', placeUnder(node?.parent, kit), kit, node);
  if (value === before) return repeat(kit);
  if (kit.closes('mirrored-values') && node?.parent?.tag === 'textarea' && value !== '') {
    kit.page.visits.note(node.parent, undefined);
    return repeat(kit);
  }
  return { id: text.id, value };
}

function repeat(kit: Kit): undefined {
  kit.tally.drop('repeat');
  return undefined;
}

function redactAttributeChange(
  change: unknown,
  before: ReadonlyMap<string, unknown> | undefined,
  showedState: boolean,
  kit: Kit,
): JsonRecord | undefined {
  if (!isRecord(change) || !isNodeId(change.id) || !isRecord(change.attributes)) {
    kit.tally.drop('node');
    return undefined;
  }
  const node = nodeOf(change, kit);
  const owner = ownerOf(node, kit);
  if (isFrozen(node, kit) || owner.region === 'excluded' || (kit.closes('meters') && isMeter(node))) return repeat(kit);
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(change.attributes)) {
    // That and when a state shows for the first time says as much as which one it is.
    if (name === 'class' && kit.closes('state-classes') && (showedState || showsState(node))) continue;
    // How a masked element looks can say what is in it.
    if (owner.region === 'masked' && node && (name === 'style' || name === 'class')) continue;
    if (name === 'style' && isRecord(value)) {
      const style = redactStyleChange(value, kit);
      if (style) attributes.style = style;
      continue;
    }
    for (const [written, text] of redactAttribute(name, value, owner, kit)) {
      if (before?.has(written) === true && before.get(written) === text) kit.tally.drop('repeat');
      else if (node && written === 'value' && isTyped(node, text, kit)) kit.page.visits.note(node, undefined);
      else attributes[written] = text;
    }
  }
  return Object.keys(attributes).length === 0 ? undefined : { id: change.id, attributes };
}

function showsState(node: ModelNode | undefined): boolean {
  return String(node?.attributes.get('class') ?? '')
    .split(/\s+/)
    .some(isStateClass);
}

function isTyped({ tag, attributes }: ModelNode, text: unknown, kit: Kit): boolean {
  if (!kit.closes('mirrored-values') || text === '' || text === null) return false;
  return (
    tag === 'textarea' || (tag === 'input' && !['submit', 'button', 'reset'].includes(String(attributes.get('type'))))
  );
}

/**
 * The removals of what was written, as things stand before the mutation; and where nodes were that it puts elsewhere without removing
 * them first, as some recorders do.
 */
function redactRemoves(data: JsonRecord, kit: Kit): { removes: JsonRecord[]; leaving: Map<number, number> } {
  const removes: JsonRecord[] = [];
  const gone = new Set<unknown>();
  for (const remove of listOf(data.removes)) {
    if (!isRecord(remove) || !isNodeId(remove.id) || !isNodeId(remove.parentId)) {
      kit.tally.drop('node');
      continue;
    }
    gone.add(remove.id);
    const node = nodeOf(remove, kit);
    const isLeftOut = isFrozen(node, kit);
    kit.page.unsent.delete(remove.id);
    if (isLeftOut) continue;
    removes.push({ parentId: remove.parentId, id: remove.id, ...(remove.isShadow === true && { isShadow: true }) });
  }
  const leaving = new Map<number, number>();
  for (const add of listOf(data.adds)) {
    const node = isRecord(add) ? nodeOf(add.node, kit) : undefined;
    if (node?.parent && !gone.has(node.id) && kit.page.isSent(node)) leaving.set(node.id, node.parent.id);
  }
  return { removes, leaving };
}

function redactAdd(
  add: unknown,
  leaving: ReadonlyMap<number, number>,
  { removes }: Lists,
  kit: Kit,
): JsonRecord | undefined {
  if (!isRecord(add) || !isNodeId(add.parentId) || !isRecord(add.node)) {
    kit.tally.drop('node');
    return undefined;
  }
  const { page } = kit;
  const parent = page.model.get(add.parentId);
  const live = nodeOf(add.node, kit);
  if (parent && isLeftOut(parent, live, kit)) {
    if (live) {
      const from = leaving.get(live.id);
      if (from !== undefined) removes.push({ parentId: from, id: live.id });
      page.unsent.add(live.id);
    }
    return repeat(kit);
  }
  const node = redactNode(add.node, placeUnder(parent, kit), kit);
  if (!node) return undefined;
  if (live) page.unsent.delete(live.id);
  const written: Record<string, unknown> = { parentId: add.parentId, nextId: nextOf(add, live, kit), node };
  if (isNodeId(add.previousId) && !page.unsent.has(add.previousId)) written.previousId = add.previousId;
  return written;
}

function isLeftOut(parent: ModelNode, live: ModelNode | undefined, kit: Kit): boolean {
  const { page } = kit;
  if (!page.holds(parent)) {
    const editor = page.editorAround(parent);
    if (editor) page.visits.note(editor, undefined);
    return true;
  }
  if (kit.closes('surroundings') && page.visits.isAround(parent)) return true;
  return kit.closes('proposals') && page.visits.current !== undefined && live !== undefined && holdsProposals(live);
}

/** The sibling before which a node goes, among those that were written. */
function nextOf({ nextId }: JsonRecord, live: ModelNode | undefined, { page }: Kit): number | null {
  if (!isNodeId(nextId)) return null;
  if (!page.unsent.has(nextId)) return nextId;
  const siblings = live?.parent?.children ?? [];
  const after = live ? siblings.slice(siblings.indexOf(live) + 1) : [];
  return after.find(({ id, type }) => !page.unsent.has(id) && type !== NodeType.DocumentType)?.id ?? null;
}

/**
 * What stands beside a changed text can make a value of what was none: those texts are written again. What a change takes a value from
 * stays as it is.
 */
function readTogether(touched: readonly ModelNode[], { texts, adds }: Lists, kit: Kit): void {
  const { page } = kit;
  let done: Set<unknown> | undefined;
  for (const node of touched) {
    const inline = node.type === NodeType.Text ? node : node.children.find(({ type }) => type === NodeType.Text);
    if (!inline || !(kit.readsTogether || page.regions.inside(inline.parent) === 'open')) continue;
    done ??= new Set<unknown>([
      ...texts.map(({ id }) => id),
      ...adds.map((add) => (isRecord(add.node) ? add.node.id : undefined)),
    ]);
    for (const neighbour of page.runs.neighbours(inline)) {
      const before = page.written.get(neighbour);
      if (before === undefined || done.has(neighbour.id) || !page.isSent(neighbour)) continue;
      done.add(neighbour.id);
      const value = redactText(neighbour.text, placeUnder(neighbour.parent, kit), kit, neighbour);
      if (value !== before) texts.push({ id: neighbour.id, value });
    }
  }
}
