import type { FindingKind } from '../../../contract/finding-kinds';

/** A value that the structure of a recording says is somebody's. */
export interface Entity {
  /** As it was written, trimmed. */
  readonly value: string;
  /** What it is taken for; `undefined` where only its place says that it is private. */
  readonly kind: FindingKind | undefined;
}

/** Plain data, but secret: it never leaves the process that redacts. */
export interface Entities {
  readonly values: readonly Entity[];
  /** Whether there were more values than are kept. Then what isn't known must not be taken for harmless. */
  readonly isFull: boolean;
}
