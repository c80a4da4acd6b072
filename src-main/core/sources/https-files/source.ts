import { CasementError } from '../../../contract/errors';
import type { RemoteSession } from '../../../contract/session';
import { sourceWords } from '../../../contract/words/sources';
import { errorForStatus, expectOk } from '../check-reply';
import { readExactJson } from '../exact-json';
import type { FetchPort, FetchReply, KeyVerdict, OpenRecording, SessionPage, SessionQuery, Source } from '../source';
import { expectRecording, readWholeFile } from '../whole-file';
import { ownPath, readTemplate, type PathTemplate } from './addresses';
import { readIndex, type IndexDocument } from './index-document';

const indexLimitBytes = 32_000_000;
const sessionsInPage = 200;
const longestId = 200;

export interface HttpsFilesOptions {
  /** The connection's own; files of other hosts are never asked for. */
  origin: string;
  /** The address of a list of recordings. */
  index?: string | undefined;
  /** The address of a recording, with `{id}` in it. */
  template?: string | undefined;
}

/**
 * Recordings as files of a plain web server: by a template into which an id is put, by an index that lists them, or by both.
 * Throws `connection-address` for addresses of another host, or where neither is given.
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
 * How a key is shown to a plain web server: as a bearer, unless it names its own scheme (`Basic …`); for the transport.
 * Throws `key-refused` for what no header can hold.
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
  /** The index as it was read last. */
  known: IndexDocument | undefined;
}

async function readIndexOf(files: Files, signal?: AbortSignal): Promise<IndexDocument> {
  const path = files.indexPath ?? '/';
  const reply = await files.fetch({ method: 'GET', path, signal });
  expectOk(reply, 'service');
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

/** Without an index no file is known: one that can't be there tells at least whether the key is turned away. */
async function tryTemplate({ fetch, template }: Files, signal?: AbortSignal): Promise<boolean> {
  const path = template?.('casement-key-check') ?? '/';
  const reply = await fetch({ method: 'GET', path, accept: '*/*', signal });
  reply.discard();
  if (reply.status === 200) return true;
  if (reply.status === 404 || reply.status === 410) return false;
  throw errorForStatus(reply, 'session');
}

async function searchIndex(
  files: Files,
  query: SessionQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<SessionPage> {
  const start = Number(cursor ?? 0);
  if (!/^\d{0,6}$/.test(cursor ?? '')) throw new CasementError('remote-not-found');
  // Later pages are of the list that the first one was of, as far as it is still known.
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

/** Without a list a session is known by its id alone. When it began is told by its events. */
function searchById({ filters }: SessionQuery): SessionPage {
  const remoteId = filters?.id?.trim() ?? '';
  if (remoteId === '' || remoteId.length > longestId) {
    throw new CasementError('query-needed', { fields: sourceWords.fields.sessionId });
  }
  const session = { remoteId, user: '', startedAt: 0, entryPage: '', browser: '' };
  return { sessions: [session], cursor: undefined, isTruncated: false };
}

function open(files: Files, remoteId: string, continuation?: string, signal?: AbortSignal): OpenRecording {
  async function* parts(): OpenRecording['parts'] {
    if (remoteId === '' || remoteId.length > longestId) throw new CasementError('remote-not-found');
    const path = await findPath(files, remoteId, signal);
    yield* readWholeFile((headers) => askFile(files.fetch, path, headers, signal), continuation);
  }
  return { parts: parts(), facts: () => ({ isPartial: false, mutableUntil: undefined }) };
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
    throw errorForStatus(reply, 'session');
  }
  if (reply.status < 300) expectRecording(reply);
  return reply;
}
