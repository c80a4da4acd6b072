import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as v from 'valibot';

const gunzipAsync = promisify(gunzip);
const gzipAsync = promisify(gzip);

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Moment = v.pipe(v.string(), v.isoTimestamp());

/** `resources/demo/sessions.json`. */
export const DemoCatalogue = v.strictObject({
  origin: v.string(),
  recordings: v.record(
    v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.json\.gz$/)),
    v.strictObject({
      origin: v.string(),
      recordedAt: Moment,
      durationMs: Count,
      eventCount: Count,
      entryPage: v.string(),
      errorCount: Count,
      browser: v.string(),
    }),
  ),
  sessions: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.regex(/^[a-z0-9_]{4,40}$/)),
      user: v.string(),
      recording: v.string(),
      startedAt: Moment,
    }),
  ),
});
export type DemoCatalogue = v.InferOutput<typeof DemoCatalogue>;

/** A session in the protocol's format. */
interface ListedSession {
  id: string;
  user_email: string;
  started_at: string;
  duration_ms: number;
  event_count: number;
  entry_page: string;
  error_count: number;
  browser: string;
}

export interface Catalogue {
  /** Returns a page, newest first; `null` for a cursor that is not from this list. */
  list: (
    email: string,
    limit: number,
    cursor: string | undefined,
  ) => { sessions: ListedSession[]; next_cursor: string | null } | null;
  find: (id: string) => ListedSession | undefined;
  /** Returns the gzipped recording with its times moved to the session's start; undefined if the session does not exist. */
  recording: (id: string) => Promise<Buffer> | undefined;
}

/** Reads the list of sessions. Recordings are read on request. */
export async function openCatalogue(dir: string): Promise<Catalogue> {
  const { recordings, sessions } = v.parse(
    DemoCatalogue,
    JSON.parse(await readFile(join(dir, 'sessions.json'), 'utf8')),
  );
  const newestFirst = [...sessions].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  const served = new Map<string, Promise<Buffer>>();

  const listed = newestFirst.flatMap(({ id, user, recording, startedAt }): ListedSession[] => {
    const facts = recordings[recording];
    if (!facts) return [];
    return [
      {
        id,
        user_email: user,
        started_at: startedAt,
        duration_ms: facts.durationMs,
        event_count: facts.eventCount,
        entry_page: facts.entryPage,
        error_count: facts.errorCount,
        browser: facts.browser,
      },
    ];
  });

  async function read(file: string, recordedAt: string, startedAt: string): Promise<Buffer> {
    const bytes = await readFile(join(dir, file));
    const shiftMs = Date.parse(startedAt) - Date.parse(recordedAt);
    return shiftMs === 0 ? bytes : gzipAsync(shiftTimes(await gunzipAsync(bytes), shiftMs));
  }

  return {
    list(email, limit, cursor) {
      const wanted = email.toLowerCase();
      const found = listed.filter(({ user_email }) => wanted === '' || user_email.toLowerCase() === wanted);
      const start = cursor === undefined ? 0 : found.findIndex(({ id }) => cursorAfter(id) === cursor) + 1;
      if (cursor !== undefined && start === 0) return null;
      const page = found.slice(start, start + limit);
      const last = page.at(-1);
      return { sessions: page, next_cursor: last && start + limit < found.length ? cursorAfter(last.id) : null };
    },
    find: (id) => listed.find((session) => session.id === id),
    recording(id) {
      const session = sessions.find((candidate) => candidate.id === id);
      const facts = session && recordings[session.recording];
      if (!facts) return undefined;
      const reading = served.get(id) ?? read(session.recording, facts.recordedAt, session.startedAt);
      served.set(id, reading);
      // Don't cache failures, such as a file that could not be opened.
      reading.catch(() => served.delete(id));
      return reading;
    },
  };
}

const cursorAfter = (id: string): string => Buffer.from(`after ${id}`).toString('base64url');

/** Moves the recording to another day by changing only the events' timestamps. */
function shiftTimes(json: Buffer, shiftMs: number): Buffer {
  const events = JSON.parse(json.toString('utf8')) as { timestamp: number }[];
  for (const event of events) event.timestamp += shiftMs;
  return Buffer.from(JSON.stringify(events), 'utf8');
}
