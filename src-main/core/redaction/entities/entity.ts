import type { FindingKind } from '../../../contract/finding-kinds';

/** A value that is personal according to the structure of a recording. */
export interface Entity {
  /** As it was written, trimmed. */
  readonly value: string;
  /** Undefined where only its location shows that it is private. */
  readonly kind: FindingKind | undefined;
}

/** Secret plain data: it stays in the process that redacts. */
export interface Entities {
  readonly values: readonly Entity[];
  /** True if there were more values than the limit. Unknown values must then not count as harmless. */
  readonly isFull: boolean;
}
