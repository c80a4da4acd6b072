import { IncrementalSource, MouseInteractions } from '../events';
import { isFiniteNumber, isNodeId, isRecord, type JsonRecord } from '../json';

/** The last pointer position, in CSS pixels of the page's viewport, and the node under it. */
export interface Pointer {
  readonly x: number;
  readonly y: number;
  readonly id: number;
  readonly isTouch: boolean;
}

/** Interactions that move the Replayer's pointer. */
const placing: ReadonlySet<unknown> = new Set([
  MouseInteractions.Click,
  MouseInteractions.MouseDown,
  MouseInteractions.MouseUp,
  MouseInteractions.TouchStart,
  MouseInteractions.TouchEnd,
]);
const touching: ReadonlySet<unknown> = new Set([MouseInteractions.TouchStart, MouseInteractions.TouchEnd]);

/** Returns the last position of a path of moves. */
export function readMove({ source, positions }: JsonRecord): Pointer | undefined {
  const last: unknown = Array.isArray(positions) ? positions[positions.length - 1] : undefined;
  if (!isRecord(last) || !isNodeId(last.id) || !isFiniteNumber(last.x) || !isFiniteNumber(last.y)) return undefined;
  return { x: last.x, y: last.y, id: last.id, isTouch: source === IncrementalSource.TouchMove };
}

/** Returns the position of a click or a similar interaction; undefined for interactions without one. */
export function readPlacing({ type, id, x, y }: JsonRecord): Pointer | undefined {
  if (!placing.has(type) || !isNodeId(id)) return undefined;
  return { x: isFiniteNumber(x) ? x : 0, y: isFiniteNumber(y) ? y : 0, id, isTouch: touching.has(type) };
}

export function writePointer({ x, y, id, isTouch }: Pointer): JsonRecord {
  return {
    source: isTouch ? IncrementalSource.TouchMove : IncrementalSource.MouseMove,
    positions: [{ x, y, id, timeOffset: 0 }],
  };
}
