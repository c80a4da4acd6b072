import type { Stats } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CasementError, type ErrorReply } from '../../contract/errors';
import type { FolderCaps } from '../../contract/settings';
import { capAdvice } from '../../contract/words/caps';
import { formatCount } from '../../contract/words/format';
import { reading } from './file-input';

interface FoundFile {
  path: string;
  bytes: number;
}

interface FoundFiles {
  /** Ordered by name, folder by folder. */
  files: FoundFile[];
  /** The total size. */
  bytes: number;
  /** Symbolic links; none is followed. */
  links: number;
  /** Pipes, devices and sockets: opening one may block or have side effects. */
  special: number;
  /** Files and folders that can't be read. */
  refused: { path: string; error: CasementError }[];
  /** The caps that were reached, each once. */
  stops: ErrorReply[];
}

interface Waiting {
  path: string;
  depth: number;
}

/**
 * Finds all regular files among these paths and in folders among them. Never follows links, even if the user chose one,
 * and opens only folders. Files found before a cap is reached are kept. Throws cancelled.
 */
export async function findFiles(paths: readonly string[], caps: FolderCaps, signal: AbortSignal): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], bytes: 0, links: 0, special: 0, refused: [], stops: [] };
  const seen = new Set<string>();
  const waiting: Waiting[] = [...new Set(paths.map((path) => resolve(path)))]
    .reverse()
    .map((path) => ({ path, depth: 0 }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    signal.throwIfAborted();
    // The user may have chosen both a folder and something in it.
    if (seen.has(next.path)) continue;
    seen.add(next.path);
    if (seen.size > caps.folderFiles) {
      stop(found, 'folder-many-files', formatCount(caps.folderFiles), 'folderFiles');
      return found;
    }
    const { path, depth } = next;
    try {
      const stats = await reading(() => lstat(path));
      if (stats.isDirectory()) {
        if (depth > caps.folderDepth) stop(found, 'folder-too-deep', formatCount(caps.folderDepth), 'folderDepth');
        else {
          const names = await namesIn(path, caps.folderFiles - seen.size + 1, signal);
          waiting.push(...names.reverse().map((name) => ({ path: join(path, name), depth: depth + 1 })));
        }
      } else if (!takeEntry(found, path, stats, caps)) return found;
    } catch (error) {
      if (!(error instanceof CasementError)) throw error;
      found.refused.push({ path, error });
    }
  }
  return found;
}

/** Returns false if a cap is reached. */
function takeEntry(found: FoundFiles, path: string, stats: Stats, { folderBytes }: FolderCaps): boolean {
  if (stats.isSymbolicLink()) found.links++;
  else if (!stats.isFile()) found.special++;
  else if (found.bytes + stats.size > folderBytes) {
    stop(found, 'folder-too-large', `${formatCount(Math.round(folderBytes / 2 ** 20))} MB`, 'folderBytes');
    return false;
  } else {
    found.files.push({ path, bytes: stats.size });
    found.bytes += stats.size;
  }
  return true;
}

/** Reads no more names than needed: a folder may contain millions. */
async function namesIn(path: string, most: number, signal: AbortSignal): Promise<string[]> {
  const folder = await reading(() => opendir(path));
  const names: string[] = [];
  try {
    while (names.length < most) {
      signal.throwIfAborted();
      const entry = await reading(() => folder.read());
      if (!entry) break;
      names.push(entry.name);
    }
  } finally {
    await folder.close();
  }
  return names.sort();
}

function stop(
  found: FoundFiles,
  code: 'folder-many-files' | 'folder-too-deep' | 'folder-too-large',
  limit: string,
  cap: keyof FolderCaps,
): void {
  if (found.stops.some((known) => known.code === code)) return;
  found.stops.push({ code, details: { limit, advice: capAdvice(cap) } });
}
