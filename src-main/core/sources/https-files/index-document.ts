import { isFiniteNumber, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { RemoteSession } from '../../../contract/session';
import { toPlainLine } from '../../text/plain-line';
import { readMoment } from '../read-moment';
import { withoutQuery } from '../without-query';
import { ownPath, readPartPath, type PathTemplate } from './addresses';
import type { Location } from './open';

const mostEntries = 50_000;
const idLengthLimit = 200;
const mostParts = 100_000;

interface IndexedFile {
  session: RemoteSession;
  location: Location;
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
  const found = locate(entry, id, location);
  if (found === undefined) return undefined;
  return {
    location: found,
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

/** Returns where the files of an entry are: in a list, at one address, or at an address with `{part}`. */
function locate(entry: JsonRecord, id: string, { origin, path, template }: IndexLocation): Location | undefined {
  const list = [entry.urls, entry.parts, entry.url].find(Array.isArray);
  if (list) {
    const paths = list.flatMap((url) => (typeof url === 'string' ? (ownPath(url, origin, path) ?? []) : []));
    const isFine = list.length > 0 && list.length <= mostParts && paths.length === list.length;
    return isFine ? { paths } : undefined;
  }
  const total =
    isFiniteNumber(entry.parts) && entry.parts >= 1 ? Math.min(Math.round(entry.parts), mostParts) : undefined;
  if (typeof entry.url === 'string') {
    const found = readPartPath(entry.url, origin, path);
    if (!found) return undefined;
    return found.hasParts ? { pathOf: found.pathOf, total } : { path: found.pathOf(0) };
  }
  return template && locateByTemplate(template, id, total);
}

/** Returns undefined for an id that can't be part of an address. */
export function locateByTemplate(template: PathTemplate, id: string, total?: number): Location | undefined {
  try {
    const path = template.pathOf(id);
    return template.hasParts ? { pathOf: (part) => template.pathOf(id, part), total } : { path };
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown, limit: number): string => (typeof value === 'string' ? toPlainLine(value, limit) : '');

function countOf<K extends 'durationMs' | 'eventCount' | 'errorCount'>(key: K, value: unknown): { [P in K]?: number } {
  return isFiniteNumber(value) && value >= 0 ? ({ [key]: Math.round(value) } as { [P in K]?: number }) : {};
}
