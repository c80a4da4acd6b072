import { IncrementalSource, MouseInteractions, PointerTypes } from '../../recording/events';
import { isFiniteNumber, isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';

/** Places are kept to two decimals, and within what screens and pages can be. */
const placeLimit = 10_000_000;

export function boundedNumber(value: unknown): number | undefined {
  if (!isFiniteNumber(value)) return undefined;
  return Math.round(Math.min(placeLimit, Math.max(-placeLimit, value)) * 100) / 100 + 0;
}

/** The fields of a record that are numbers, under their own names; undefined if one of the required ones isn't. */
function pickNumbers(
  data: JsonRecord,
  required: readonly string[],
  optional: readonly string[] = [],
): Record<string, number> | undefined {
  const picked: Record<string, number> = {};
  for (const field of [...required, ...optional]) {
    const place = boundedNumber(data[field]);
    if (place !== undefined) picked[field] = place;
    else if (required.includes(field)) return undefined;
  }
  return picked;
}

export function redactMove(source: IncrementalSource, data: JsonRecord): JsonRecord | undefined {
  const positions = listOf(data.positions).flatMap((position) => {
    if (!isRecord(position) || !isNodeId(position.id)) return [];
    const places = pickNumbers(position, ['x', 'y', 'timeOffset']);
    return places ? [{ ...places, timeOffset: Math.round(places.timeOffset ?? 0), id: position.id }] : [];
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
  const places = pickNumbers(data, ['x', 'y']);
  return places && isNodeId(data.id) ? { source: IncrementalSource.Scroll, id: data.id, ...places } : undefined;
}

export function redactResize(data: JsonRecord): JsonRecord | undefined {
  const places = pickNumbers(data, ['width', 'height']);
  return places && { source: IncrementalSource.ViewportResize, ...places };
}

/** Playing and pausing; where in the media somebody was is left out. */
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
