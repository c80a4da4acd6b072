import { NodeType } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { Kit } from '../kit';
import { knownPublicIds, nameTag } from './element-names';
import { redactAttribute } from './redact-attribute';
import { redactText } from './redact-text';
import { contextInside, type TextContext } from './text-context';

/** Browsers nest parsed pages 512 deep, and real ones stay far below; what lies deeper is dropped, well before the stack ends. */
const depthLimit = 512;

const knownFields: ReadonlySet<string> = new Set(
  `type id rootId isShadow isShadowHost tagName attributes childNodes isSVG needBlock isCustom textContent isStyle compatMode name publicId
  systemId`.split(/\s+/),
);

/** Writes a serialized node and all under it anew. `context` is that of the place where it stands. */
export function redactNode(node: unknown, context: TextContext, kit: Kit, depth = 0): JsonRecord | undefined {
  if (!isRecord(node) || !isNodeId(node.id) || depth > depthLimit) {
    kit.tally.drop('node');
    return undefined;
  }
  const own = redactOwn(node, node.id, context, kit, depth);
  if (!own) {
    kit.tally.drop('node');
    return undefined;
  }
  for (const field of Object.keys(node)) if (!knownFields.has(field)) kit.tally.drop('field');
  if (isNodeId(node.rootId)) own.rootId = node.rootId;
  if (node.isShadow === true) own.isShadow = true;
  if (node.isShadowHost === true) own.isShadowHost = true;
  return own;
}

function redactChildren(children: unknown, context: TextContext, kit: Kit, depth: number): JsonRecord[] {
  const written: JsonRecord[] = [];
  for (const child of listOf(children)) {
    const node = redactNode(child, context, kit, depth);
    if (node) written.push(node);
  }
  return written;
}

type Written = Record<string, unknown>;

function redactOwn(node: JsonRecord, id: number, context: TextContext, kit: Kit, depth: number): Written | undefined {
  const children = (inside: TextContext): JsonRecord[] => redactChildren(node.childNodes, inside, kit, depth + 1);
  switch (node.type) {
    case NodeType.Document: {
      const written: Written = { type: NodeType.Document, childNodes: children('words'), id };
      if (node.compatMode === 'BackCompat') written.compatMode = 'BackCompat';
      return written;
    }
    case NodeType.DocumentType: {
      const isKnown = typeof node.publicId === 'string' && knownPublicIds.has(node.publicId);
      return { type: NodeType.DocumentType, name: 'html', publicId: isKnown ? node.publicId : '', systemId: '', id };
    }
    case NodeType.Element:
      return redactElement(node, id, context, kit, children);
    case NodeType.Text: {
      const text = typeof node.textContent === 'string' ? node.textContent : '';
      const inside = node.isStyle === true ? 'style' : context;
      const written: Written = { type: NodeType.Text, textContent: redactText(text, inside, kit), id };
      if (node.isStyle === true) written.isStyle = true;
      return written;
    }
    case NodeType.CDATA:
    case NodeType.Comment:
      if (node.textContent !== '') kit.tally.drop('text');
      return { type: node.type, textContent: '', id };
    default:
      return undefined;
  }
}

function redactElement(
  node: JsonRecord,
  id: number,
  context: TextContext,
  kit: Kit,
  children: (inside: TextContext) => JsonRecord[],
): Written | undefined {
  if (typeof node.tagName !== 'string' || node.tagName === '') return undefined;
  const tag = node.tagName.toLowerCase();
  const given = isRecord(node.attributes) ? node.attributes : {};
  const owner = { tag, attribute: (name: string): unknown => (Object.hasOwn(given, name) ? given[name] : undefined) };
  const attributes: Written = {};
  for (const [name, value] of Object.entries(given)) {
    for (const [written, text] of redactAttribute(name, value, owner, kit))
      if (text !== null) attributes[written] = text;
  }
  const written: Written = {
    type: NodeType.Element,
    tagName: nameTag(tag, kit.names),
    attributes,
    childNodes: children(contextInside(context, tag, owner.attribute)),
    id,
  };
  if (node.isSVG === true) written.isSVG = true;
  if (node.needBlock === true) written.needBlock = true;
  if (node.isCustom === true && tag.includes('-')) written.isCustom = true;
  return written;
}
