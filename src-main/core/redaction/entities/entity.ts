import type { FindingKind } from '../../../contract/finding-kinds';

/** A value that is personal according to the structure of a recording. */
export interface Entity {
  /** As it was written, trimmed. */
  readonly value: string;
  /** Undefined where only its location shows that it is private. */
  readonly kind: FindingKind | undefined;
  /** Hidden even if it is a common word: the leak gate found it in an export. */
  readonly isForced?: true;
}

/** Secret plain data: it stays in the process that redacts. */
export interface Entities {
  readonly values: readonly Entity[];
  /** True if there were more values than the limit. Unknown values must then not count as harmless. */
  readonly isFull: boolean;
}

/** Adds values that must be hidden wherever they occur. */
export function withLiterals(entities: Entities, literals: readonly string[]): Entities {
  if (literals.length === 0) return entities;
  const forced = literals.map((value): Entity => ({ value, kind: undefined, isForced: true }));
  return { ...entities, values: [...entities.values, ...forced] };
}
