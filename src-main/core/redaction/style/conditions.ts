import type { AtrulePreludePlain, ConditionPlain, CssNodePlain, DeclarationPlain, MediaQueryPlain } from 'css-tree';
import { isFeature, isKeyword, units } from './css-vocabulary';
import { plainNumber } from './numbers';
import { writeSelector, type SelectorNames } from './selectors';
import { nameIdentifier } from './style-value';

/** The context for writing the conditions of at-rules such as `@media`, `@supports` and `@container`. */
export interface ConditionWriter {
  page: SelectorNames;
  writeDeclaration(declaration: DeclarationPlain): string | undefined;
}

export function writeMediaQueries(nodes: readonly CssNodePlain[], writer: ConditionWriter): string | undefined {
  const [list] = nodes;
  if (nodes.length !== 1 || list?.type !== 'MediaQueryList') return undefined;
  const queries = list.children.map((query) =>
    query.type === 'MediaQuery' ? writeMediaQuery(query, writer) : undefined,
  );
  return queries.every((query) => query !== undefined) ? queries.join(',') : undefined;
}

function writeMediaQuery(
  { modifier, mediaType, condition }: MediaQueryPlain,
  writer: ConditionWriter,
): string | undefined {
  const type = mediaType?.toLowerCase();
  if (type !== undefined && !['all', 'screen', 'print', 'speech'].includes(type)) return undefined;
  const asked = condition ? writeCondition(condition, writer) : '';
  if (asked === undefined) return undefined;
  const prefix = modifier?.toLowerCase() === 'not' ? 'not ' : modifier === null ? '' : 'only ';
  if (type === undefined) return asked;
  return `${prefix}${type}${asked === '' ? '' : ` and ${asked}`}`;
}

export function writeContainerQuery(
  nodes: AtrulePreludePlain['children'],
  writer: ConditionWriter,
): string | undefined {
  const parts = nodes.map((node) => {
    if (node.type === 'Identifier') return nameIdentifier(node.name, writer.page.names);
    return node.type === 'Condition' ? writeCondition(node, writer) : undefined;
  });
  return parts.every((part) => part !== undefined) ? parts.join(' ') : undefined;
}

export function writeSupportsQuery(nodes: AtrulePreludePlain['children'], writer: ConditionWriter): string | undefined {
  const [condition] = nodes;
  return nodes.length === 1 && condition?.type === 'Condition' ? writeCondition(condition, writer) : undefined;
}

function writeCondition(condition: ConditionPlain, writer: ConditionWriter): string | undefined {
  const parts = condition.children.map((node) => writeTerm(node, writer));
  return parts.every((part) => part !== undefined) ? parts.join(' ') : undefined;
}

function writeTerm(node: CssNodePlain, writer: ConditionWriter): string | undefined {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- an allow-list: every other type is refused
  switch (node.type) {
    case 'Identifier':
      return ['and', 'or', 'not'].includes(node.name.toLowerCase()) ? node.name.toLowerCase() : undefined;
    case 'Condition': {
      const inner = writeCondition(node, writer);
      return inner === undefined ? undefined : `(${inner})`;
    }
    case 'Feature': {
      const name = node.name.toLowerCase();
      if (!isFeature(name)) return undefined;
      if (!node.value) return `(${name})`;
      const value = writeFeatureValue(node.value);
      return value === undefined ? undefined : `(${name}:${value})`;
    }
    case 'FeatureRange': {
      const parts = [node.left, node.leftComparison, node.middle, node.rightComparison, node.right].map((part) =>
        part === null ? '' : typeof part === 'string' ? writeComparison(part) : writeFeatureValue(part),
      );
      return parts.every((part) => part !== undefined)
        ? `(${parts.filter((part) => part !== '').join(' ')})`
        : undefined;
    }
    case 'SupportsDeclaration': {
      const declaration = writer.writeDeclaration(node.declaration);
      return declaration === undefined ? undefined : `(${declaration})`;
    }
    case 'FeatureFunction': {
      if (node.feature.toLowerCase() !== 'selector' || node.value.type !== 'Selector') return undefined;
      const selector = writeSelector(node.value, writer.page);
      return selector === undefined ? undefined : `selector(${selector})`;
    }
    default:
      return undefined;
  }
}

function writeComparison(text: string): string | undefined {
  return ['<', '>', '<=', '>=', '='].includes(text) ? text : undefined;
}

function writeFeatureValue(node: CssNodePlain): string | undefined {
  if (node.type === 'Identifier') {
    const name = node.name.toLowerCase();
    return isFeature(name) || isKeyword(name) ? name : undefined;
  }
  if (node.type === 'Ratio') {
    const sides = [node.left, node.right ?? undefined].map((side) =>
      side === undefined ? '1' : side.type === 'Number' ? plainNumber(side.value) : undefined,
    );
    return sides.every((side) => side !== undefined) ? sides.join('/') : undefined;
  }
  if (node.type !== 'Number' && node.type !== 'Dimension') return undefined;
  return plainNumberOf(node);
}

function plainNumberOf(node: Extract<CssNodePlain, { type: 'Number' | 'Dimension' }>): string | undefined {
  const number = plainNumber(node.value);
  if (number === undefined || node.type === 'Number') return number;
  const unit = node.unit.toLowerCase();
  return units.has(unit) ? `${number}${unit}` : undefined;
}
