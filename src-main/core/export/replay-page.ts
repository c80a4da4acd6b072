import { CasementError } from '../../contract/errors';
import type { RedactionReport } from '../../contract/policy';
import type { ReplayPageSession } from '../../contract/replay-page';
import { cleanDocument, documentFacts, formatEntry } from '../timeline/formats/document';
import { markup } from '../timeline/formats/html-text';
import { timelineDocument, type ExportFacts } from './artifact';
import type { PreparedExport } from './prepare';
import type { ReplayTemplate } from './replay-template';

/** The most characters of JSON in a page: a browser reads all of it before it shows anything. */
const replayPageLimit = 100_000_000;

interface ReplayPageOptions {
  /** `refuse` throws if the recordings don't fit. `say` omits those that don't, and the page says so. */
  onTooLarge: 'refuse' | 'say';
  /** In characters of JSON. */
  limit?: number;
}

/**
 * Writes a page that replays redacted sessions without Casement, from the built template. No text of a recording can close the element
 * with the data. Reads each recording once. Throws `replay-too-large` with `refuse`, and the errors of the recordings' store.
 */
export async function writeReplayPage(
  { beforeTitle, beforeData, afterData }: ReplayTemplate,
  prepared: readonly PreparedExport[],
  facts: ExportFacts,
  { onTooLarge, limit = replayPageLimit }: ReplayPageOptions,
): Promise<string> {
  let charactersLeft = limit;
  const sessions: string[] = [];
  for (const session of prepared) {
    const about = describeSession(session, facts);
    const windows = await writeWindows(session, charactersLeft - JSON.stringify(about).length);
    if (windows === undefined && onTooLarge === 'refuse') {
      throw new CasementError('replay-too-large', { limit: `${Math.floor(limit / 1_000_000)} MB` });
    }
    const head = escapeJson({ ...about, isTooLarge: windows === undefined });
    sessions.push(`${head.slice(0, -1)},"windows":[${windows ?? ''}]}`);
    charactersLeft -= sessions.at(-1)?.length ?? 0;
  }
  const [first] = prepared;
  if (!first) throw new RangeError('a replay page without a session');
  const { title } = cleanDocument(timelineDocument(first, facts));
  const data = `{"title":${escapeJson(title)},"sessions":[${sessions.join(',')}]}`;
  return beforeTitle + markup`${title}`.source + beforeData + data + afterData;
}

type SessionHead = Omit<ReplayPageSession, 'windows' | 'isTooLarge'>;

function describeSession(prepared: PreparedExport, facts: ExportFacts): SessionHead {
  const document = cleanDocument(timelineDocument(prepared, facts));
  return {
    facts: documentFacts(document),
    hidden: listHidden(prepared.report),
    durationMs: prepared.durationMs,
    entries: document.entries.map((entry) => {
      const { atMs, windowId, kind, severity } = entry;
      return { atMs, windowId, kind, severity, text: formatEntry(entry) };
    }),
  };
}

/** Returns the windows as JSON without brackets, or undefined if they need more than `limit` characters. */
async function writeWindows({ recording, zeroAt }: PreparedExport, limit: number): Promise<string | undefined> {
  const windows = new Map<string, { startMs: number; events: string[] }>();
  let charactersLeft = limit;
  for await (const { windowId, event } of recording.events()) {
    let window = windows.get(windowId);
    if (!window) {
      window = { startMs: event.timestamp - zeroAt, events: [] };
      windows.set(windowId, window);
    }
    const json = escapeJson(event);
    window.events.push(json);
    charactersLeft -= json.length + 1;
    if (charactersLeft < 0) return undefined;
  }
  return [...windows]
    .map(([id, { startMs, events }]) => `{"id":${escapeJson(id)},"startMs":${startMs},"events":[${events.join(',')}]}`)
    .join(',');
}

function listHidden({ masked, dropped }: RedactionReport): ReplayPageSession['hidden'] {
  const channels = [...new Set([...Object.keys(masked), ...Object.keys(dropped)])];
  return channels.map((channel) => ({ channel, masked: masked[channel] ?? 0, dropped: dropped[channel] ?? 0 }));
}

/** Returns equivalent JSON without tags, comments and the line separators that end a script's string. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
