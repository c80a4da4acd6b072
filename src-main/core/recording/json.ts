/** Reading values whose shape nobody has promised. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is an array, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** rrweb numbers nodes with whole numbers; negative ones stand for ignored or missing nodes. */
export function isNodeId(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
