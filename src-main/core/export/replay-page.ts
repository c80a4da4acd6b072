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
): Promise<Uint8Array> {
  let charactersLeft = limit;
  const sessions = new Bytes();
  for (const session of prepared) {
    const about = describeSession(session, facts);
    const windows = await writeWindows(session, charactersLeft - JSON.stringify(about).length);
    if (windows === undefined && onTooLarge === 'refuse') {
      throw new CasementError('replay-too-large', { limit: `${Math.floor(limit / 1_000_000)} MB` });
    }
    const head = escapeJson({ ...about, isTooLarge: windows === undefined });
    const before = sessions.characters;
    sessions.add(`${before === 0 ? '' : ','}${head.slice(0, -1)},"windows":[`);
    if (windows) sessions.append(windows);
    sessions.add(']}');
    charactersLeft -= sessions.characters - before;
  }
  const [first] = prepared;
  if (!first) throw new RangeError('a replay page without a session');
  const { title } = cleanDocument(timelineDocument(first, facts));
  const page = new Bytes();
  page.add(`${beforeTitle}${markup`${title}`.source}${beforeData}{"title":${escapeJson(title)},"sessions":[`);
  page.append(sessions);
  page.add(`]}${afterData}`);
  return page.join();
}

const encoder = new TextEncoder();

/** A text in UTF-8 that grows. As a string, a page of the largest size would take several times its bytes. */
class Bytes {
  private readonly parts: Uint8Array[] = [];
  characters = 0;

  add(text: string): void {
    this.parts.push(encoder.encode(text));
    this.characters += text.length;
  }

  append(other: Bytes): void {
    for (const part of other.parts) this.parts.push(part);
    this.characters += other.characters;
  }

  /** Returns all of it. Call it once, at the end: the parts are freed. */
  join(): Uint8Array {
    const joined = new Uint8Array(this.parts.reduce((sum, part) => sum + part.length, 0));
    let end = 0;
    for (const part of this.parts) {
      joined.set(part, end);
      end += part.length;
    }
    this.parts.length = 0;
    return joined;
  }
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
async function writeWindows({ recording, zeroAt }: PreparedExport, limit: number): Promise<Bytes | undefined> {
  const bytes = recording.segments.reduce((sum, segment) => sum + segment.bytes - segment.eventsAt, 0);
  if (bytes / bytesPerCharacter > limit) return undefined;
  const windows = new Bytes();
  for (const [id, segments] of groupByWindow(recording.segments)) {
    const startMs = (segments[0]?.startMs ?? zeroAt) - zeroAt;
    windows.add(`${windows.characters === 0 ? '' : ','}{"id":${escapeJson(id)},"startMs":${startMs},"events":[`);
    for (const [ordinal, segment] of segments.entries()) {
      windows.add((ordinal === 0 ? '' : ',') + escapeMarkup(await recording.readText(segment)));
      if (windows.characters > limit) return undefined;
    }
    windows.add(']}');
  }
  return windows;
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
