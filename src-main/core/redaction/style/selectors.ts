import {
  ident,
  type AttributeSelector,
  type CssNodePlain,
  type NestingSelector,
  type NthPlain,
  type SelectorListPlain,
} from 'css-tree';
import type { NumberedNames } from '../numbered-names';
import { pseudoClasses, pseudoElements } from './css-vocabulary';
import { plainNumber } from './numbers';

type SelectorPart = CssNodePlain | NestingSelector;

/** Renames the page's names, so that selectors still match. */
export interface SelectorNames {
  names: NumberedNames;
  /** Returns the exported name of a tag. `tag` must be lower case. */
  nameTag(tag: string): string;
  /** Returns the exported attribute selector without brackets. Undefined if the attribute or its value isn't exported. */
  writeAttribute(name: string, matcher: string | null, value: string | null): string | undefined;
}

/** Returns the exportable selectors of a list, and the number of those that were dropped. Undefined if none is left. */
export function writeSelectorList(
  list: SelectorListPlain,
  page: SelectorNames,
): { text: string; dropped: number } | undefined {
  const written = list.children.map((selector) => writeSelector(selector, page));
  const kept = written.filter((text) => text !== undefined);
  return kept.length === 0 ? undefined : { text: kept.join(','), dropped: written.length - kept.length };
}

/** Returns a complete selector or undefined. A selector that lacks a part would match other elements. */
export function writeSelector(node: SelectorPart, page: SelectorNames): string | undefined {
  return node.type === 'Selector' ? writeParts(node.children, page, '') : undefined;
}

function writeParts(parts: readonly SelectorPart[], page: SelectorNames, separator: string): string | undefined {
  const written: string[] = [];
  for (const part of parts) {
    const text = writePart(part, page);
    if (text === undefined) return undefined;
    written.push(text);
  }
  return written.join(separator);
}

function decode(raw: string): string {
  return raw.includes('\\') ? ident.decode(raw) : raw;
}

function writePart(part: SelectorPart, page: SelectorNames): string | undefined {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- an allow-list: every other type is refused
  switch (part.type) {
    case 'TypeSelector':
      if (part.name === '*') return '*';
      return part.name.includes('|') ? undefined : page.nameTag(decode(part.name).toLowerCase());
    case 'ClassSelector':
      return `.${page.names.rename('class', decode(part.name))}`;
    case 'IdSelector':
      return `#${page.names.rename('id', decode(part.name))}`;
    case 'AttributeSelector':
      return writeAttributeSelector(part, page);
    case 'PseudoClassSelector': {
      const name = part.name.toLowerCase();
      if (!pseudoClasses.has(name)) return undefined;
      if (!part.children) return `:${name}`;
      if (name === 'lang') return writeLanguages(part.children);
      const inner = writeParts(part.children, page, ',');
      return inner === undefined ? undefined : `:${name}(${inner})`;
    }
    case 'PseudoElementSelector':
      return writePseudoElement(part.name.toLowerCase(), part.children, page);
    case 'Combinator':
      return [' ', '>', '+', '~'].includes(part.name) ? part.name : undefined;
    case 'NestingSelector':
      return '&';
    case 'Selector':
      return writeParts(part.children, page, '');
    case 'SelectorList':
      return writeParts(part.children, page, ',');
    case 'Nth':
      return writeNth(part, page);
    case 'Identifier':
      return ['ltr', 'rtl'].includes(part.name) ? part.name : undefined;
    default:
      return undefined;
  }
}

function writeAttributeSelector(
  { name, matcher, value, flags }: AttributeSelector,
  page: SelectorNames,
): string | undefined {
  const text = value === null ? null : value.type === 'String' ? value.value : decode(value.name);
  const written = page.writeAttribute(decode(name.name).toLowerCase(), matcher, text);
  if (written === undefined) return undefined;
  return flags === 'i' || flags === 's' ? `[${written} ${flags}]` : `[${written}]`;
}

function writeLanguages(nodes: readonly CssNodePlain[]): string | undefined {
  const [first] = nodes;
  const text = first?.type === 'Identifier' ? first.name : first?.type === 'String' ? first.value : '';
  return nodes.length === 1 && /^[a-z]{2}$/i.test(text) ? `:lang(${text.toLowerCase()})` : undefined;
}

function writePseudoElement(
  name: string,
  children: readonly CssNodePlain[] | null,
  page: SelectorNames,
): string | undefined {
  if (name === 'part') {
    const [raw] = children ?? [];
    const parts = raw?.type === 'Raw' ? raw.value.trim().split(/\s+/) : raw?.type === 'Identifier' ? [raw.name] : [];
    return parts.length === 0
      ? undefined
      : `::part(${parts.map((part) => page.names.rename('part', decode(part))).join(' ')})`;
  }
  if (name === 'slotted') {
    const inner = children && writeParts(children, page, ',');
    return typeof inner === 'string' ? `::slotted(${inner})` : undefined;
  }
  return pseudoElements.has(name) && !children ? `::${name}` : undefined;
}

function writeNth({ nth, selector }: NthPlain, page: SelectorNames): string | undefined {
  const formula = nth.type === 'Identifier' ? writeEvenOdd(nth.name) : writeFormula(nth.a, nth.b);
  if (formula === undefined || selector === null) return formula;
  const inner = writeParts(selector.children, page, ',');
  return inner === undefined ? undefined : `${formula} of ${inner}`;
}

function writeEvenOdd(name: string): string | undefined {
  return ['even', 'odd'].includes(name.toLowerCase()) ? name.toLowerCase() : undefined;
}

function writeFormula(a: string | null, b: string | null): string | undefined {
  const step = a === null || a === '' || a === '+' ? '1' : a === '-' ? '-1' : plainNumber(a);
  const offset = b === null ? '0' : plainNumber(b);
  if (step === undefined || offset === undefined) return undefined;
  if (a === null) return offset;
  return offset.startsWith('-') ? `${step}n${offset}` : `${step}n+${offset}`;
}
