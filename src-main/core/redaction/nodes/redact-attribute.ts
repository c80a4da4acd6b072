import { isRecord } from '../../recording/json';
import type { ModelNode } from '../../recording/model/dom-model';
import type { RedactionContext } from '../redaction-context';
import { flatImage, valueMask } from '../placeholders';
import type { Region } from '../selectors/regions';
import { plainGeometry, plainNumber } from '../style/numbers';
import { attributeRule, type AttributeRule } from '../page/attribute-rules';
import { isCustomTag, isDrawingTag } from '../page/element-names';
import { isMeter, isStateClass } from '../page/private-shapes';
import { nameAttribute, nameAttributeValue } from '../page/page-names';

/** The element that has an attribute. */
export interface AttributeOwner {
  /** Lower case. '' if the element is unknown, which hides the most. */
  tag: string;
  attribute(name: string): unknown;
  /** The region inside the element. It also applies to the element's attributes. */
  region: Region;
  /** The element's node, if the page has one. */
  node: ModelNode | undefined;
}

/** A redacted attribute. In a mutation, null removes it. */
export type RedactedAttribute = readonly [name: string, value: string | number | true | null];

/**
 * Redacts one attribute. Returns none if it is dropped, and two if a value can be exported under either of two names. In a mutation, the
 * value null removes an attribute.
 */
export function redactAttribute(
  name: string,
  value: unknown,
  owner: AttributeOwner,
  context: RedactionContext,
): readonly RedactedAttribute[] {
  if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return drop(context);
  }
  const rule = attributeRule(name);
  const isCoined = (rule === undefined && name.startsWith('data-')) || isCustomTag(owner.tag);
  if (rule === undefined || rule.kind === 'dropped') {
    if (rule === undefined && isCoined && !/^on/i.test(name)) return [redactCoined(name, value, context)];
    if (rule) return drop(context);
    context.counts.dropUnknown('attribute', 'attribute');
    return [];
  }
  if (value === null)
    return isCoined && hasTwoNames(rule)
      ? [
          [name, null],
          [nameAttribute(name, context.names), null],
        ]
      : [[name, null]];
  const written = writeAttribute(name, rule, value, owner, context);
  if (written !== undefined) return [[name, written]];
  if (isCoined && hasTwoNames(rule)) return [redactCoined(name, value, context), [name, null]];
  return drop(context);
}

function drop(context: RedactionContext): [] {
  context.counts.drop('attribute');
  return [];
}

/** Returns whether authors of custom elements also use this standard attribute with values of their own. */
function hasTwoNames(rule: AttributeRule): boolean {
  return ['words', 'length', 'drawn-length', 'geometry', 'presentation'].includes(rule.kind);
}

function redactCoined(
  name: string,
  value: string | number | boolean | null,
  context: RedactionContext,
): RedactedAttribute {
  const written = nameAttribute(name, context.names);
  if (value === null) return [written, null];
  if (value !== '' && value !== true) context.counts.mask('attribute');
  return [written, nameAttributeValue(String(value), context.names)];
}

/** The lengths that have their standard meaning on elements of an author's own, too. There, every other number is the author's. */
const sharedLength = /^(?:width|height|tabindex|(?:rr|aria)[_-]\w+)$/;

function writeAttribute(
  name: string,
  rule: AttributeRule,
  value: string | number | boolean,
  owner: AttributeOwner,
  context: RedactionContext,
): string | number | true | undefined {
  const text = String(value);
  switch (rule.kind) {
    case 'words':
      // The Replayer would wait for a linked style sheet that never loads.
      return owner.tag === 'link' && name === 'rel' ? undefined : writeWords(text, rule.allowed);
    case 'flag':
      if (value === false || value === 'false') return isCustomTag(owner.tag) ? 'false' : '';
      return value === true ? true : '';
    case 'length':
      if (isCustomTag(owner.tag) && !sharedLength.test(name)) return undefined;
      return typeof value === 'number' ? writeNumber(value) : writeLength(text);
    case 'drawn-length':
      if (!isDrawingTag(owner.tag)) return undefined;
      return typeof value === 'number' ? writeNumber(value) : writeLength(text);
    case 'geometry':
      if (!isDrawingTag(owner.tag)) return undefined;
      return typeof value === 'number' ? writeNumber(value) : (writeLength(text) ?? plainGeometry(text));
    case 'presentation':
      if (isCustomTag(owner.tag)) return undefined;
      return context.style.redactProperty(rule.property, text)?.value;
    case 'text':
      return maskText(text, owner, context);
    case 'ids':
      return context.names.renameEach('id', text);
    case 'classes':
      return context.names.renameEach('class', text, context.closes('state-classes') ? isStateClass : undefined);
    case 'parts':
      return context.names.renameEach('part', text);
    case 'export-parts':
      return writeExportParts(text, context);
    case 'slot':
      return context.names.renameEach('slot', text);
    case 'slot-name':
      return owner.tag === 'slot' ? context.names.renameEach('slot', text) : undefined;
    case 'style':
      return context.closes('meters') && isMeter(owner.node) ? undefined : context.style.redactDeclarations(text);
    case 'sheet':
      return context.style.redactSheet(text);
    case 'media':
      return context.style.redactMedia(text);
    case 'language':
      return /^[a-z]{2}(?:-|$)/i.test(text) ? text.slice(0, 2).toLowerCase() : undefined;
    case 'value':
      return writeValue(text, owner, context);
    case 'label':
      return ['option', 'optgroup', ''].includes(owner.tag) ? maskValue(text, context) : maskText(text, owner, context);
    case 'link':
      return writeLink(text, owner, context);
    case 'image':
      return writeImage(name, owner, context);
    case 'selected':
      // The open tab is part of the page's state. A chosen option is the user's input.
      return owner.attribute('role') === 'tab' && ['true', 'false'].includes(text) ? text : undefined;
    case 'empty':
      if (text !== '') context.counts.mask('attribute');
      return '';
    case 'dropped':
      return undefined;
  }
}

function writeWords(text: string, allowed: ReadonlySet<string>): string | undefined {
  const words = text.trim().split(/\s+/);
  return words.length <= 8 && words.every((word) => allowed.has(word)) ? words.join(' ') : undefined;
}

function writeNumber(value: number): number | undefined {
  const plain = plainNumber(String(value));
  return plain === undefined ? undefined : Number(plain);
}

function writeLength(text: string): string | undefined {
  const [, number, unit = ''] = /^\s*([+-]?[\d.]+)(%|px|em|rem|ex|pt|pc|cm|mm|in)?\s*$/.exec(text) ?? [];
  const plain = number === undefined ? undefined : plainNumber(number);
  return plain === undefined ? undefined : `${plain}${unit}`;
}

function maskText(text: string, { region }: AttributeOwner, context: RedactionContext): string {
  const isHidden = region === 'masked' || region === 'excluded';
  const masked = isHidden
    ? context.maskText.whole(text)
    : region === 'open'
      ? context.maskText.found(text)
      : context.maskText(text);
  if (masked !== text && /•|[A-Z]-\d/.test(masked)) context.counts.mask('attribute');
  return masked;
}

function maskValue(text: string, context: RedactionContext): string {
  if (text === '') return '';
  context.counts.mask('input');
  return valueMask;
}

function writeExportParts(text: string, context: RedactionContext): string {
  const write = (part: string): string =>
    part
      .split(':')
      .map((name) => context.names.renameEach('part', name))
      .join(':');
  return text.split(',').map(write).join(',');
}

/** Redacts a `value` attribute. Labels of buttons are text of the interface; every other value is the user's. */
function writeValue(text: string, owner: AttributeOwner, context: RedactionContext): string | undefined {
  const { tag } = owner;
  if (tag === 'input' && ['submit', 'button', 'reset'].includes(String(owner.attribute('type'))))
    return maskText(text, owner, context);
  if (['', 'input', 'textarea', 'select', 'option'].includes(tag) || isCustomTag(tag)) return maskValue(text, context);
  return undefined;
}

function writeLink(text: string, { tag }: AttributeOwner, context: RedactionContext): string | undefined {
  if (tag === 'link' || tag === 'base' || tag === 'image' || tag === 'feimage') return undefined;
  if (text.startsWith('#')) return text === '#' ? '#' : `#${context.names.rename('id', text.slice(1))}`;
  if (tag !== 'a' && tag !== 'area' && !isCustomTag(tag)) return undefined;
  context.counts.mask('url');
  // The targets of links are content of the page, so not even the host stays.
  return context.maskUrl(text).replace(/^https?:\/\/[^/]*/, '');
}

function writeImage(name: string, { tag }: AttributeOwner, context: RedactionContext): string | undefined {
  if (tag !== 'img' && !(tag === 'canvas' && name === 'rr_dataURL')) return undefined;
  context.counts.mask('image');
  if (context.policy.images === 'none') return undefined;
  return flatImage;
}

/** Redacts the properties that a mutation of `style` sets or removes. Returns undefined if none is left. */
export function redactStyleChange(
  change: unknown,
  context: RedactionContext,
): Record<string, string | [string, string] | false> | undefined {
  if (!isRecord(change)) return undefined;
  const written: [string, string | [string, string] | false][] = [];
  for (const [property, value] of Object.entries(change)) {
    const name = context.style.nameProperty(property);
    const [text, priority] = Array.isArray(value) ? (value as unknown[]) : [value];
    if (name !== undefined && value === false) written.push([name, false]);
    const redacted = typeof text === 'string' ? context.style.redactProperty(property, text) : undefined;
    if (redacted)
      written.push([redacted.property, priority === 'important' ? [redacted.value, 'important'] : redacted.value]);
  }
  return written.length === 0 ? undefined : Object.fromEntries(written);
}
