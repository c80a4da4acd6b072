import { isRecord, type JsonRecord } from '../json';
import type { PropertyChanges } from './property-changes';

/** A recorded declaration: its property, value and priority. */
export type Declared = JsonRecord;

/** Applies the `set` and the `remove` of a `StyleDeclaration` event to a rule's declarations. Returns whether anything changed. */
export function changeDeclarations(declarations: PropertyChanges<Declared>, { set, remove }: JsonRecord): boolean {
  let isChanged = false;
  if (isRecord(set) && typeof set.property === 'string') {
    const { property, value, priority } = set;
    isChanged = declarations.note(property, { property, value, ...(typeof priority === 'string' && { priority }) });
  }
  if (isRecord(remove) && typeof remove.property === 'string') {
    isChanged = declarations.note(remove.property, undefined) || isChanged;
  }
  return isChanged;
}

/** Returns the changes as parts of `StyleDeclaration` events. */
export function writeDeclarations(declarations: PropertyChanges<Declared>): JsonRecord[] {
  return declarations.steps().map(([property, set]) => (set ? { set } : { remove: { property } }));
}
