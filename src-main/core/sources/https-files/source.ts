import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { sourceWords } from '../../../contract/words/sources';
import { errorOfWebServer } from '../check-reply';
import { readExactJson } from '../exact-json';
import type { FetchPort, KeyVerdict, OpenRecording, Reading, SessionPage, SessionQuery, Source } from '../source';
import { withoutQuery } from '../without-query';
import { ownPath, readTemplate, type PathTemplate } from './addresses';
import { locateByTemplate, readIndex, type IndexDocument } from './index-document';
import { readFiles, type Location, type PartCount } from './open';

const indexLimitBytes = 32_000_000;
const sessionsInPage = 200;
const idLengthLimit = 200;

export interface HttpsFilesOptions {
  /** The connection's origin; files on other hosts are never requested. */
  origin: string;
  /** The address of an index of recordings. */
  index?: string | undefined;
  /** The address of a recording, with `{id}`, or of its parts, with `{part}` too. */
  template?: string | undefined;
}

/**
 * Reads recordings from a web server, by a template for ids, an index, or both. Throws `connection-address` for
 * addresses on another host, and if neither is given.
 */
export function createHttpsFilesSource(fetch: FetchPort, { origin, index, template }: HttpsFilesOptions): Source {
  const files: Files = {
    fetch,
    origin,
    indexPath: index === undefined || index === '' ? undefined : ownPath(index, origin),
    template: template === undefined || template === '' ? undefined : readTemplate(template, origin),
    known: undefined,
  };
  const isUsable = files.indexPath !== undefined || (files.template !== undefined && !index);
  if (!isUsable) throw new CasementError('connection-address');
  return {
    capabilities: {
      isReplayable: true,
      search: files.indexPath === undefined ? ['sessionId', 'filters'] : indexFields,
      isLive: false,
      hasDeepLink: false,
    },
    verify: (signal) => verify(files, signal),
    search: async (query, cursor, signal) =>
      files.indexPath === undefined ? searchById(query) : searchIndex(files, query, cursor, signal),
    open: (remoteId, { resume, signal } = {}) => open(files, remoteId, resume, signal),
    deepLink: () => undefined,
    recognize: (text) => readAddress(files, text),
  };
}

/** An index is searched by Casement itself. */
const indexFields = [
  ...(['email', 'uid', 'sessionId', 'from', 'to', 'minDurationMs', 'maxDurationMs'] as const),
  ...(['hasErrors', 'page', 'filters'] as const),
];

/** Reads the address of a recording that has the form of the template. */
function readAddress({ origin, template }: Files, text: string): Reading[] {
  const path = /^https:\/\//i.test(text) ? ownPath(text, origin) : undefined;
  const id = path === undefined ? undefined : template?.idIn(path);
  return id === undefined ? [] : [{ by: 'sessionId', text: id }];
}

/**
 * Returns the `authorization` header of a key: a bearer token, unless the key contains a scheme (`Basic …`). Throws
 * `key-refused` for text that no header can contain.
 */
export function filesAuthorization(key: string): string {
  if (!/^[\x20-\x7e]+$/.test(key)) throw new CasementError('key-refused');
  return key.includes(' ') ? key : `Bearer ${key}`;
}

interface Files {
  fetch: FetchPort;
  origin: string;
  indexPath: string | undefined;
  template: PathTemplate | undefined;
  /** The last index that was read. */
  known: IndexDocument | undefined;
}

async function readIndexOf(files: Files, signal?: AbortSignal): Promise<IndexDocument> {
  const path = files.indexPath ?? '/';
  const reply = await files.fetch({ method: 'GET', path, signal });
  if (reply.status !== 200) {
    reply.discard();
    throw errorOfWebServer(reply, 'service');
  }
  const { origin, template } = files;
  const document = readIndex(await readExactJson(reply, indexLimitBytes), { origin, path, template });
  if (document === undefined) throw new CasementError('remote-not-list');
  files.known = document;
  return document;
}

async function verify(files: Files, signal?: AbortSignal): Promise<KeyVerdict> {
  const words = sourceWords.https;
  const isProven = files.indexPath === undefined ? await tryTemplate(files, signal) : await tryIndex(files, signal);
  return {
    holder: '',
    scopes: isProven ? [{ name: words.reads, evidence: 'probed' }] : [],
    overPrivileged: [],
    notice: isProven ? words.unknown : words.unproven,
  };
}

async function tryIndex(files: Files, signal?: AbortSignal): Promise<boolean> {
  await readIndexOf(files, signal);
  return true;
}

/**
 * Without an index no file is known. A request for a missing file shows at least whether the server rejects the key.
 */
async function tryTemplate({ fetch, template }: Files, signal?: AbortSignal): Promise<boolean> {
  const path = template?.pathOf('casement-key-check') ?? '/';
  const reply = await fetch({ method: 'GET', path, accept: '*/*', signal });
  reply.discard();
  if (reply.status === 200) return true;
  if (reply.status === 404 || reply.status === 410) return false;
  throw errorOfWebServer(reply, 'session');
}

async function searchIndex(
  files: Files,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const start = Number(cursor ?? 0);
  if (!/^\d{0,6}$/.test(cursor ?? '')) throw new CasementError('remote-not-found');
  // Later pages use the index of the first page while it is still in memory.
  const { files: listed, unread } = (start > 0 ? files.known : undefined) ?? (await readIndexOf(files, signal));
  const found = [...listed.values()]
    .map(({ session }) => session)
    .filter((session) => fits(session, query))
    .sort((one, other) => other.startedAt - one.startedAt);
  const end = start + sessionsInPage;
  return {
    sessions: found.slice(start, end),
    cursor: end < found.length ? String(end) : undefined,
    isTruncated: unread > 0,
  };
}

function fits(session: RemoteSession, query: SessionQuery): boolean {
  const { email, uid, filters, page } = query;
  const { startedAt, durationMs, errorCount } = session;
  if (startedAt < (query.from ?? 0) || startedAt > (query.to ?? Infinity)) return false;
  if (durationMs !== undefined && durationMs < (query.minDurationMs ?? 0)) return false;
  if (durationMs !== undefined && durationMs > (query.maxDurationMs ?? Infinity)) return false;
  if (query.hasErrors && !errorCount) return false;
  if (page && !session.entryPage.toLowerCase().includes(withoutQuery(page).toLowerCase())) return false;
  if ([filters?.id, query.sessionId].some((id) => id && session.remoteId !== id)) return false;
  if (uid && session.user !== uid) return false;
  return !email || session.user.toLowerCase() === email.toLowerCase();
}

/** Without an index only the session's id is known; its start is read from the events. */
function searchById({ sessionId, filters }: SessionQuery): SessionPage {
  const remoteId = (sessionId || filters?.id)?.trim() ?? '';
  if (remoteId === '' || remoteId.length > idLengthLimit) {
    throw new CasementError('query-needed', { fields: sourceWords.fields.sessionId });
  }
  const session = { remoteId, user: '', startedAt: 0, entryPage: '', browser: '' };
  return { sessions: [session], cursor: undefined, isTruncated: false };
}

function open(files: Files, remoteId: string, resume?: string, signal?: AbortSignal): OpenRecording {
  const count: PartCount = { received: 0, expected: 0 };
  async function* parts(): OpenRecording['parts'] {
    if (remoteId === '' || remoteId.length > idLengthLimit) throw new CasementError('remote-not-found');
    const location = await findLocation(files, remoteId, signal);
    yield* readFiles({ fetch: files.fetch, location, resume, signal }, count);
  }
  return {
    parts: parts(),
    facts: () => ({
      completeness: count.expected > 0 ? [{ unit: 'files', ...count }] : [],
      mutableUntil: undefined,
    }),
  };
}

async function findLocation(files: Files, remoteId: string, signal?: AbortSignal): Promise<Location> {
  const byTemplate = files.template && locateByTemplate(files.template, remoteId);
  let found = byTemplate;
  if (files.indexPath !== undefined) {
    const known = (files.known ?? (await readIndexOf(files, signal))).files.get(remoteId);
    found = (known ?? (await readIndexOf(files, signal)).files.get(remoteId))?.location ?? byTemplate;
  }
  if (found === undefined) throw new CasementError('remote-not-found');
  return found;
}
