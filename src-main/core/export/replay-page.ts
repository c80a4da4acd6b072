import { CasementError } from '../../contract/errors';
import type { RedactionReport } from '../../contract/policy';
import { replayPlaces, type ReplayPageData, type ReplayPageSession } from '../../contract/replay-page';
import { cleanDocument, documentFacts, sayEntry } from '../timeline/formats/document';
import { markup } from '../timeline/formats/html-text';
import { timelineDocument, type ExportFacts } from './artifact';
import type { PreparedExport } from './prepare';

/** So much of recordings fits into a page, in characters of JSON: a browser reads it all before it shows anything. */
export const replayPageLimit = 100_000_000;

interface ReplayPageOptions {
  /** `refuse` throws where the recordings don't fit; `say` leaves those out that don't, and the page says so. */
  onTooLarge: 'refuse' | 'say';
  limit?: number;
}

/**
 * A page that replays redacted sessions by itself, made of the built template. Nothing of a recording can end the element that it lies
 * in. Errors: replay-too-large.
 */
export function writeReplayPage(
  template: string,
  prepared: readonly PreparedExport[],
  facts: ExportFacts,
  { onTooLarge, limit = replayPageLimit }: ReplayPageOptions,
): string {
  let room = limit;
  const sessions = prepared.map((session) => {
    const whole = JSON.stringify(toSession(session, facts));
    if (whole.length <= room) {
      room -= whole.length;
      return whole;
    }
    if (onTooLarge === 'refuse') {
      throw new CasementError('replay-too-large', { limit: `${Math.floor(limit / 1_000_000)} MB` });
    }
    return JSON.stringify({ ...toSession(session, facts), windows: [], isTooLarge: true } satisfies ReplayPageSession);
  });
  const head: Omit<ReplayPageData, 'sessions'> = {
    title: cleanDocument(timelineDocument(firstOf(prepared), facts)).title,
  };
  const data = `{"title":${JSON.stringify(head.title)},"sessions":[${sessions.join(',')}]}`;
  return fill(template, { title: markup`${head.title}`.source, data: escapeJson(data) });
}

function firstOf(prepared: readonly PreparedExport[]): PreparedExport {
  const [first] = prepared;
  if (!first) throw new RangeError('a replay page without a session');
  return first;
}

function toSession(prepared: PreparedExport, facts: ExportFacts): ReplayPageSession {
  const document = cleanDocument(timelineDocument(prepared, facts));
  const windows = new Map<string, ReplayPageSession['windows'][number]>();
  for (const { windowId, event } of prepared.events) {
    let window = windows.get(windowId);
    if (!window) {
      window = { id: windowId, startMs: event.timestamp - prepared.zeroAt, events: [] };
      windows.set(windowId, window);
    }
    window.events.push(event);
  }
  return {
    facts: documentFacts(document),
    hidden: listHidden(prepared.report),
    durationMs: prepared.durationMs,
    windows: [...windows.values()],
    entries: document.entries.map((entry) => {
      const { atMs, windowId, kind, severity } = entry;
      return { atMs, windowId, kind, severity, text: sayEntry(entry) };
    }),
    isTooLarge: false,
  };
}

function listHidden({ masked, dropped }: RedactionReport): ReplayPageSession['hidden'] {
  const channels = [...new Set([...Object.keys(masked), ...Object.keys(dropped)])];
  return channels.map((channel) => ({ channel, masked: masked[channel] ?? 0, dropped: dropped[channel] ?? 0 }));
}

/** JSON that holds no tag, comment or line end of its own; as JSON it says the same. */
function escapeJson(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function fill(template: string, values: Record<keyof typeof replayPlaces, string>): string {
  const [beforeTitle, afterTitle, ...moreTitles] = template.split(replayPlaces.title);
  const [beforeData, afterData, ...moreData] = (afterTitle ?? '').split(replayPlaces.data);
  if (
    beforeTitle === undefined ||
    beforeData === undefined ||
    afterData === undefined ||
    moreTitles.length + moreData.length > 0
  ) {
    throw new Error('not the template of a replay page');
  }
  return beforeTitle + values.title + beforeData + values.data + afterData;
}
