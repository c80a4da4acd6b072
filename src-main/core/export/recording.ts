import type { SessionEvent } from '../../contract/recorded-event';

/**
 * Redacted events as a recording: of one window the plain array that every rrweb player takes, of several windows JSON lines of
 * `[windowId, event]`, since an array would mix the pages.
 */
export function writeRecording(events: readonly SessionEvent[]): string {
  const windows = new Set(events.map(({ windowId }) => windowId));
  if (windows.size > 1) return events.map(({ windowId, event }) => `${JSON.stringify([windowId, event])}\n`).join('');
  return `[${events.map(({ event }) => JSON.stringify(event)).join(',\n')}]\n`;
}
