import type { RecordedEvent } from '../../contract/recorded-event';
import { platformKeys, type PlatformValue } from './platform-events';

/** A string of an event, or a number of a body, with its key. */
export interface Leaf {
  text: string;
  key: string;
  zone: Zone;
}

/**
 * `page`: shown, logged or requested. `held`: the attributes of an input; `value`: its value. `change`: changed attributes and those of
 * other elements; `typing`: a value among them, which may be half typed. `header`, `body`: of a request. `console`: a logged text;
 * logged data is a `body`.
 */
export type Zone = 'page' | 'held' | 'value' | 'change' | 'typing' | 'header' | 'body' | 'console';

/** Keys of geometry, styles and images: they hold many numbers and nothing personal. */
const ignoredKeys: ReadonlySet<string> = new Set(
  'd points viewBox transform style _cssText rule replace replaceSync set class rr_dataURL base64 fontSource'.split(
    ' ',
  ),
);
const buttonTypes: ReadonlySet<unknown> = new Set(['submit', 'button', 'reset', 'checkbox', 'radio']);

type Item = { value: unknown; key: string; zone: Zone };

/** The most values that are read of an event: real events are far smaller. */
const itemsLimit = 5_000_000;

/** Calls `onLeaf` with each string of an event, keys included, and `onNode` with each element. Iterative, because nesting is unlimited. */
export function walkEvent(
  event: RecordedEvent,
  onLeaf: (leaf: Leaf) => void,
  onNode: (node: { id: unknown; attributes: unknown }) => void,
): void {
  const zone: Zone = event.type === 5 ? 'body' : 'page';
  const known = event.type === 5 ? platformKeys(tagOf(event.data)) : undefined;
  const open: Item[] = [{ value: event.data, key: '', zone }];
  for (let count = 0, item = open.pop(); item && count < itemsLimit; item = open.pop(), count++) {
    const { value, key, zone: inside } = item;
    if (typeof value === 'string') readString(value, key, zoneOfText(known?.get(key), inside), open, onLeaf);
    else if (typeof value === 'number') {
      if ((inside === 'body' || inside === 'console') && known?.get(key) !== 'number')
        onLeaf({ text: String(value), key, zone: inside });
    } else if (Array.isArray(value)) for (const entry of value) open.push({ value: entry, key, zone: inside });
    else if (typeof value === 'object' && value !== null) openObject(value, inside, open, onLeaf, onNode);
  }
}

function tagOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'tag' in data ? data.tag : undefined;
}

function zoneOfText(known: PlatformValue | undefined, inside: Zone): Zone {
  return known === 'page' || known === 'console' ? known : inside;
}

function readString(text: string, key: string, zone: Zone, open: Item[], onLeaf: (leaf: Leaf) => void): void {
  // Bodies and logged values are JSON in JSON, or a form; anything else is read as a text.
  const isData = zone === 'body' || zone === 'console';
  if (isData && /^\s*[[{"]/.test(text)) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (parsed !== text) {
        open.push({ value: parsed, key, zone: typeof parsed === 'string' ? zone : 'body' });
        return;
      }
    } catch {
      // Truncated, or not JSON.
    }
  } else if (isData && /^[\w.[\]%-]+=[^\s]*$/.test(text)) {
    for (const [name, value] of new URLSearchParams(text)) open.push({ value, key: name, zone: 'body' });
    return;
  }
  onLeaf({ text, key, zone });
}

function openObject(
  value: object,
  zone: Zone,
  open: Item[],
  onLeaf: (leaf: Leaf) => void,
  onNode: (node: { id: unknown; attributes: unknown }) => void,
): void {
  const record = value as Readonly<Record<string, unknown>>;
  if ('attributes' in record) onNode({ id: record.id, attributes: record.attributes });
  for (const [key, entry] of Object.entries(record)) {
    if (ignoredKeys.has(key) && zone !== 'body') continue;
    if (zone === 'body' && key.length >= 5) onLeaf({ text: key, key: '', zone });
    open.push({ value: entry, key, zone: zoneOf(key, zone, record) });
  }
}

function zoneOf(key: string, zone: Zone, parent: Readonly<Record<string, unknown>>): Zone {
  if (key === 'requestHeaders' || key === 'responseHeaders') return 'header';
  if (key === 'requestBody' || key === 'responseBody') return 'body';
  if (key === 'payload' && Array.isArray(parent.payload)) return 'console';
  if (key === 'attributes' && 'id' in parent) return holdsValue(parent.tagName) ? 'held' : 'change';
  if (key !== 'value') return zone;
  if (zone === 'held') return buttonTypes.has(parent.type) ? 'page' : 'value';
  return zone === 'change' ? 'typing' : zone;
}

/** Returns true for inputs and for custom elements, which may be inputs, but not for selects: their values are the page's own. */
function holdsValue(tagName: unknown): boolean {
  return typeof tagName === 'string' && (tagName === 'input' || tagName === 'textarea' || tagName.includes('-'));
}
