import { isRecord } from '../../recording/json';
import type { ModelNode } from '../../recording/model/dom-model';
import type { Kit } from '../redaction-context';
import { flatImage, valueMask } from '../masks';
import type { Region } from '../selectors/regions';
import { plainGeometry, plainNumber } from '../style/numbers';
import { attributeRule, type AttributeRule } from './attribute-rules';
import { isCustomTag } from './element-names';
import { isMeter, isStateClass } from './private-shapes';
import { nameAttribute, nameAttributeValue } from './page-names';

/** What must be known of the element that carries an attribute. */
export interface AttributeOwner {
  /** Lower case; '' when the element isn't known, which hides the most. */
  tag: string;
  attribute(name: string): unknown;
  /** The region inside of the element, which its texts share. */
  region: Region;
  /** The element in the page, where it is known there. */
  node: ModelNode | undefined;
}

/** A redacted attribute. null takes it away, in a mutation. */
export type RedactedAttribute = readonly [name: string, value: string | number | true | null];

/**
 * What becomes of one attribute: none, one, or, where a value may be written under either of two names, two.
 * A `null` value is a mutation's way to remove an attribute.
 */
export function redactAttribute(
  name: string,
  value: unknown,
  owner: AttributeOwner,
  kit: Kit,
): readonly RedactedAttribute[] {
  if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return drop(kit);
  }
  const rule = attributeRule(name);
  const isCoined = (rule === undefined && name.startsWith('data-')) || isCustomTag(owner.tag);
  if (rule === undefined || rule.kind === 'dropped') {
    if (rule === undefined && isCoined && !/^on/i.test(name)) return [redactCoined(name, value, kit)];
    if (rule) return drop(kit);
    kit.tally.dropUnknown('attribute', 'attribute');
    return [];
  }
  if (value === null)
    return isCoined && hasTwoNames(rule)
      ? [
          [name, null],
          [nameAttribute(name, kit.names), null],
        ]
      : [[name, null]];
  const written = writeAttribute(name, rule, value, owner, kit);
  if (written !== undefined) return [[name, written]];
  if (isCoined && hasTwoNames(rule)) return [redactCoined(name, value, kit), [name, null]];
  return drop(kit);
}

function drop(kit: Kit): [] {
  kit.tally.drop('attribute');
  return [];
}

/** Names that are standard, but that authors of elements also give values of their own. */
function hasTwoNames(rule: AttributeRule): boolean {
  return ['words', 'length', 'geometry', 'presentation'].includes(rule.kind);
}

function redactCoined(name: string, value: string | number | boolean | null, kit: Kit): RedactedAttribute {
  const written = nameAttribute(name, kit.names);
  if (value === null) return [written, null];
  if (value !== '' && value !== true) kit.tally.mask('attribute');
  return [written, nameAttributeValue(String(value), kit.names)];
}

function writeAttribute(
  name: string,
  rule: AttributeRule,
  value: string | number | boolean,
  owner: AttributeOwner,
  kit: Kit,
): string | number | true | undefined {
  const text = String(value);
  switch (rule.kind) {
    case 'words':
      // A style sheet that is linked and never loads makes the Replayer wait for it.
      return owner.tag === 'link' && name === 'rel' ? undefined : writeWords(text, rule.allowed);
    case 'flag':
      if (value === false || value === 'false') return isCustomTag(owner.tag) ? 'false' : '';
      return value === true ? true : '';
    case 'length':
      return typeof value === 'number' ? writeNumber(value) : writeLength(text);
    case 'geometry':
      return typeof value === 'number' ? writeNumber(value) : (writeLength(text) ?? plainGeometry(text));
    case 'presentation':
      return kit.style.redactProperty(rule.property, text)?.value;
    case 'text':
      return maskText(text, owner, kit);
    case 'ids':
      return kit.names.nameEach('id', text);
    case 'classes':
      return kit.names.nameEach('class', text, kit.closes('state-classes') ? isStateClass : undefined);
    case 'parts':
      return kit.names.nameEach('part', text);
    case 'export-parts':
      return writeExportParts(text, kit);
    case 'slot':
      return kit.names.nameEach('slot', text);
    case 'slot-name':
      return owner.tag === 'slot' ? kit.names.nameEach('slot', text) : undefined;
    case 'style':
      return kit.closes('meters') && isMeter(owner.node) ? undefined : kit.style.redactDeclarations(text);
    case 'sheet':
      return kit.style.redactSheet(text);
    case 'media':
      return kit.style.redactMedia(text);
    case 'language':
      return /^[a-z]{2}(?:-|$)/i.test(text) ? text.slice(0, 2).toLowerCase() : undefined;
    case 'value':
      return writeValue(text, owner, kit);
    case 'label':
      return ['option', 'optgroup', ''].includes(owner.tag) ? maskValue(text, kit) : maskText(text, owner, kit);
    case 'link':
      return writeLink(text, owner, kit);
    case 'picture':
      return writePicture(name, owner, kit);
    case 'selected':
      // Which tab is open belongs to the page; which option was chosen belongs to the user.
      return owner.attribute('role') === 'tab' && ['true', 'false'].includes(text) ? text : undefined;
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

function maskText(text: string, { region }: AttributeOwner, kit: Kit): string {
  const isHidden = region === 'masked' || region === 'excluded';
  const masked = isHidden
    ? kit.maskText.whole(text)
    : region === 'open'
      ? kit.maskText.found(text)
      : kit.maskText(text);
  if (masked !== text && /•|[A-Z]-\d/.test(masked)) kit.tally.mask('attribute');
  return masked;
}

function maskValue(text: string, kit: Kit): string {
  if (text === '') return '';
  kit.tally.mask('input');
  return valueMask;
}

function writeExportParts(text: string, kit: Kit): string {
  const write = (part: string): string =>
    part
      .split(':')
      .map((name) => kit.names.nameEach('part', name))
      .join(':');
  return text.split(',').map(write).join(',');
}

/** Labels of buttons are words of the interface; every other value is the user's. */
function writeValue(text: string, owner: AttributeOwner, kit: Kit): string | undefined {
  const { tag } = owner;
  if (tag === 'input' && ['submit', 'button', 'reset'].includes(String(owner.attribute('type'))))
    return maskText(text, owner, kit);
  if (['', 'input', 'textarea', 'select', 'option'].includes(tag) || isCustomTag(tag)) return maskValue(text, kit);
  return undefined;
}

function writeLink(text: string, { tag }: AttributeOwner, kit: Kit): string | undefined {
  if (tag === 'link' || tag === 'base' || tag === 'image' || tag === 'feimage') return undefined;
  if (text.startsWith('#')) return text === '#' ? '#' : `#${kit.names.name('id', text.slice(1))}`;
  if (tag !== 'a' && tag !== 'area' && !isCustomTag(tag)) return undefined;
  kit.tally.mask('url');
  // What a page links to is its content: not even the host stays.
  return kit.maskUrl(text).replace(/^https?:\/\/[^/]*/, '');
}

function writePicture(name: string, { tag }: AttributeOwner, kit: Kit): string | undefined {
  if (tag !== 'img' && !(tag === 'canvas' && name === 'rr_dataURL')) return undefined;
  kit.tally.mask('image');
  if (kit.policy.images === 'none') return undefined;
  return flatImage;
}

/** The single properties that a mutation of `style` sets or removes. Undefined where none of them survives. */
export function redactStyleChange(
  change: unknown,
  kit: Kit,
): Record<string, string | [string, string] | false> | undefined {
  if (!isRecord(change)) return undefined;
  const written: [string, string | [string, string] | false][] = [];
  for (const [property, value] of Object.entries(change)) {
    const name = kit.style.nameProperty(property);
    const [text, priority] = Array.isArray(value) ? (value as unknown[]) : [value];
    if (name !== undefined && value === false) written.push([name, false]);
    const redacted = typeof text === 'string' ? kit.style.redactProperty(property, text) : undefined;
    if (redacted)
      written.push([redacted.property, priority === 'important' ? [redacted.value, 'important'] : redacted.value]);
  }
  return written.length === 0 ? undefined : Object.fromEntries(written);
}
