import { isRecord, type JsonRecord } from '../json';

/** A list of items in a document. Each may be an event or contain some. */
interface ItemList {
  windowId: string;
  items: readonly unknown[];
}

export interface Shape {
  /** A word for the shape, shown to the user. */
  format: string;
  lists: ItemList[];
}

/** The window of an event that names none. */
export const onlyWindow = '1';

/** The most objects around the list of events in any known shape. */
export const wrapperLimit = 3;
/** Keys of the list of events, or of an object around it, in known shapes. The first one counts. */
export const wrapperKeys: readonly string[] = ['events', 'snapshots', 'result', 'data'];
/** Keys under which each window has its own list. */
export const windowMapKeys: readonly string[] = ['snapshot_data_by_window_id', 'snapshotsByWindowId'];
/** Keys by which an event or a group of events names its window. */
export const windowKeys: readonly string[] = ['windowId', 'window_id'];

/** Finds the list of events in a parsed document by its structure; undefined for an unknown shape. */
export function findShape(document: unknown): Shape | undefined {
  let value = document;
  let format = '';
  for (let level = 0; level <= wrapperLimit; level++) {
    if (Array.isArray(value)) {
      if (isWindowPair(value as unknown[])) {
        return { format: 'window pairs', lists: [{ windowId: onlyWindow, items: [value] }] };
      }
      const items = value as unknown[];
      return { format: format || describeItem(items[0]), lists: [{ windowId: onlyWindow, items }] };
    }
    if (!isRecord(value)) return undefined;
    if (isHollow(value)) return undefined;
    if (isEvent(value)) return { format: 'event', lists: [{ windowId: onlyWindow, items: [value] }] };
    const groupWindow = windowOf(value);
    if (groupWindow !== undefined && Array.isArray(value.data)) {
      return { format: 'window groups', lists: [{ windowId: groupWindow, items: value.data as unknown[] }] };
    }
    const record: JsonRecord = value;
    const byWindow = windowMapKeys.map((key) => record[key]).find(isRecord);
    if (byWindow) {
      const lists = Object.entries(byWindow).flatMap(([windowId, items]) =>
        Array.isArray(items) ? [{ windowId, items: items as unknown[] }] : [],
      );
      return { format: format || 'windows', lists };
    }
    const key = wrapperKeys.find((name) => typeof record[name] === 'object' && record[name] !== null);
    if (!key) return undefined;
    format = format || describeWrapper(key, record.version);
    value = record[key];
  }
  return undefined;
}

/** Returns a word for a document by the key of its events. */
export function describeWrapper(key: string, version: unknown): string {
  if (windowMapKeys.includes(key)) return 'windows';
  return key === 'data' && typeof version === 'string' ? 'posthog export' : key;
}

export type EventEnvelope = JsonRecord & { readonly type: number; readonly timestamp: unknown };

/** Returns whether a value has rrweb's envelope: a numeric type and a time. The numbers are checked later. */
export function isEvent(value: unknown): value is EventEnvelope {
  return isRecord(value) && typeof value.type === 'number' && 'timestamp' in value;
}

/** Returns whether an object is a damaged event whose data is an empty list, rather than a list of events. */
export function isHollow({ type, timestamp, data }: JsonRecord): boolean {
  const isNothing = (value: unknown): boolean => Array.isArray(value) && value.every(isNothing);
  return type !== undefined && timestamp !== undefined && isNothing(data);
}

/** Returns the window that an event or a group of events names. */
export function windowOf(value: JsonRecord): string | undefined {
  const id = value.windowId ?? value.window_id;
  if (typeof id === 'string' && id !== '') return id;
  return typeof id === 'number' ? String(id) : undefined;
}

/** `[windowId, event]`. */
export function isWindowPair(value: readonly unknown[]): value is readonly [string, JsonRecord] {
  return value.length === 2 && typeof value[0] === 'string' && isRecord(value[1]);
}

/** Returns a word for a list by its first item. */
export function describeItem(first: unknown): string {
  if (typeof first === 'string') return 'packed';
  if (Array.isArray(first)) return isWindowPair(first as unknown[]) ? 'window pairs' : 'segments';
  return isRecord(first) && !isEvent(first) && Array.isArray(first.data) ? 'window groups' : 'array';
}
