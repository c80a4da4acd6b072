import type { SessionEvent } from '../../contract/recorded-event';

/**
 * Writes redacted events as a recording: a plain array for one window, which every rrweb player accepts, and JSON Lines of
 * `[windowId, event]` for several, since an array would mix their pages. Yields consecutive parts of the text.
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
