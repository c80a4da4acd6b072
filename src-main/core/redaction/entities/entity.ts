import type { FindingKind } from '../../../contract/finding-kinds';
import type { Pickers } from '../page/picker-watch';

/** A value that is personal according to the structure of a recording. */
export interface Entity {
  /** As it was written, trimmed. */
  readonly value: string;
  /** Undefined where only its location shows that it is private. */
  readonly kind: FindingKind | undefined;
  /** Set if the leak gate found the value in an export. It is then hidden even if it is a common word. */
  readonly repair?: Literal;
}

/** A value to hide because the leak gate found it. */
export interface Literal {
  /** As the export held it. */
  readonly value: string;
  /** The same for all spellings of one value. */
  readonly of: string;
  /** The channel that the gate found it in, for the report. */
  readonly channel: string;
}

/** Secret plain data: it stays in the process that redacts. */
export interface Entities {
  readonly values: readonly Entity[];
  /** True if there were more values than the limit. Unknown values must then not count as harmless. */
  readonly isFull: boolean;
  /** The pickers of each window, by what they do. */
  readonly pickers?: ReadonlyMap<string, Pickers>;
}

/** Adds values that must be hidden wherever they occur. */
export function withLiterals(entities: Entities, literals: readonly Literal[]): Entities {
  if (literals.length === 0) return entities;
  const added = literals.map((repair): Entity => ({ value: repair.value, kind: undefined, repair }));
  return { ...entities, values: [...entities.values, ...added] };
}
