import { CasementError } from '../../contract/errors';
import type { RedactionReport } from '../../contract/policy';
import type { ReplayPageSession } from '../../contract/replay-page';
import { cleanDocument, documentFacts, sayEntry } from '../timeline/formats/document';
import { markup } from '../timeline/formats/html-text';
import { timelineDocument, type ExportFacts } from './artifact';
import type { PreparedExport } from './prepare';
import type { ReplayTemplate } from './replay-template';

/** So much of recordings fits into a page of its own, in characters of JSON: a browser reads it all before it shows anything. */
const replayPageLimit = 100_000_000;

interface ReplayPageOptions {
  /** `refuse` throws where the recordings don't fit; `say` leaves those out that don't, and the page says so. */
  onTooLarge: 'refuse' | 'say';
  /** In characters of JSON. */
  limit?: number;
}

/**
 * A page that replays redacted sessions by itself, made of the built template. Nothing of a recording can end the element that it lies
 * in. Each recording is read once. Errors: replay-too-large; those of the recordings' store.
 */
export async function writeReplayPage(
  { beforeTitle, beforeData, afterData }: ReplayTemplate,
  prepared: readonly PreparedExport[],
  facts: ExportFacts,
  { onTooLarge, limit = replayPageLimit }: ReplayPageOptions,
): Promise<string> {
  let room = limit;
  const sessions: string[] = [];
  for (const session of prepared) {
    const about = describeSession(session, facts);
    const windows = await writeWindows(session, room - JSON.stringify(about).length);
    if (windows === undefined && onTooLarge === 'refuse') {
      throw new CasementError('replay-too-large', { limit: `${Math.floor(limit / 1_000_000)} MB` });
    }
    const head = escapeJson({ ...about, isTooLarge: windows === undefined });
    sessions.push(`${head.slice(0, -1)},"windows":[${windows ?? ''}]}`);
    room -= sessions.at(-1)?.length ?? 0;
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
      return { atMs, windowId, kind, severity, text: sayEntry(entry) };
    }),
  };
}

/** The windows as JSON, without the brackets around them; undefined where they need more than `room` characters. */
async function writeWindows({ recording, zeroAt }: PreparedExport, room: number): Promise<string | undefined> {
  const windows = new Map<string, { startMs: number; events: string[] }>();
  let roomLeft = room;
  for await (const { windowId, event } of recording.events()) {
    let window = windows.get(windowId);
    if (!window) {
      window = { startMs: event.timestamp - zeroAt, events: [] };
      windows.set(windowId, window);
    }
    const json = escapeJson(event);
    window.events.push(json);
    roomLeft -= json.length + 1;
    if (roomLeft < 0) return undefined;
  }
  return [...windows]
    .map(([id, { startMs, events }]) => `{"id":${escapeJson(id)},"startMs":${startMs},"events":[${events.join(',')}]}`)
    .join(',');
}

function listHidden({ masked, dropped }: RedactionReport): ReplayPageSession['hidden'] {
  const channels = [...new Set([...Object.keys(masked), ...Object.keys(dropped)])];
  return channels.map((channel) => ({ channel, masked: masked[channel] ?? 0, dropped: dropped[channel] ?? 0 }));
}

/** JSON that holds no tag, comment or line end of its own; as JSON it says the same. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
