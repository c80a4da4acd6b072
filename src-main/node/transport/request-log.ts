import { appendFile, readFile, rename, stat } from 'node:fs/promises';
import * as v from 'valibot';
import { LoggedRequest } from '../../contract/logged-request';
import { Mutex } from '../../contract/shared/mutex';
import type { TransportLogEntry } from './attempt';

/** A log of this size is put aside, in place of the one before: so much is kept at most twice, bytes. */
const longestLog = 2_000_000;

/** What a platform itself calls a part of its addresses; anything else may be somebody's id or address. */
const isPlain = (part: string): boolean => /^([a-z][a-z_-]{0,39}|v?\d{1,2})$/.test(part);

/** An address without what it tells of users and sessions. */
export function hideIds(path: string): string {
  const parts = path.split('/');
  return parts
    .map((part, index) => (part === '' || (isPlain(part) && parts[index - 1] !== 'users') ? part : ':id'))
    .join('/');
}

export interface RequestLog {
  log: (entry: TransportLogEntry) => void;
  /** The newest requests, the last one first; lines that can't be read are left out. */
  newest: (most: number) => Promise<LoggedRequest[]>;
}

/**
 * The log of all that was asked of the network, as JSON lines: when, whom, what kind of address, how it ended. No query, no header, no
 * body, no id. A log that can't be written keeps nothing from being asked.
 */
export function openRequestLog(file: string, nowMs: () => number): RequestLog {
  const writes = new Mutex();
  const older = `${file}.1`;
  const write = async (line: string): Promise<void> => {
    const size = await stat(file).then(
      (stats) => stats.size,
      () => 0,
    );
    if (size > longestLog) await rename(file, older);
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
      // A log that can't be written blocks no request.
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

/** What stands in a file may be anybody's: only what has the shape of a line, ids hidden, is shown. */
function readLine(line: string): LoggedRequest[] {
  try {
    const { at, ...rest } = JSON.parse(line) as Record<string, unknown>;
    const result = v.safeParse(LoggedRequest, { ...rest, atMs: Date.parse(String(at)) });
    return result.success ? [{ ...result.output, path: hideIds(result.output.path.split('?', 1)[0] ?? '') }] : [];
  } catch {
    return [];
  }
}
