import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { sourceWords } from '../../../contract/words/sources';
import { errorOfWebServer } from '../check-reply';
import { readExactJson } from '../exact-json';
import type { FetchPort, FetchReply, KeyVerdict, OpenRecording, SessionPage, SessionQuery, Source } from '../source';
import { expectRecording, readWholeFile } from '../whole-file';
import { ownPath, readTemplate, type PathTemplate } from './addresses';
import { readIndex, type IndexDocument } from './index-document';

const indexLimitBytes = 32_000_000;
const sessionsInPage = 200;
const idLengthLimit = 200;

export interface HttpsFilesOptions {
  /** The connection's origin; files on other hosts are never requested. */
  origin: string;
  /** The address of an index of recordings. */
  index?: string | undefined;
  /** The address of a recording, with `{id}`. */
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
      search: files.indexPath === undefined ? ['filters'] : ['email', 'uid', 'from', 'to', 'filters'],
      isLive: false,
      hasDeepLink: false,
    },
    verify: (signal) => verify(files, signal),
    search: async (query, cursor, signal) =>
      files.indexPath === undefined ? searchById(query) : searchIndex(files, query, cursor, signal),
    open: (remoteId, { resume, signal } = {}) => open(files, remoteId, resume, signal),
    deepLink: () => undefined,
  };
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
  const path = template?.('casement-key-check') ?? '/';
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

function fits(session: RemoteSession, { email, uid, from, to, filters }: SessionQuery): boolean {
  if (session.startedAt < (from ?? 0) || session.startedAt > (to ?? Infinity)) return false;
  if (filters?.id && session.remoteId !== filters.id) return false;
  if (uid && session.user !== uid) return false;
  return !email || session.user.toLowerCase() === email.toLowerCase();
}

/** Without an index only the session's id is known; its start is read from the events. */
function searchById({ filters }: SessionQuery): SessionPage {
  const remoteId = filters?.id?.trim() ?? '';
  if (remoteId === '' || remoteId.length > idLengthLimit) {
    throw new CasementError('query-needed', { fields: sourceWords.fields.sessionId });
  }
  const session = { remoteId, user: '', startedAt: 0, entryPage: '', browser: '' };
  return { sessions: [session], cursor: undefined, isTruncated: false };
}

function open(files: Files, remoteId: string, continuation?: string, signal?: AbortSignal): OpenRecording {
  async function* parts(): OpenRecording['parts'] {
    if (remoteId === '' || remoteId.length > idLengthLimit) throw new CasementError('remote-not-found');
    const path = await findPath(files, remoteId, signal);
    yield* readWholeFile((headers) => askFile(files.fetch, path, headers, signal), continuation);
  }
  return { parts: parts(), facts: () => ({ completeness: [], mutableUntil: undefined }) };
}

async function findPath(files: Files, remoteId: string, signal?: AbortSignal): Promise<string> {
  if (files.indexPath === undefined) {
    if (files.template === undefined) throw new CasementError('bug');
    return files.template(remoteId);
  }
  const path = (files.known ?? (await readIndexOf(files, signal))).files.get(remoteId)?.path;
  const found = path ?? (await readIndexOf(files, signal)).files.get(remoteId)?.path ?? files.template?.(remoteId);
  if (found === undefined) throw new CasementError('remote-not-found');
  return found;
}

async function askFile(
  fetch: FetchPort,
  path: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<FetchReply> {
  const accept = 'application/gzip, application/json;q=0.9, */*;q=0.5';
  const reply = await fetch({ method: 'GET', path, headers, accept, signal });
  if (![200, 206, 412, 416].includes(reply.status)) {
    reply.discard();
    throw errorOfWebServer(reply, 'session');
  }
  if (reply.status < 300) expectRecording(reply);
  return reply;
}
