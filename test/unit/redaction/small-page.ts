import type { RecordedEvent } from '../../../src-main/contract/recorded-event';

export const startedAt = 1_700_000_000_000;

export function element(
  id: number,
  tagName: string,
  attributes: object = {},
  childNodes: unknown[] = [],
  more: object = {},
): object {
  return { type: 2, id, tagName, attributes, childNodes, ...more };
}

export function text(id: number, textContent: string, more: object = {}): object {
  return { type: 3, id, textContent, ...more };
}

/** Returns a snapshot of a page. Its body is node 3 and contains the given nodes. */
export function snapshot(body: unknown[], head: unknown[] = []): RecordedEvent {
  const node = {
    type: 0,
    id: 1,
    childNodes: [element(2, 'html', {}, [element(4, 'head', {}, head), element(3, 'body', {}, body)])],
  };
  return { type: 2, data: { node, initialOffset: { top: 0, left: 0 } }, timestamp: startedAt };
}

export function incremental(source: number, data: object, afterMs = 1000): RecordedEvent {
  return { type: 3, data: { source, ...data }, timestamp: startedAt + afterMs };
}

export function mutation(
  parts: { texts?: unknown[]; attributes?: unknown[]; removes?: unknown[]; adds?: unknown[] },
  afterMs = 1000,
): RecordedEvent {
  return incremental(0, { texts: [], attributes: [], removes: [], adds: [], ...parts }, afterMs);
}

export function plugin(name: string, payload: object): RecordedEvent {
  return { type: 6, data: { plugin: name, payload }, timestamp: startedAt + 500 };
}
