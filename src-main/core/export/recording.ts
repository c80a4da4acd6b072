import type { SessionEvent } from '../../contract/recorded-event';

/**
 * Redacted events as a recording: of one window the plain array that every rrweb player takes, of several windows JSON lines of
 * `[windowId, event]`, since an array would mix the pages. Its parts follow each other without anything between.
 */
export async function* writeRecording(
  events: AsyncIterable<SessionEvent>,
  hasWindows: boolean,
): AsyncGenerator<string> {
  let before = '[';
  for await (const { windowId, event } of events) {
    if (hasWindows) yield `${JSON.stringify([windowId, event])}\n`;
    else yield `${before}${JSON.stringify(event)}`;
    before = ',\n';
  }
  if (!hasWindows) yield before === '[' ? '[]\n' : ']\n';
}
