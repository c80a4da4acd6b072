import { IncrementalSource, MouseInteractions, PointerTypes } from '../../recording/events';
import { isFiniteNumber, isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';

/** Numbers are rounded to two decimals and bounded to the size of screens and pages. */
const numberLimit = 10_000_000;

export function boundedNumber(value: unknown): number | undefined {
  if (!isFiniteNumber(value)) return undefined;
  return Math.round(Math.min(numberLimit, Math.max(-numberLimit, value)) * 100) / 100 + 0;
}

/** Returns the numeric fields of a record. Undefined if a required one isn't a number. */
function pickNumbers(
  data: JsonRecord,
  required: readonly string[],
  optional: readonly string[] = [],
): Record<string, number> | undefined {
  const picked: Record<string, number> = {};
  for (const field of [...required, ...optional]) {
    const number = boundedNumber(data[field]);
    if (number !== undefined) picked[field] = number;
    else if (required.includes(field)) return undefined;
  }
  return picked;
}

export function redactMove(source: IncrementalSource, data: JsonRecord): JsonRecord | undefined {
  const positions = listOf(data.positions).flatMap((position) => {
    if (!isRecord(position) || !isNodeId(position.id)) return [];
    const numbers = pickNumbers(position, ['x', 'y', 'timeOffset']);
    return numbers ? [{ ...numbers, timeOffset: Math.round(numbers.timeOffset ?? 0), id: position.id }] : [];
  });
  return positions.length === 0 ? undefined : { source, positions };
}

export function redactInteraction(data: JsonRecord): JsonRecord | undefined {
  const { type, id, pointerType } = data;
  if (!isNodeId(id) || !isOneOf(type, MouseInteractions)) return undefined;
  const written: Record<string, unknown> = {
    source: IncrementalSource.MouseInteraction,
    type,
    id,
    ...pickNumbers(data, [], ['x', 'y']),
  };
  if (isOneOf(pointerType, PointerTypes)) written.pointerType = pointerType;
  return written;
}

export function redactScroll(data: JsonRecord): JsonRecord | undefined {
  const numbers = pickNumbers(data, ['x', 'y']);
  return numbers && isNodeId(data.id) ? { source: IncrementalSource.Scroll, id: data.id, ...numbers } : undefined;
}

export function redactResize(data: JsonRecord): JsonRecord | undefined {
  const numbers = pickNumbers(data, ['width', 'height']);
  return numbers && { source: IncrementalSource.ViewportResize, ...numbers };
}

/** Keeps playing and pausing. Leaves out the position in the media. */
export function redactMedia(data: JsonRecord): JsonRecord | undefined {
  const { type, id, muted, loop } = data;
  if (!isNodeId(id) || !isNodeId(type) || type < 0 || type > 4) return undefined;
  const written: Record<string, unknown> = {
    source: IncrementalSource.MediaInteraction,
    type,
    id,
    ...pickNumbers(data, [], ['volume', 'playbackRate']),
  };
  if (typeof muted === 'boolean') written.muted = muted;
  if (typeof loop === 'boolean') written.loop = loop;
  return written;
}

function isOneOf(value: unknown, numbers: Readonly<Record<string, string | number>>): value is number {
  return typeof value === 'number' && typeof numbers[value] === 'string';
}
