import { ident, type CssNodePlain, type FunctionNodePlain } from 'css-tree';
import type { NumberedNames } from '../numbered-names';
import { fontFamilies, fontWords, isColour, isFunction, isKeyword, isRefusedFunction, units } from './css-vocabulary';
import {
  areChannels,
  areQuietNumbers,
  classedNumber,
  looksDialled,
  plainGeometry,
  plainNumber,
  unitlessNumber,
} from './numbers';

/** Returns CSS's own words in lower case. Replaces the author's names by numbers. */
export function nameIdentifier(raw: string, names: NumberedNames): string {
  const name = raw.includes('\\') ? ident.decode(raw) : raw;
  if (name.startsWith('--')) return names.rename('custom-property', name);
  const lower = name.toLowerCase();
  return isKeyword(lower) ? lower : names.rename('css-name', name);
}

const contentKeywords = new Set(
  'none normal inherit initial unset revert open-quote close-quote no-open-quote no-close-quote'.split(' '),
);

/**
 * Rebuilds the value of a declaration from the allowed types of nodes. Undefined if it contains any other type; the declaration is then
 * dropped.
 */
export function writeValue(nodes: readonly CssNodePlain[], property: string, names: NumberedNames): string | undefined {
  if (property === 'content') return writeContent(nodes);
  if (property === 'cursor') return writeNodes(nodes.slice(-1), property, names);
  if (property.startsWith('--')) {
    const numbers = unitlessNumbers(nodes);
    if (!areQuietNumbers(numbers) || looksLikeWords(nodes)) return undefined;
    if (areChannels(numbers)) return writeNodes(nodes, channels, names);
  }
  if (property !== 'stroke-dasharray' && looksDialled(numbersBeside(nodes))) return undefined;
  return writeNodes(nodes, property, names);
}

/** Replaces generated text by an empty string, which keeps its box. */
function writeContent(nodes: readonly CssNodePlain[]): string {
  const [first] = nodes;
  const keyword = nodes.length === 1 && first?.type === 'Identifier' ? first.name.toLowerCase() : '';
  return contentKeywords.has(keyword) ? keyword : '""';
}

function writeNodes(nodes: readonly CssNodePlain[], property: string, names: NumberedNames): string | undefined {
  const written: string[] = [];
  for (const node of nodes) {
    const text = writeNode(node, property, names);
    if (text === undefined) return undefined;
    if (text !== '') written.push(text);
  }
  return written.join(' ');
}

function writeNode(node: CssNodePlain, property: string, names: NumberedNames): string | undefined {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- an allow-list: every other type is refused
  switch (node.type) {
    case 'Identifier':
      return writeIdentifier(node.name, property, names);
    case 'Number':
      return writeNumber(node.value, property);
    case 'Percentage': {
      const number = plainNumber(node.value);
      return number === undefined ? undefined : `${number}%`;
    }
    case 'Dimension': {
      const number = plainNumber(node.value);
      const unit = node.unit.toLowerCase();
      return number === undefined || !units.has(unit) ? undefined : `${number}${unit}`;
    }
    case 'Hash':
      return /^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(node.value)
        ? `#${node.value.toLowerCase()}`
        : undefined;
    case 'String':
      return writeString(node.value, property, names);
    case 'Url':
      return node.value.startsWith('#') ? `url(#${names.rename('id', node.value.slice(1))})` : 'none';
    case 'Function':
      return writeFunction(node, property, names);
    case 'Operator': {
      const operator = node.value.trim();
      return [',', '/', '+', '-', '*'].includes(operator) ? operator : undefined;
    }
    case 'Parentheses':
      return wrap('(', writeNodes(node.children, property, names), ')');
    case 'Brackets':
      return wrap('[', writeNodes(node.children, property, names), ']');
    case 'Value':
      return writeNodes(node.children, property, names);
    case 'WhiteSpace':
    case 'Comment':
      return '';
    case 'Raw':
      return node.value.trim() === '' ? '' : undefined;
    default:
      return undefined;
  }
}

/** Stands for a custom property that holds the channels of a colour. */
const channels = '--channels';

function writeNumber(value: string, property: string): string | undefined {
  if (property === channels) return Math.abs(Number(value)) <= 255 ? plainNumber(value) : classedNumber(value);
  return property.startsWith('--') || property.startsWith('counter-') ? classedNumber(value) : unitlessNumber(value);
}

/** More adjacent words are a text. */
const wordsLimit = 4;

/** Returns whether a custom property holds a text or a name: two colours, a capital letter, or many words beside one another. */
function looksLikeWords(nodes: readonly CssNodePlain[]): boolean {
  let words = 0;
  let colours = 0;
  for (const node of nodes) {
    if (node.type === 'Value' || node.type === 'Parentheses') {
      if (looksLikeWords(node.children)) return true;
    } else if (node.type === 'Operator') words = colours = 0;
    else if (node.type === 'Identifier') {
      if (isColour(node.name.toLowerCase()) && ++colours > 1) return true;
      if (isKeyword(node.name.toLowerCase()) && /^\p{Lu}\p{Ll}/u.test(node.name)) return true;
      if (++words > wordsLimit) return true;
    }
  }
  return false;
}

function wrap(open: string, text: string | undefined, close: string): string | undefined {
  return text === undefined ? undefined : `${open}${text}${close}`;
}

function isFontProperty(property: string): boolean {
  return property === 'font' || property === 'font-family';
}

function writeIdentifier(raw: string, property: string, names: NumberedNames): string {
  if (isFontProperty(property) && fontWords.has(raw.toLowerCase())) return raw.toLowerCase();
  const [, line, edge] = property.startsWith('grid') ? (/^(.+)-(start|end)$/.exec(raw) ?? []) : [];
  // The grid lines around a named area are named after it, so both names must still match.
  if (line !== undefined && edge !== undefined && !isKeyword(raw.toLowerCase())) {
    return `${nameIdentifier(line, names)}-${edge}`;
  }
  return nameIdentifier(raw, names);
}

function writeString(value: string, property: string, names: NumberedNames): string {
  if (isFontProperty(property)) {
    return fontFamilies.has(value.trim().toLowerCase().replace(/\s+/g, '-')) ? `"${value.trim().toLowerCase()}"` : '""';
  }
  if (/^grid(?:-template(?:-areas)?)?$/.test(property)) {
    const areas = value.split(/\s+/).filter((area) => area !== '');
    return `"${areas.map((area) => (/^\.+$/.test(area) ? '.' : nameIdentifier(area, names))).join(' ')}"`;
  }
  return '""';
}

function writeFunction(node: FunctionNodePlain, property: string, names: NumberedNames): string | undefined {
  const name = node.name.toLowerCase();
  if (isRefusedFunction(name)) return 'none';
  if (!isFunction(name)) return undefined;
  const [first] = node.children;
  if (name === 'path' && first?.type === 'String') return wrap('path("', plainGeometry(first.value), '")');
  // Arguments of functions are lengths, shares and channels of colours.
  return wrap(`${name}(`, writeNodes(node.children, property.startsWith('--') ? channels : property, names), ')');
}

/** Returns adjacent numbers, also in brackets. Arguments of functions are excluded. */
function numbersBeside(nodes: readonly CssNodePlain[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'Number') return [node.value];
    return node.type === 'Parentheses' || node.type === 'Brackets' ? numbersBeside(node.children) : [];
  });
}

function unitlessNumbers(nodes: readonly CssNodePlain[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'Number') return [node.value];
    return 'children' in node && Array.isArray(node.children) ? unitlessNumbers(node.children) : [];
  });
}
