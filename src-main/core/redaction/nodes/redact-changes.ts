import type { ModelNode } from '../../recording/model/dom-model';
import { isNodeId, isRecord, type JsonRecord } from '../../recording/json';
import { isMeter, isStateClass } from '../page/private-shapes';
import type { RedactionContext } from '../redaction-context';
import { canvasBoxStyle, withCanvasBox } from './canvas-box';
import { isFrozen } from './frozen';
import { nodeOf } from './node-of';
import { redactAttribute, redactStyleChange, type AttributeOwner } from './redact-attribute';
import { redactText } from './redact-text';
import { locationUnder } from './text-location';
import { readAttribute } from '../../recording/model/read-attribute';

/** A recorded text change, and the redacted text before it. */
export interface TextChange {
  change: unknown;
  /** Undefined if the node is unknown or was never written. */
  before: string | undefined;
}

/** A recorded change of attributes, and the redacted state of its element before it. */
export interface AttributeChange {
  change: unknown;
  /** By attribute. */
  before: ReadonlyMap<string, unknown>;
  /** True if a class showed a state such as a password's strength. */
  showedState: boolean;
  /** The element, if it was an editor. */
  editorBefore: ModelNode | undefined;
}

/** Must run before the mutation is applied to the page model. */
export function captureTextChange(change: unknown, context: RedactionContext): TextChange {
  return { change, before: textBefore(change, context.silent) };
}

/** Must run before the mutation is applied to the page model. */
export function captureAttributeChange(change: unknown, context: RedactionContext): AttributeChange {
  const node = nodeOf(change, context);
  return {
    change,
    before: attributesBefore(change, context.silent),
    showedState: showsState(node),
    editorBefore: node && context.page.wasEditor(node) ? node : undefined,
  };
}

function textBefore(change: unknown, context: RedactionContext): string | undefined {
  const node = nodeOf(change, context);
  if (!node) return undefined;
  const location = locationUnder(node.parent, context);
  // What it says in between, while it stays as it was, must not matter.
  if (location.kind === 'words') return context.page.written.get(node)?.text;
  return redactText(node.text, location, context, node);
}

function attributesBefore(change: unknown, context: RedactionContext): Map<string, unknown> {
  const before = new Map<string, unknown>();
  if (!isRecord(change) || !isRecord(change.attributes)) return before;
  const owner = ownerOf(nodeOf(change, context), context);
  for (const name of Object.keys(change.attributes)) {
    const value = owner.attribute(name);
    if (name === 'style' || value === undefined) continue;
    for (const [redactedName, redacted] of redactAttribute(name, value, owner, context))
      before.set(redactedName, redacted);
  }
  return before;
}

function ownerOf(node: ModelNode | undefined, context: RedactionContext): AttributeOwner {
  const region = node ? context.page.regions.inside(node) : 'masked';
  return { tag: node?.tag ?? '', attribute: (name) => node?.attribute(name), region, node };
}

export function redactTextChange({ change, before }: TextChange, context: RedactionContext): JsonRecord | undefined {
  if (!isRecord(change) || !isNodeId(change.id) || (typeof change.value !== 'string' && change.value !== null)) {
    context.counts.drop('node');
    return undefined;
  }
  const node = nodeOf(change, context);
  if (isFrozen(node, context)) return dropAsRepeat(context);
  const value = redactText(change.value ?? '', locationUnder(node?.parent, context), context, node);
  if (value === before) return dropAsRepeat(context);
  if (context.closes('mirrored-values') && node?.parent?.tag === 'textarea' && value !== '') {
    context.page.visits.note(node.parent, undefined);
    return dropAsRepeat(context);
  }
  return { id: change.id, value };
}

export function redactAttributeChange(
  { change, before, showedState }: AttributeChange,
  context: RedactionContext,
): JsonRecord | undefined {
  if (!isRecord(change) || !isNodeId(change.id) || !isRecord(change.attributes)) {
    context.counts.drop('node');
    return undefined;
  }
  const node = nodeOf(change, context);
  const owner = ownerOf(node, context);
  const isHiddenMeter = context.closes('meters') && isMeter(node);
  if (isFrozen(node, context) || owner.region === 'excluded' || isHiddenMeter) return dropAsRepeat(context);
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(change.attributes)) {
    // The moment at which a state first shows reveals as much as the state itself.
    if (name === 'class' && context.closes('state-classes') && (showedState || showsState(node))) continue;
    // The style of a masked element can reveal what it contains.
    if (owner.region === 'masked' && node && (name === 'style' || name === 'class')) continue;
    if (name === 'style' && isRecord(value)) {
      const style = redactStyleChange(value, context);
      if (style) attributes.style = style;
      continue;
    }
    for (const [redactedName, redacted] of redactAttribute(name, value, owner, context)) {
      if (before.has(redactedName) && before.get(redactedName) === redacted) context.counts.drop('repeat');
      else if (node && redactedName === 'value' && isTypedValue(node, redacted, context))
        context.page.visits.note(node, undefined);
      else attributes[redactedName] = redacted;
    }
  }
  if (owner.tag === 'canvas') keepCanvasBox(attributes, owner, context);
  return Object.keys(attributes).length === 0 ? undefined : { id: change.id, attributes };
}

/** Adds the style of a canvas's box to a change that would remove it or that gives the canvas another size. */
function keepCanvasBox(attributes: Record<string, unknown>, owner: AttributeOwner, context: RedactionContext): void {
  const { style } = attributes;
  const isResized = 'width' in attributes || 'height' in attributes;
  if (!isResized && style === undefined) return;
  const size = (name: string): unknown => {
    const value = owner.attribute(name);
    return value === undefined ? undefined : redactAttribute(name, value, owner, context.silent)[0]?.[1];
  };
  const [width, height] = [size('width'), size('height')];
  attributes.style = isRecord(style)
    ? { ...style, ...canvasBoxStyle(width, height) }
    : 'style' in attributes
      ? withCanvasBox(style, width, height)
      : canvasBoxStyle(width, height);
}

function dropAsRepeat({ counts }: RedactionContext): undefined {
  counts.drop('repeat');
  return undefined;
}

function showsState(node: ModelNode | undefined): boolean {
  return (node === undefined ? '' : readAttribute(node, 'class')).split(/\s+/).some(isStateClass);
}

const buttonTypes: ReadonlySet<string> = new Set(['submit', 'button', 'reset']);

/** Returns whether a new `value` attribute mirrors what the user types into this field. */
function isTypedValue({ tag, attributes }: ModelNode, redacted: unknown, context: RedactionContext): boolean {
  if (!context.closes('mirrored-values') || redacted === '' || redacted === null) return false;
  return tag === 'textarea' || (tag === 'input' && !buttonTypes.has(String(attributes.get('type'))));
}
