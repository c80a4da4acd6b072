import {
  parse,
  toPlainObject,
  type AtrulePlain,
  type CssNodePlain,
  type DeclarationPlain,
  type ParseOptions,
  type RulePlain,
} from 'css-tree';
import { BoundedCache } from '../bounded-cache';
import type { RedactionCounts } from '../redaction-counts';
import { writeContainerQuery, writeMediaQueries, writeSupportsQuery, type ConditionWriter } from './conditions';
import { isProperty } from './css-vocabulary';
import { plainNumber } from './numbers';
import { writeSelectorList, type SelectorNames } from './selectors';
import { nameIdentifier, writeValue } from './style-value';

/** Replaces a refused rule, so that the rule indices in later events stay valid. */
export const inertRule = '@media not all{}';

/** rrweb's own marker in `_cssText`. It separates the text nodes of a style element. */
const splitMarker = '/* rr_split */';

/** Longer style sheets are dropped completely. */
const sheetLimitChars = 8_000_000;

/**
 * Rebuilds style sheets, rules and declarations from the allowed parts of CSS. Strings, URLs, fonts and comments are never exported, and
 * names become numbers. Each distinct text is counted once. The methods don't throw.
 */
export class StyleRedactor {
  private readonly sheets = new BoundedCache(16_000_000);
  private readonly rules = new BoundedCache(8_000_000);
  private readonly lists = new BoundedCache(2_000_000);
  private readonly values = new BoundedCache(2_000_000);
  private readonly writer: ConditionWriter;

  constructor(
    private readonly page: SelectorNames,
    private readonly counts: RedactionCounts,
  ) {
    this.writer = { page, writeDeclaration: (declaration) => this.writeDeclaration(declaration) };
  }

  /** Redacts a complete style sheet, such as `_cssText` or the text of a style element. Keeps rrweb's split markers, between rules. */
  redactSheet(text: string): string {
    return text.trim() === ''
      ? ''
      : this.sheets.get(text, (original) => this.orDropped(() => this.writeSheet(original)) ?? '');
  }

  /** Redacts one rule, as passed to `insertRule`. Always returns exactly one rule. */
  redactRule(text: string): string {
    return this.rules.get(text, () => this.orDropped(() => this.writeOnlyRule(text)) ?? inertRule);
  }

  /** Redacts the declarations of a style attribute. */
  redactDeclarations(text: string): string {
    return text.trim() === '' ? '' : this.lists.get(text, () => this.orDropped(() => this.writeList(text)) ?? '');
  }

  /** Redacts one declaration that a script or an attribute sets. Returns undefined if it is refused. */
  redactProperty(property: string, value: string): { property: string; value: string } | undefined {
    const name = this.nameProperty(property);
    if (name === undefined) {
      this.counts.drop('style');
      return undefined;
    }
    const written = this.values.get(
      `${property}:${value}`,
      () => this.orDropped(() => this.writePlainValue(property, value)) ?? '',
    );
    return written === '' && value.trim() !== '' ? undefined : { property: name, value: written };
  }

  /** Returns the exported name of a property. Undefined for unknown properties. */
  nameProperty(property: string): string | undefined {
    if (property.startsWith('--')) return nameIdentifier(property, this.page.names);
    const lower = property.toLowerCase();
    return isProperty(lower) ? lower : undefined;
  }

  /** Redacts a `media` attribute. A refused one becomes `not all`, which never applies. */
  redactMedia(text: string): string {
    return text.trim() === ''
      ? ''
      : this.values.get(`media ${text}`, () => this.orDropped(() => this.writeMedia(text)) ?? 'not all');
  }

  /** Runs `write`, and counts a drop if it returns undefined or throws: css-tree throws on some damaged and on very deep texts. */
  private orDropped(write: () => string | undefined): string | undefined {
    try {
      const written = write();
      if (written === undefined) this.counts.drop('style');
      return written;
    } catch {
      this.counts.drop('style');
      return undefined;
    }
  }

  private writeSheet(text: string): string | undefined {
    if (text.length > sheetLimitChars) return undefined;
    const pieces = text.split(splitMarker);
    const marks: number[] = [];
    let offset = 0;
    for (const piece of pieces.slice(0, -1)) marks.push((offset += piece.length));
    const sheet = parseCss(pieces.join(''), { positions: marks.length > 0 });
    if (sheet.type !== 'StyleSheet') return undefined;
    let result = '';
    for (const node of sheet.children) {
      for (let mark = marks[0]; mark !== undefined && mark <= (node.loc?.start.offset ?? 0); mark = marks[0]) {
        marks.shift();
        result += splitMarker;
      }
      if (node.type === 'Rule') result += this.writeRule(node, false);
      else if (node.type === 'Atrule') result += this.writeAtrule(node);
      else if (node.type !== 'Comment') this.counts.drop('style');
    }
    return result + splitMarker.repeat(marks.length);
  }

  private writeOnlyRule(text: string): string | undefined {
    if (text.length > sheetLimitChars) return undefined;
    const sheet = parseCss(text);
    if (sheet.type !== 'StyleSheet') return undefined;
    const [rule, ...more] = sheet.children.filter((node) => node.type !== 'Comment');
    if (more.length > 0) return undefined;
    if (rule?.type === 'Rule') return this.writeRule(rule, false);
    return rule?.type === 'Atrule' ? this.writeAtrule(rule) || undefined : undefined;
  }

  private writeList(text: string): string | undefined {
    const list = parseCss(text, { context: 'declarationList' });
    return list.type === 'DeclarationList' ? this.writeBlock(list.children, false) : undefined;
  }

  private writePlainValue(property: string, text: string): string | undefined {
    const value = parseCss(text, { context: 'value' });
    return value.type === 'Value' ? writeValue(value.children, property.toLowerCase(), this.page.names) : undefined;
  }

  private writeMedia(text: string): string | undefined {
    return writeMediaQueries([parseCss(text, { context: 'mediaQueryList' })], this.writer);
  }

  private writeRule(rule: RulePlain, isKeyframe: boolean): string {
    const selectors = isKeyframe ? writeKeyframe(rule) : this.writeSelectors(rule);
    if (selectors === undefined) {
      this.counts.drop('style');
      return isKeyframe ? '' : inertRule;
    }
    return `${selectors}{${this.writeBlock(rule.block.children, false)}}`;
  }

  private writeSelectors({ prelude }: RulePlain): string | undefined {
    if (prelude.type !== 'SelectorList') return undefined;
    const list = writeSelectorList(prelude, this.page);
    if (list) this.counts.drop('style', list.dropped);
    return list?.text;
  }

  private writeBlock(children: readonly CssNodePlain[], isKeyframes: boolean): string {
    const parts: string[] = [];
    for (const node of children) {
      if (node.type === 'Declaration') {
        const text = this.writeDeclaration(node);
        if (text !== undefined) parts.push(`${text};`);
      } else if (node.type === 'Rule') parts.push(this.writeRule(node, isKeyframes));
      else if (node.type === 'Atrule') parts.push(this.writeAtrule(node));
      else if (node.type !== 'Comment') this.counts.drop('style');
    }
    return parts.join('');
  }

  private writeDeclaration({ property, value, important }: DeclarationPlain): string | undefined {
    const name = this.nameProperty(property);
    const nodes = value.type === 'Value' ? value.children : value.value.trim() === '' ? [] : undefined;
    const lookup = property.startsWith('--') ? property : property.toLowerCase();
    const text = name === undefined || nodes === undefined ? undefined : writeValue(nodes, lookup, this.page.names);
    if (name === undefined || text === undefined || (text === '' && !name.startsWith('--'))) {
      this.counts.drop('style');
      return undefined;
    }
    return `${name}:${text === '' ? ' ' : text}${important === false ? '' : '!important'}`;
  }

  private writeAtrule(rule: AtrulePlain): string {
    const name = rule.name.toLowerCase();
    if (name === 'charset') return '';
    const prelude = this.writePrelude(name, rule);
    if (prelude === undefined) {
      this.counts.drop('style');
      return inertRule;
    }
    const head = prelude === '' ? `@${name}` : `@${name} ${prelude}`;
    return rule.block ? `${head}{${this.writeBlock(rule.block.children, /keyframes$/.test(name))}}` : `${head};`;
  }

  /** Returns undefined for every at-rule that isn't listed here: they are refused. */
  private writePrelude(name: string, { prelude, block }: AtrulePlain): string | undefined {
    const nodes = prelude === null ? [] : prelude.type === 'AtrulePrelude' ? prelude.children : undefined;
    if (nodes === undefined || (!block && name !== 'layer')) return undefined;
    const [first] = nodes;
    switch (name) {
      case 'media':
        return writeMediaQueries(nodes, this.writer);
      case 'supports':
        return writeSupportsQuery(nodes, this.writer);
      case 'container':
        return writeContainerQuery(nodes, this.writer);
      case 'keyframes':
      case '-webkit-keyframes':
      case '-moz-keyframes': {
        const given = first?.type === 'Identifier' ? first.name : first?.type === 'String' ? first.value : undefined;
        return given === undefined ? undefined : nameIdentifier(given, this.page.names);
      }
      case 'layer':
        return first === undefined || first.type === 'LayerList' ? this.writeLayers(first) : undefined;
      case 'starting-style':
        return nodes.length === 0 ? '' : undefined;
      default:
        return undefined;
    }
  }

  private writeLayers(list: Extract<CssNodePlain, { type: 'LayerList' }> | undefined): string {
    const layers = (list?.children ?? []).flatMap((layer) => (layer.type === 'Layer' ? [layer.name] : []));
    const write = (name: string): string =>
      name
        .split('.')
        .map((part) => nameIdentifier(part, this.page.names))
        .join('.');
    return layers.map(write).join(',');
  }
}

/** Converts lists to arrays after parsing, because css-tree 3.2's `list: false` fails on a trailing space in a selector. */
function parseCss(text: string, options: ParseOptions = {}): CssNodePlain {
  return toPlainObject(parse(text, { parseCustomProperty: true, ...options }));
}

/** Returns the stops of a keyframe: `from`, `to` or percentages. */
function writeKeyframe({ prelude }: RulePlain): string | undefined {
  if (prelude.type !== 'SelectorList') return undefined;
  const stops = prelude.children.map((selector) => {
    const [stop] = selector.type === 'Selector' ? selector.children : [];
    if (stop?.type === 'TypeSelector' && /^(?:from|to)$/i.test(stop.name)) return stop.name.toLowerCase();
    const share = stop?.type === 'Percentage' ? plainNumber(stop.value) : undefined;
    return share === undefined ? undefined : `${share}%`;
  });
  return stops.every((stop) => stop !== undefined) ? stops.join(',') : undefined;
}
