import { appendFile, rename, stat } from 'node:fs/promises';
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

/**
 * The log of all that was asked of the network, as JSON lines: when, whom, what kind of address, how it ended. No query, no header, no
 * body, no id. A log that can't be written keeps nothing from being asked.
 */
export function openRequestLog(file: string, nowMs: () => number): (entry: TransportLogEntry) => void {
  let last: Promise<void> = Promise.resolve();
  const write = async (line: string): Promise<void> => {
    const size = await stat(file).then(
      (stats) => stats.size,
      () => 0,
    );
    if (size > longestLog) await rename(file, `${file}.1`);
    await appendFile(file, line, { mode: 0o600 });
  };
  return (entry) => {
    const line = `${JSON.stringify({ at: new Date(nowMs()).toISOString(), ...entry, path: hideIds(entry.path) })}\n`;
    last = last.then(() => write(line)).catch(() => undefined);
  };
}
