import { appendFile, readFile, rename, stat } from 'node:fs/promises';
import * as v from 'valibot';
import { LoggedRequest } from '../../contract/logged-request';
import { Mutex } from '../../contract/shared/mutex';
import type { TransportLogEntry } from './attempt';

/** A larger log is renamed and replaces the previous one, so at most twice this size is kept, bytes. */
const maxLogBytes = 2_000_000;

/** Returns true for a fixed part of a platform's paths; anything else may be an id or a user's address. */
const isPlain = (part: string): boolean => /^([a-z][a-z_-]{0,39}|v?\d{1,2})$/.test(part);

/** After these parts comes an id, even if it looks like a fixed part: users may enter any text as one. */
const idFollows = new Set(['users', 'sessions', 'session', 'session-replay', 'replays']);
/** The fixed parts in place of an id: `sessions/v2` of FullStory, `session-replay/list` of Rybbit. */
const isId = (part: string, before: string | undefined): boolean =>
  before !== undefined && idFollows.has(before) && !/^(v\d{1,2}|list)$/.test(part);

/** Replaces the ids of users and sessions in a path. */
export function hideIds(path: string): string {
  const parts = path.split('/');
  return parts
    .map((part, index) => (part === '' || (isPlain(part) && !isId(part, parts[index - 1])) ? part : ':id'))
    .join('/');
}

export interface RequestLog {
  log: (entry: TransportLogEntry) => void;
  /** Returns the newest requests, newest first. Invalid lines are skipped. */
  newest: (most: number) => Promise<LoggedRequest[]>;
}

/**
 * The log of all network requests, as JSON lines: time, host, path without ids, and outcome. It contains no query, header,
 * body or id.
 */
export function openRequestLog(file: string, nowMs: () => number): RequestLog {
  const writes = new Mutex();
  const older = `${file}.1`;
  const write = async (line: string): Promise<void> => {
    const size = await stat(file).then(
      (stats) => stats.size,
      () => 0,
    );
    if (size > maxLogBytes) await rename(file, older);
    await appendFile(file, line, { mode: 0o600 });
  };
  const read = (name: string): Promise<LoggedRequest[]> =>
    readFile(name, 'utf8').then(
      (text) => text.split('\n').flatMap(readLine),
      () => [],
    );
  return {
    log(entry) {
      const line = `${JSON.stringify({ at: new Date(nowMs()).toISOString(), ...entry, path: hideIds(entry.path) })}\n`;
      // A request must not fail because the log can't be written.
      writes.run(() => write(line)).catch(() => undefined);
    },
    async newest(most) {
      await writes.idle();
      const current = await read(file);
      const all = current.length < most ? [...(await read(older)), ...current] : current;
      return all.slice(-most).reverse();
    },
  };
}

/** Other programs can write to the file, so only valid entries are returned, with ids hidden again. */
function readLine(line: string): LoggedRequest[] {
  try {
    const { at, ...rest } = JSON.parse(line) as Record<string, unknown>;
    const result = v.safeParse(LoggedRequest, { ...rest, atMs: Date.parse(String(at)) });
    return result.success ? [{ ...result.output, path: hideIds(result.output.path.split('?', 1)[0] ?? '') }] : [];
  } catch {
    return [];
  }
}
