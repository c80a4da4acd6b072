import { NodeType } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { ModelNode } from '../../recording/model/dom-model';
import type { RedactionContext } from '../redaction-context';
import { valueMask } from '../placeholders';
import { knownPublicIds, nameTag } from '../page/element-names';
import { withCanvasBox } from './canvas-box';
import { redactAttribute } from './redact-attribute';
import { redactText } from './redact-text';
import { textKindInside, type TextLocation } from './text-location';

/** Parsers of browsers limit the depth to 512, and real pages stay far below. Deeper nodes are dropped before the stack overflows. */
const depthLimit = 512;

const knownFields: ReadonlySet<string> = new Set(
  `type id rootId isShadow isShadowHost tagName attributes childNodes isSVG needBlock isCustom textContent isStyle compatMode name publicId
  systemId`.split(/\s+/),
);

/** Redacts a serialized node at `location` with all its descendants. The page model must contain the node already. */
export function redactNode(
  node: unknown,
  location: TextLocation,
  context: RedactionContext,
  depth = 0,
): JsonRecord | undefined {
  if (!isRecord(node) || !isNodeId(node.id) || depth > depthLimit) {
    context.counts.drop('node');
    return undefined;
  }
  const own = redactOwn(node, node.id, location, context, depth);
  if (!own) {
    context.counts.drop('node');
    return undefined;
  }
  for (const field of Object.keys(node)) if (!knownFields.has(field)) context.counts.dropUnknown('field', 'field');
  if (isNodeId(node.rootId)) own.rootId = node.rootId;
  if (node.isShadow === true) own.isShadow = true;
  if (node.isShadowHost === true) own.isShadowHost = true;
  return own;
}

function redactChildren(
  children: unknown,
  location: TextLocation,
  context: RedactionContext,
  depth: number,
): JsonRecord[] {
  const written: JsonRecord[] = [];
  for (const child of listOf(children)) {
    const node = redactNode(child, location, context, depth);
    if (node) written.push(node);
  }
  return written;
}

type NodeFields = Record<string, unknown>;

function redactOwn(
  node: JsonRecord,
  id: number,
  location: TextLocation,
  context: RedactionContext,
  depth: number,
): NodeFields | undefined {
  const children = (inside: TextLocation): JsonRecord[] => redactChildren(node.childNodes, inside, context, depth + 1);
  switch (node.type) {
    case NodeType.Document: {
      const written: NodeFields = { type: NodeType.Document, childNodes: children({ ...location, kind: 'words' }), id };
      if (node.compatMode === 'BackCompat') written.compatMode = 'BackCompat';
      return written;
    }
    case NodeType.DocumentType: {
      const isKnown = typeof node.publicId === 'string' && knownPublicIds.has(node.publicId);
      return { type: NodeType.DocumentType, name: 'html', publicId: isKnown ? node.publicId : '', systemId: '', id };
    }
    case NodeType.Element:
      return redactElement(node, id, location, context, children);
    case NodeType.Text: {
      const text = typeof node.textContent === 'string' ? node.textContent : '';
      const inside: TextLocation = node.isStyle === true ? { ...location, kind: 'style' } : location;
      const written: NodeFields = {
        type: NodeType.Text,
        textContent: redactText(text, inside, context, context.page.model.get(id)),
        id,
      };
      if (node.isStyle === true) written.isStyle = true;
      return written;
    }
    case NodeType.CDATA:
    case NodeType.Comment:
      if (node.textContent !== '') context.counts.drop('text');
      return { type: node.type, textContent: '', id };
    default:
      return undefined;
  }
}

function redactElement(
  node: JsonRecord,
  id: number,
  location: TextLocation,
  context: RedactionContext,
  children: (inside: TextLocation) => JsonRecord[],
): NodeFields | undefined {
  if (typeof node.tagName !== 'string' || node.tagName === '') return undefined;
  const tag = node.tagName.toLowerCase();
  const given = isRecord(node.attributes) ? node.attributes : {};
  const live = context.page.model.get(id);
  const attribute = (name: string): unknown => (Object.hasOwn(given, name) ? given[name] : undefined);
  // In a damaged recording two nodes can have the same id. A rule for one must not reveal the other.
  const region = live?.tag === tag ? context.page.regions.enter(location.region, live) : 'masked';
  const owner = { tag, attribute, region, node: live };
  const attributes: NodeFields = {};
  for (const [name, value] of Object.entries(given)) {
    for (const [written, text] of redactAttribute(name, value, owner, context))
      if (text !== null) attributes[written] = text;
  }
  if (tag === 'canvas') attributes.style = withCanvasBox(attributes.style, attributes.width, attributes.height);
  const kind = textKindInside(location.kind, tag, attribute);
  const written: NodeFields = {
    type: NodeType.Element,
    tagName: nameTag(tag, context.names),
    attributes,
    childNodes:
      live && context.page.isClosedEditor(live)
        ? writeEditor(live, context)
        : region === 'excluded'
          ? leaveOut(context)
          : children({ kind, region }),
    id,
  };
  if (node.isSVG === true) written.isSVG = true;
  if (node.needBlock === true) written.needBlock = true;
  if (node.isCustom === true && tag.includes('-')) written.isCustom = true;
  return written;
}

function leaveOut(context: RedactionContext): JsonRecord[] {
  context.counts.drop('node');
  return [];
}

/** Returns the exported content of an editor: nothing, or one mask in a text node whose id no recorder uses. */
function writeEditor(editor: ModelNode, context: RedactionContext): JsonRecord[] {
  if (!hasText(editor)) return [];
  context.page.filled.add(editor);
  context.counts.mask('input');
  return [writeEditorText(editor.id)];
}

/** The first id of the text nodes that contain the masks of editors. */
const editorTexts = 1_000_000_000;

export function writeEditorText(editorId: number): JsonRecord {
  return { type: NodeType.Text, textContent: valueMask, id: editorTexts + Math.abs(editorId) };
}

export function hasText(top: ModelNode): boolean {
  const open = [...top.children];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === NodeType.Text && node.text.trim() !== '') return true;
    open.push(...node.children);
  }
  return false;
}
