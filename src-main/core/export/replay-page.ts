import { CasementError } from '../../contract/errors';
import type { RedactionReport } from '../../contract/policy';
import type { ReplayPageSession } from '../../contract/replay-page';
import { groupByWindow } from '../recording/segments/segment';
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

/** Most bytes of UTF-8 for one character of a text. */
const bytesPerCharacter = 3;

/** Returns the windows as JSON without brackets, or undefined if they need more than `limit` characters. */
async function writeWindows({ recording, zeroAt }: PreparedExport, limit: number): Promise<string | undefined> {
  const bytes = recording.segments.reduce((sum, segment) => sum + segment.bytes - segment.eventsAt, 0);
  if (bytes / bytesPerCharacter > limit) return undefined;
  const windows: string[] = [];
  let charactersLeft = limit;
  for (const [id, segments] of groupByWindow(recording.segments)) {
    const events: string[] = [];
    for (const segment of segments) {
      const text = escapeMarkup(await recording.readText(segment));
      events.push(text);
      charactersLeft -= text.length + 1;
      if (charactersLeft < 0) return undefined;
    }
    const startMs = (segments[0]?.startMs ?? zeroAt) - zeroAt;
    windows.push(`{"id":${escapeJson(id)},"startMs":${startMs},"events":[${events.join(',')}]}`);
  }
  return windows.join(',');
}

function listHidden({ masked, dropped }: RedactionReport): ReplayPageSession['hidden'] {
  const channels = [...new Set([...Object.keys(masked), ...Object.keys(dropped)])];
  return channels.map((channel) => ({ channel, masked: masked[channel] ?? 0, dropped: dropped[channel] ?? 0 }));
}

function escapeJson(value: unknown): string {
  return escapeMarkup(JSON.stringify(value));
}

/** Returns equivalent JSON without tags, comments and the line separators that end a script's string. */
function escapeMarkup(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
