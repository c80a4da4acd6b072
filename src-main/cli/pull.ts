import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CasementError,
  errorSentence,
  errorTable,
  matchesCode,
  toErrorReply,
  type ErrorReply,
} from '../contract/errors';
import { findMissing, type Completeness } from '../contract/completeness';
import { completenessWords } from '../contract/words/completeness';
import { platformForms } from '../contract/source';
import { words } from '../contract/words/cli';
import type { KeyVerdict, RecordingState, Source } from '../core/sources/source';
import type { RecordingInput } from '../core/recording/parse';
import { toPlainLine } from '../core/text/plain-line';
import { writeFileAtomically } from '../node/files/atomic-write';
import { onDisk } from '../node/files/disk-errors';
import { fileInput } from '../node/files/file-input';
import { readInAnyOrder } from '../node/intake/recording-file';
import { plainDocuments } from '../node/intake/unpack-documents';
import { createSourceFactory } from '../node/platforms/source-factory';
import { credentialsFrom, proxyFromEnvironment } from '../node/transport/environment-proxy';
import { openNetwork } from '../node/transport/network';
import { needOption, readArguments, type Arguments } from './arguments';
import { readConnection } from './connection';
import { download, withRetries } from './download';
import { PartFile } from './part-file';
import { readSourceFile, type SourcePlace } from './source-file';
import type { Terminal } from './terminal';
import { readTimelineFile } from './timeline-file';
import { withStore } from './with-store';

/** The most sessions that are pulled of a user, newest first. */
const mostSessions = 100;

/** The result for one session, as `--json` prints it. */
interface PulledSession {
  session: string;
  outcome: 'complete' | 'incomplete' | 'failed' | 'skipped';
  file?: string;
  bytes?: number;
  events?: number;
  /** The announced and the received parts. Empty if the platform announces nothing. */
  completeness?: readonly Completeness[];
  /** More was announced than arrived. */
  isPartial?: boolean;
  /** The session may grow until this time. */
  mayGrowUntil?: string;
  error?: { code: string; message: string };
  /** A part has arrived. Running the command again continues after it. */
  partFile?: string;
}

/**
 * `pull (--source S.json [--key-file F] | --connection NAME) (--user EMAIL | --session ID) --out DIR [--json]`: saves each recording to a
 * file, as the platform returns it and without redaction. The key is read from a file or the keychain, since other processes can see
 * arguments.
 */
export async function runPull(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, {
    source: { type: 'string' },
    connection: { type: 'string' },
    user: { type: 'string' },
    session: { type: 'string' },
    out: { type: 'string' },
    'key-file': { type: 'string' },
    json: { type: 'boolean' },
  });
  const out = needOption(given, 'out');
  const { user, session } = given.options;
  if ((user === undefined) === (session === undefined) || given.files.length > 0)
    throw new CasementError('usage', { reason: words.userOrSession });
  const place = await readPlace(given, terminal);
  const onWait = (_signal: unknown, waitMs: number | undefined): boolean => {
    if (waitMs !== undefined) terminal.print(words.waiting(Math.ceil(waitMs / 1000)));
    return true;
  };
  const network = openNetwork({
    isOffline: () => false,
    onWait,
    resolveProxy: proxyFromEnvironment(terminal.env),
    proxyCredentials: credentialsFrom(terminal.env),
  });
  let { key } = place;
  const opened = createSourceFactory(network)({ ...place, key: () => Promise.resolve(key) });
  const { source, logIn } = opened;
  try {
    if (logIn) key = await withRetries(logIn, terminal);
    await onDisk(() => mkdir(out, { recursive: true }));
    const verdict = await withRetries(() => source.verify(terminal.signal), terminal);
    printVerdict(verdict, terminal);
    const { ids, isCut } = session === undefined ? await findSessions(source, user ?? '', terminal) : only(session);
    if (ids.length === 0) throw new CasementError('remote-not-found');
    if (isCut) terminal.print(words.leftOut(mostSessions));
    const { sessions, failure } = await pullAll(source, ids, { out, place }, terminal);
    if (given.flags.has('json')) {
      terminal.write(`${JSON.stringify({ key: describeKey(verdict), sessions, isCut }, null, 2)}\n`);
    }
    if (failure) throw failure;
  } finally {
    await opened.close();
  }
}

const only = (session: string): { ids: string[]; isCut: boolean } => ({ ids: [session], isCut: false });

/** Returns the place to connect to, and the key without surrounding white space. Throws usage, key-*, keychain-*, file-missing, disk-*. */
async function readPlace(given: Arguments, terminal: Terminal): Promise<SourcePlace & { key: string }> {
  const { connection, source, 'key-file': keyFile } = given.options;
  if ((connection === undefined) === (source === undefined))
    throw new CasementError('usage', { reason: words.sourceOrConnection });
  if (connection !== undefined) {
    if (keyFile !== undefined) throw new CasementError('usage', { reason: words.keyTwice });
    return readConnection(connection, terminal);
  }
  const place = await readSourceFile(needOption(given, 'source'));
  if (keyFile !== undefined) return { ...place, key: (await onDisk(() => readFile(keyFile, 'utf8'))).trim() };
  if (place.kind !== 'demo' && platformForms[place.kind].isKeyOptional) return { ...place, key: '' };
  throw new CasementError('usage', { reason: words.wantsKeyFile });
}

/** Prints the owner and the permissions of the key as the app shows them. The platform's names are text of the server. */
function printVerdict(verdict: KeyVerdict, terminal: Terminal): void {
  const { holder, scopes, warnings } = describeKey(verdict);
  terminal.print(words.key(holder, scopes.map(({ name }) => name).join(', ')));
  for (const warning of warnings) terminal.print(words.keyWarning(warning));
}

function describeKey({ holder, scopes, overPrivileged, notice }: KeyVerdict) {
  const whys = overPrivileged.map(({ why }) => toPlainLine(why, 1000));
  return {
    holder: toPlainLine(holder, 320),
    scopes: scopes.map(({ name, evidence }) => ({ name: toPlainLine(name, 100), evidence })),
    warnings: [...new Set([...whys, ...(notice === undefined ? [] : [notice])])],
  };
}

async function findSessions(
  source: Source,
  email: string,
  terminal: Terminal,
): Promise<{ ids: string[]; isCut: boolean }> {
  const { signal } = terminal;
  if (!source.capabilities.search.includes('email')) throw new CasementError('search-no-email');
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    signal.throwIfAborted();
    const asked = cursor;
    const page = await withRetries(() => source.search({ email }, asked, signal), terminal);
    ids.push(...page.sessions.map(({ remoteId }) => remoteId));
    ({ cursor } = page);
    if (page.isTruncated || ids.length > mostSessions) return { ids: ids.slice(0, mostSessions), isCut: true };
  } while (cursor !== undefined);
  return { ids, isCut: false };
}

interface Target {
  out: string;
  place: Pick<SourcePlace, 'kind' | 'origin' | 'place'>;
}

/**
 * Pulls one session after another. A session that fails doesn't stop the others, unless they would fail as well. `failure` is the error to
 * exit with: that of the only session, or a summary.
 */
async function pullAll(
  source: Source,
  ids: readonly string[],
  target: Target,
  terminal: Terminal,
): Promise<{ sessions: PulledSession[]; failure: CasementError | undefined }> {
  const sessions: PulledSession[] = [];
  let last: CasementError | undefined;
  for (const [index, id] of ids.entries()) {
    const pulled = await pullOne(source, id, target, terminal);
    sessions.push(pulled.session);
    if (!pulled.error) continue;
    last = pulled.error;
    if (ids.length === 1) return { sessions, failure: last };
    const { code, details } = last;
    terminal.print(words.failedSession(toPlainLine(id, 200), code, errorSentence({ code, details })));
    if (!endsAll(last)) continue;
    sessions.push(...ids.slice(index + 1).map((session) => ({ session, outcome: 'skipped' as const })));
    return { sessions, failure: last };
  }
  const count = (outcome: PulledSession['outcome']): number =>
    sessions.filter((session) => session.outcome === outcome).length;
  const [failed, incomplete, total] = [count('failed'), count('incomplete'), ids.length];
  if (failed > 0) return { sessions, failure: new CasementError('pull-failed', { failed, incomplete, total }) };
  if (incomplete > 0) return { sessions, failure: new CasementError('pull-incomplete', { incomplete, total }) };
  return { sessions, failure: undefined };
}

/** Returns whether the next session would fail for the same reason: the key, the network, the disk or the user ended it. */
function endsAll({ code }: CasementError): boolean {
  const { kind } = errorTable[code];
  return (
    kind === 'cancelled' ||
    kind === 'local' ||
    matchesCode(code, 'key-*', 'tls-*', 'proxy-*', 'remote-unreachable', 'remote-no-host', 'remote-rate-limited')
  );
}

async function pullOne(
  source: Source,
  id: string,
  { out, place }: Target,
  terminal: Terminal,
): Promise<{ session: PulledSession; error?: CasementError }> {
  const name = fileNameOf(id);
  const partPath = join(out, `${name}.part`);
  let kept: string | undefined;
  try {
    terminal.print(words.pulling(toPlainLine(id, 200)));
    const part = await PartFile.open(partPath, targetOf(place, id));
    let state: RecordingState;
    let saved: SavedFile;
    try {
      state = await download(source, id, part, terminal);
      saved = await save(part, source, await freePath(out, name), terminal);
    } catch (error) {
      // A file that arrived completely but isn't a recording, or without data, can't be continued.
      const { code } = toErrorReply(error);
      if (matchesCode(code, 'recording-*', 'remote-lost', 'remote-no-data')) await part.discard();
      else if (await part.close()) kept = partPath;
      throw error;
    }
    await part.discard();
    terminal.print(words.wrote(saved.file, saved.bytes));
    const { completeness, mutableUntil } = state;
    const missing = findMissing(completeness);
    const isPartial = missing.length > 0;
    if (isPartial) terminal.print(words.notComplete(missing));
    for (const note of completenessWords.notes(completeness)) terminal.print(note);
    const growing = mutableUntil !== undefined && mutableUntil > terminal.now().getTime();
    if (growing) terminal.print(words.mayGrow);
    return {
      session: {
        session: id,
        outcome: isPartial ? 'incomplete' : 'complete',
        ...saved,
        completeness,
        isPartial,
        ...(growing && { mayGrowUntil: new Date(mutableUntil).toISOString() }),
      },
    };
  } catch (error) {
    const reply = toErrorReply(error);
    if (reply.code === 'bug' && terminal.isDebug) terminal.print(String(error instanceof Error ? error.stack : error));
    if (kept !== undefined) terminal.print(words.keptPart(kept));
    return {
      session: { session: id, outcome: 'failed', error: describeError(reply), ...(kept && { partFile: kept }) },
      error: error instanceof CasementError ? error : new CasementError(reply.code),
    };
  }
}

const describeError = (reply: ErrorReply): { code: string; message: string } => ({
  code: reply.code,
  message: errorSentence(reply),
});

interface SavedFile {
  file: string;
  bytes: number;
  events: number;
}

/** Writes the decompressed recording to its file, and reads it once to make sure that there is one in it. Throws recording-*, disk-*. */
async function save(part: PartFile, source: Source, path: string, terminal: Terminal): Promise<SavedFile> {
  const { signal } = terminal;
  let bytes = 0;
  let events = 0;
  await writeFileAtomically(
    path,
    async (file) => {
      for await (const piece of plainDocuments(part.parts())) {
        signal.throwIfAborted();
        await file.writeFile(piece);
        bytes += piece.length;
      }
    },
    async (written) => {
      ({ events } = await readSaved(await fileInput(written, { signal }), source));
    },
  );
  return { file: path, bytes, events };
}

/** Reads a saved recording to its end. Throws recording-*. */
function readSaved(input: RecordingInput, { capabilities }: Source): Promise<{ events: number }> {
  if (!capabilities.isReplayable) return readTimelineFile(input).then(({ facts }) => facts);
  return withStore((scratch) =>
    readInAnyOrder(
      input,
      async (reading) => {
        for await (const _batch of reading.items);
        return reading.facts();
      },
      { scratch },
    ),
  );
}

/** Identifies a session of a source, without naming either. */
function targetOf({ kind, origin, place }: Target['place'], id: string): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, origin, place, id]))
    .digest('hex');
}

/** Returns the platform's id if it is a safe file name, or else a name that no other id gets. */
function fileNameOf(id: string): string {
  if (/^[A-Za-z0-9_:-]{1,80}$/.test(id)) return id.replaceAll(':', '-');
  return `session-${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
}

/** Returns an unused path. */
async function freePath(out: string, name: string): Promise<string> {
  for (let ordinal = 1; ; ordinal++) {
    const path = join(out, `${name}${ordinal === 1 ? '' : `-${ordinal}`}.json`);
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (!isThere) return path;
  }
}
