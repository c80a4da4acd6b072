import { IncrementalSource } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { RedactionContext } from '../redaction-context';

/** Reads a position in a style sheet: an index, or the path of indices to a nested rule. */
function readIndex(index: unknown): number | number[] | undefined {
  if (isNodeId(index)) return index;
  return Array.isArray(index) && index.every(isNodeId) ? [...index] : undefined;
}

/** Reads which sheet an event changes: by its owner's id or by its own. */
function readSheet(data: JsonRecord): JsonRecord | undefined {
  if (!isNodeId(data.id) && !isNodeId(data.styleId)) return undefined;
  return { ...(isNodeId(data.id) && { id: data.id }), ...(isNodeId(data.styleId) && { styleId: data.styleId }) };
}

function redactAdds(adds: unknown, context: RedactionContext): JsonRecord[] {
  return listOf(adds).flatMap((add) => {
    if (!isRecord(add) || typeof add.rule !== 'string') return [];
    const index = readIndex(add.index);
    return [{ rule: context.style.redactRule(add.rule), ...(index !== undefined && { index }) }];
  });
}

export function redactStyleSheetRule(data: JsonRecord, context: RedactionContext): JsonRecord | undefined {
  const sheet = readSheet(data);
  if (!sheet) return undefined;
  const removes = listOf(data.removes).flatMap((remove) => {
    const index = isRecord(remove) ? readIndex(remove.index) : undefined;
    return index === undefined ? [] : [{ index }];
  });
  const adds = redactAdds(data.adds, context);
  return {
    source: IncrementalSource.StyleSheetRule,
    ...sheet,
    ...(removes.length > 0 && { removes }),
    ...(adds.length > 0 && { adds }),
    ...(typeof data.replace === 'string' && { replace: context.style.redactSheet(data.replace) }),
    ...(typeof data.replaceSync === 'string' && { replaceSync: context.style.redactSheet(data.replaceSync) }),
  };
}

export function redactStyleDeclaration(data: JsonRecord, context: RedactionContext): JsonRecord | undefined {
  const sheet = readSheet(data);
  const index = readIndex(data.index);
  if (!sheet || !Array.isArray(index)) return undefined;
  const { set, remove } = data;
  if (isRecord(set) && typeof set.property === 'string') {
    const written = typeof set.value === 'string' ? context.style.redactProperty(set.property, set.value) : undefined;
    if (!written) return undefined;
    const priority = set.priority === 'important' ? { priority: 'important' } : {};
    return { source: IncrementalSource.StyleDeclaration, ...sheet, index, set: { ...written, ...priority } };
  }
  const property =
    isRecord(remove) && typeof remove.property === 'string' ? context.style.nameProperty(remove.property) : undefined;
  return property === undefined
    ? undefined
    : { source: IncrementalSource.StyleDeclaration, ...sheet, index, remove: { property } };
}

export function redactAdoptedStyleSheet(data: JsonRecord, context: RedactionContext): JsonRecord | undefined {
  if (!isNodeId(data.id)) return undefined;
  const styles = listOf(data.styles).flatMap((style) =>
    isRecord(style) && isNodeId(style.styleId)
      ? [{ styleId: style.styleId, rules: redactAdds(style.rules, context) }]
      : [],
  );
  return {
    source: IncrementalSource.AdoptedStyleSheet,
    id: data.id,
    styleIds: listOf(data.styleIds).filter(isNodeId),
    ...(styles.length > 0 && { styles }),
  };
}
