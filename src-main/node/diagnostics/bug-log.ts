import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { Bug, LoggedBug, type BugOrigin } from '../../contract/diagnostics';

/** The most entries that are kept; the oldest are dropped first. */
const mostEntries = 100;
/** The most reports of one run that are written, so that a bug in a loop neither fills the disk nor blocks the process. */
const mostReports = 500;

interface Options {
  file: string;
  /** The folder of the own files of each process and page. */
  folders: Readonly<Record<BugOrigin, string>>;
  nowMs: () => number;
}

export interface BugLog {
  /** Stores a report before it returns, since the process may be about to end. Never throws. */
  add: (origin: BugOrigin, report: unknown) => void;
  /** The newest first. */
  list: () => LoggedBug[];
  clear: () => void;
}

/**
 * The local log of unexpected errors. It never leaves the computer unless the user copies it. A report holds no message and no value, and may
 * come from a page, so each of its frames is compared with Casement's own files: a position has to exist in the file, and a function's
 * name has to occur there.
 */
export function openBugLog({ file, folders, nowMs }: Options): BugLog {
  let entries = read(file);
  let reports = 0;
  const sources = new Map<string, string[]>();

  const linesOf = (path: string): string[] => {
    const known = sources.get(path);
    if (known) return known;
    const lines = readText(path)?.split('\n') ?? [];
    sources.set(path, lines);
    return lines;
  };
  const ownFrame = (origin: BugOrigin) => (frame: Bug['frames'][number]) => {
    const lines = linesOf(join(folders[origin], frame.file));
    const line = lines[frame.line - 1];
    if (line === undefined || frame.column > line.length + 1) return [];
    const { name, ...position } = frame;
    const isOwnName = name !== undefined && name.split('.').every((part) => isWordOf(lines, part));
    return [isOwnName ? frame : position];
  };

  return {
    add(origin, report) {
      const parsed = v.safeParse(Bug, report);
      if (!parsed.success || ++reports > mostReports) return;
      const bug = { ...parsed.output, frames: parsed.output.frames.flatMap(ownFrame(origin)) };
      const [last] = entries;
      const isRepeated = last !== undefined && isSame(last, { ...bug, origin });
      const entry: LoggedBug = { ...bug, origin, atMs: nowMs(), count: isRepeated ? last.count + 1 : 1 };
      entries = [entry, ...(isRepeated ? entries.slice(1) : entries)].slice(0, mostEntries);
      write(file, entries);
    },
    list: () => entries,
    clear() {
      entries = [];
      rmSync(file, { force: true });
    },
  };
}

const isSame = (one: Omit<LoggedBug, 'atMs' | 'count'>, other: Omit<LoggedBug, 'atMs' | 'count'>): boolean =>
  one.origin === other.origin &&
  one.class === other.class &&
  one.code === other.code &&
  JSON.stringify(one.frames) === JSON.stringify(other.frames);

function isWordOf(lines: readonly string[], word: string): boolean {
  const pattern = new RegExp(`(?<![\\w$])${word.replaceAll('$', '\\$')}(?![\\w$])`);
  return lines.some((line) => line.includes(word) && pattern.test(line));
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A log that was damaged or changed from outside starts again. */
function read(file: string): LoggedBug[] {
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), v.array(LoggedBug), v.maxLength(mostEntries)),
    readText(file),
  );
  return parsed.success ? parsed.output : [];
}

/** A log that can't be written must not fail anything else. */
function write(file: string, entries: readonly LoggedBug[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.part`, `${JSON.stringify(entries, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.part`, file);
  } catch {
    // The entries stay in memory.
  }
}
