import type { SessionRecord } from '../../src-main/node/vault/vault';
import type { SessionEvent } from '../../src-main/contract/recorded-event';

/** Returns the smallest recording that replays: a page with one heading, and one click. */
export function tinyRecording(startedAt = 1_700_000_000_000): SessionEvent[] {
  const node = (id: number, tagName: string, childNodes: unknown[] = []) => ({
    type: 2,
    id,
    tagName,
    attributes: {},
    childNodes,
  });
  const text = { type: 3, id: 5, textContent: 'Welcome back' };
  const page = { type: 0, id: 1, childNodes: [node(2, 'html', [node(3, 'body', [node(4, 'h1', [text])])])] };
  return [
    { type: 4, data: { href: 'https://shop.example/', width: 800, height: 600 }, timestamp: startedAt },
    { type: 2, data: { node: page, initialOffset: { top: 0, left: 0 } }, timestamp: startedAt + 10 },
    { type: 3, data: { source: 2, type: 2, id: 4, x: 20, y: 20 }, timestamp: startedAt + 900 },
  ].map((event) => ({ windowId: '1', event }));
}

/** The vault's record of a tiny recording. */
export const tinyRecord: SessionRecord = {
  title: 'tiny',
  from: 'file',
  sourceName: 'tiny.json',
  pulledAt: 1,
  facts: {
    format: 'array',
    windows: ['1'],
    events: 3,
    startedAt: 0,
    durationMs: 1,
    counts: {},
    damage: [],
    width: 1,
    height: 1,
  },
};
