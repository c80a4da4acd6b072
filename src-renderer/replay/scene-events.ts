import { EventType, IncrementalSource } from '@rrweb/types';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';

/** Pixels of the recorded viewport. */
export interface PageSize {
  width: number;
  height: number;
}

/** The events of a segment, prepared for a Replayer that starts at one moment and only plays forward. */
export interface SceneEvents {
  /** Meta and full snapshot first. The Replayer owns them and may change them. */
  events: RecordedEvent[];
  /** The time of the segment's first page, recorder's clock, ms. */
  pageMs: number;
  /** The time that the Replayer seeks to, recorder's clock, ms. Always after its full snapshot, because an earlier time would empty the page. */
  fromMs: number;
  /** Scroll positions at that moment, by node. */
  scrolls: Map<number, ScrollOffset>;
  /** Canvas events between the full snapshot and that moment. */
  drawings: RecordedEvent[];
  size: PageSize;
}

interface ScrollOffset {
  x: number;
  y: number;
}

interface Position {
  x: number;
  y: number;
  id: number;
  timeOffset: number;
}

type Data = Record<string, unknown>;

/** Events that don't change the page. */
const silentTypes: ReadonlySet<number> = new Set([
  EventType.DomContentLoaded,
  EventType.Load,
  EventType.Custom,
  EventType.Plugin,
  EventType.Annotation,
]);

const pointerSources: ReadonlySet<unknown> = new Set([
  IncrementalSource.MouseMove,
  IncrementalSource.TouchMove,
  IncrementalSource.Drag,
]);

/** A Replayer stops its clock at its last event. Segments end before the next one begins, so none may be the last. */
const endlessMs = 1e9;

/**
 * Prepares the events of a segment for a Replayer that starts at `atMs` (recorder's clock). Returns undefined if there is no page.
 * Earlier events are reduced to those that the page needs. Later ones are kept, but rewritten to avoid defects of rrweb:
 * - A forward seek after a batch of pointer moves applies events twice, since a batch counts from its first move. So each move
 *   becomes a separate event.
 * - A seek past a Meta event without a full snapshot after it finds no page. So all Meta events except the first become resizes.
 * - The Replayer sets the size of the first Meta again after it was built. So that Meta gets the size at `atMs`.
 */
export function prepareScene(recorded: RecordedEvent[], atMs: number, fallback: PageSize): SceneEvents | undefined {
  const base = baseSnapshot(recorded, atMs);
  const snapshot = recorded[base];
  const first = recorded.find(isSnapshot);
  if (!snapshot || !first) return undefined;
  const baseMs = snapshot.timestamp;
  const fromMs = Math.max(atMs, baseMs + 0.5);
  const scrolls = snapshotScrolls(snapshot);
  const drawings: RecordedEvent[] = [];
  const kept: RecordedEvent[] = [];
  let size = sizeBefore(recorded, base) ?? fallback;
  let pointer: RecordedEvent | undefined;

  for (let index = base + 1; index < recorded.length; index++) {
    const event = recorded[index];
    if (!event || silentTypes.has(event.type)) continue;
    const isPast = event.timestamp < fromMs;
    const data = incrementalData(event);
    if (event.type === EventType.Meta || data?.['source'] === IncrementalSource.ViewportResize) {
      const changed = sizeOf(event);
      if (changed && isPast) size = changed;
      else if (changed) kept.push(resizeEvent(changed, event.timestamp));
    } else if (data && pointerSources.has(data['source'])) {
      for (const move of splitMoves(event, data, baseMs)) {
        if (move.timestamp >= fromMs) kept.push(move);
        else if (!pointer || move.timestamp >= pointer.timestamp) pointer = move;
      }
    } else if (!isPast) kept.push(event);
    else if (data?.['source'] === IncrementalSource.Scroll) setScroll(scrolls, data);
    else if (data?.['source'] === IncrementalSource.CanvasMutation) drawings.push(event);
    else if (isMutation(event) || data) kept.push(event);
  }
  if (pointer) kept.push(pointer);
  kept.sort((a, b) => a.timestamp - b.timestamp);
  const lastMs = kept.at(-1)?.timestamp ?? fromMs;
  const events = [
    { type: EventType.Meta, data: { href: '', ...size }, timestamp: baseMs },
    snapshot,
    ...kept,
    { type: EventType.Custom, data: { tag: '', payload: null }, timestamp: lastMs + endlessMs },
  ];
  return { events, pageMs: first.timestamp, fromMs, scrolls, drawings, size };
}

/** Returns the time of the first page, recorder's clock, ms. A recording may begin with the browser's empty page, which doesn't count. */
export function firstPageMs(events: readonly RecordedEvent[]): number | undefined {
  const isBlank = ({ data }: RecordedEvent): boolean => (data as { href?: unknown } | null)?.href === 'about:blank';
  let isHidden = false;
  for (const event of events) {
    if (event.type === EventType.Meta) isHidden = isBlank(event);
    else if (isSnapshot(event) && !isHidden) return event.timestamp;
  }
  return undefined;
}

function isSnapshot({ type }: RecordedEvent): boolean {
  return type === EventType.FullSnapshot;
}

function isMutation({ type }: RecordedEvent): boolean {
  return type === EventType.IncrementalSnapshot;
}

/** Returns the index of the last full snapshot at or before the moment, otherwise of the first one. */
function baseSnapshot(events: readonly RecordedEvent[], atMs: number): number {
  let base = -1;
  for (const [index, event] of events.entries()) {
    if (!isSnapshot(event)) continue;
    if (base !== -1 && event.timestamp > atMs) break;
    base = index;
  }
  return base;
}

function incrementalData({ type, data }: RecordedEvent): Data | undefined {
  return type === EventType.IncrementalSnapshot && typeof data === 'object' && data !== null
    ? (data as Data)
    : undefined;
}

function sizeBefore(events: readonly RecordedEvent[], before: number): PageSize | undefined {
  for (let index = before; index >= 0; index--) {
    const event = events[index];
    const isSized =
      event?.type === EventType.Meta ||
      (event && incrementalData(event)?.['source'] === IncrementalSource.ViewportResize);
    const size = isSized ? sizeOf(event) : undefined;
    if (size) return size;
  }
  return undefined;
}

function sizeOf({ data }: RecordedEvent): PageSize | undefined {
  const { width, height } = (data ?? {}) as Data;
  const isSize = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= 100_000;
  return isSize(width) && isSize(height) ? { width, height } : undefined;
}

function resizeEvent(size: PageSize, timestamp: number): RecordedEvent {
  return {
    type: EventType.IncrementalSnapshot,
    data: { source: IncrementalSource.ViewportResize, ...size },
    timestamp,
  };
}

/** Splits a batch of pointer moves into one event each, with its own time. Moves before the page get the page's time. */
function splitMoves(event: RecordedEvent, data: Data, baseMs: number): RecordedEvent[] {
  const positions = Array.isArray(data['positions']) ? (data['positions'] as Partial<Position>[]) : [];
  return positions.flatMap((position) => {
    if (typeof position !== 'object' || position === null) return [];
    const offset = Number.isFinite(position.timeOffset) ? (position.timeOffset ?? 0) : 0;
    const timestamp = Math.max(baseMs, event.timestamp + Math.min(0, offset));
    return [{ type: event.type, data: { ...data, positions: [{ ...position, timeOffset: 0 }] }, timestamp }];
  });
}

function setScroll(scrolls: SceneEvents['scrolls'], { id, x, y }: Data): void {
  if (typeof id === 'number' && typeof x === 'number' && typeof y === 'number') scrolls.set(id, { x, y });
}

/** Removes scroll offsets from a full snapshot and returns them. Setting them one by one would lay out the page each time. */
function snapshotScrolls({ data }: RecordedEvent): SceneEvents['scrolls'] {
  const scrolls: SceneEvents['scrolls'] = new Map();
  const { node, initialOffset } = (data ?? {}) as Data;
  const { left, top } = (initialOffset ?? {}) as Data;
  const rest = [node];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next !== 'object' || next === null) continue;
    const { id, attributes, childNodes } = next as Data;
    if (Array.isArray(childNodes)) for (const child of childNodes) rest.push(child);
    if (typeof attributes !== 'object' || attributes === null) continue;
    const { rr_scrollLeft: x, rr_scrollTop: y } = attributes as Data;
    if (x === undefined && y === undefined) continue;
    setScroll(scrolls, { id, x: Number(x ?? 0), y: Number(y ?? 0) });
    Reflect.deleteProperty(attributes, 'rr_scrollLeft');
    Reflect.deleteProperty(attributes, 'rr_scrollTop');
  }
  setScroll(scrolls, { id: (node as Data | null)?.['id'], x: Number(left ?? 0), y: Number(top ?? 0) });
  return scrolls;
}
