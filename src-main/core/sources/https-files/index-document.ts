import { isFiniteNumber, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { RemoteSession } from '../../../contract/session';
import { toPlainLine } from '../../text/plain-line';
import { readMoment } from '../read-moment';
import { withoutQuery } from '../without-query';
import { ownPath, type PathTemplate } from './addresses';

const mostEntries = 50_000;
const idLengthLimit = 200;

interface IndexedFile {
  session: RemoteSession;
  path: string;
}

export interface IndexDocument {
  /** By session id. */
  files: Map<string, IndexedFile>;
  /** Entries without an id or a time, on another host, or over the limit. */
  unread: number;
}

export interface IndexLocation {
  origin: string;
  /** The index's own address; addresses in it may be relative. */
  path: string;
  template: PathTemplate | undefined;
}

/**
 * Parses an index: a list of `{id, user, startedAt, url, …}`, or an object with such a list under `sessions` or
 * `recordings`. Returns undefined for anything else.
 */
export function readIndex(document: unknown, location: IndexLocation): IndexDocument | undefined {
  const list = isRecord(document) ? (document.sessions ?? document.recordings) : document;
  if (!Array.isArray(list)) return undefined;
  const files = new Map<string, IndexedFile>();
  let unread = Math.max(0, list.length - mostEntries);
  for (const entry of listOf(list).slice(0, mostEntries)) {
    const file = isRecord(entry) ? readEntry(entry, location) : undefined;
    // The first entry of an id counts: a later one would show another file under the same id.
    if (file === undefined || files.has(file.session.remoteId)) unread++;
    else files.set(file.session.remoteId, file);
  }
  return { files, unread };
}

function readEntry(entry: JsonRecord, location: IndexLocation): IndexedFile | undefined {
  const id = typeof entry.id === 'number' ? String(entry.id) : entry.id;
  const startedAt = readMoment(entry.startedAt ?? entry.started_at);
  if (typeof id !== 'string' || id === '' || id.length > idLengthLimit || startedAt === undefined) return undefined;
  const path = pathOf(entry, id, location);
  if (path === undefined) return undefined;
  return {
    path,
    session: {
      remoteId: id,
      user: textOf(entry.user ?? entry.email, 320),
      startedAt,
      ...countOf('durationMs', entry.durationMs ?? entry.duration_ms),
      ...countOf('eventCount', entry.eventCount ?? entry.event_count),
      ...countOf('errorCount', entry.errorCount ?? entry.error_count),
      entryPage: withoutQuery(textOf(entry.entryPage ?? entry.entry_page, 2000)),
      browser: textOf(entry.browser, 200),
    },
  };
}

function pathOf({ url }: JsonRecord, id: string, { origin, path, template }: IndexLocation): string | undefined {
  if (typeof url === 'string') return ownPath(url, origin, path);
  try {
    return template?.(id);
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown, limit: number): string => (typeof value === 'string' ? toPlainLine(value, limit) : '');

function countOf<K extends 'durationMs' | 'eventCount' | 'errorCount'>(key: K, value: unknown): { [P in K]?: number } {
  return isFiniteNumber(value) && value >= 0 ? ({ [key]: Math.round(value) } as { [P in K]?: number }) : {};
}
