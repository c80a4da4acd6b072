import { mkdir, readFile } from 'node:fs/promises';
import { CasementError, errorSentence, errorTable, hasCode, matchesCode, toErrorReply } from '../contract/errors';
import { platformForms } from '../contract/source';
import { words } from '../contract/words/cli';
import type { KeyVerdict, Source } from '../core/sources/source';
import { toPlainLine } from '../core/text/plain-line';
import { onDisk } from '../node/files/disk-errors';
import { createSourceFactory } from '../node/platforms/source-factory';
import { credentialsFrom, proxyFromEnvironment } from '../node/transport/environment-proxy';
import { openNetwork } from '../node/transport/network';
import { needOption, readArguments, type Arguments } from './arguments';
import { readConnection } from './connection';
import { withRetries } from './download';
import { findSession, findSessions, isLink, mostSessions } from './find-sessions';
import { describeError, pullOne, type PulledSession, type Target } from './pull-session';
import { PulledFiles } from './pulled-files';
import { readSourceFile, type SourcePlace } from './source-file';
import type { Terminal } from './terminal';

/** The result as `--json` prints it. */
interface Report {
  /** The verdict about the key; null if it wasn't accepted. */
  key: ReturnType<typeof describeKey> | null;
  sessions: PulledSession[];
  /** The user has, or may have, more sessions than these. */
  isCut: boolean;
  /** The number of listed sessions that can't be downloaded: their ids are invalid. */
  unusable: number;
  /** The error that the command ends with. */
  error?: { code: string; message: string };
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
  const report: Report = { key: null, sessions: [], isCut: false, unusable: 0 };
  const print = (failure?: unknown): void => {
    if (!given.flags.has('json')) return;
    const error = failure === undefined ? {} : { error: describeError(toErrorReply(failure)) };
    terminal.write(`${JSON.stringify({ ...report, ...error }, null, 2)}\n`);
  };
  try {
    const failure = await pullInto(report, { place, out, user, session }, terminal);
    if (failure) throw failure;
  } catch (error) {
    print(error);
    throw error;
  }
  print();
}

interface Asked {
  place: SourcePlace & { key: string };
  out: string;
  user: string | undefined;
  session: string | undefined;
}

/** Adds to the report as results arrive. Returns the error to exit with, if there is one. */
async function pullInto(
  report: Report,
  { place, out, user, session }: Asked,
  terminal: Terminal,
): Promise<CasementError | undefined> {
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
    report.key = describeKey(verdict);
    const target: Target = { out, place, earlier: await PulledFiles.open(out) };
    return await (session === undefined
      ? pullUser(source, user ?? '', report, target, terminal)
      : pullSession(source, session, report, target, terminal));
  } finally {
    await opened.close();
  }
}

async function pullUser(
  source: Source,
  email: string,
  report: Report,
  target: Target,
  terminal: Terminal,
): Promise<CasementError | undefined> {
  const { ids, isLong, isListCut, unusable } = await findSessions(source, email, terminal);
  report.isCut = isLong || isListCut || unusable > 0;
  report.unusable = unusable;
  if (isLong) terminal.print(words.leftOut(mostSessions));
  if (isListCut) terminal.print(words.listCut);
  if (unusable > 0) terminal.print(words.unusable(unusable));
  if (ids.length === 0 && unusable === 0) return new CasementError('remote-no-sessions');
  return pullAll(source, ids, report, target, terminal);
}

/** Pulls a session by the platform's name for it, a link to it, or an id that the platform has to search for. */
async function pullSession(
  source: Source,
  text: string,
  report: Report,
  target: Target,
  terminal: Terminal,
): Promise<CasementError | undefined> {
  if (isLink(text)) {
    const ids = await findSession(source, text, target.place, terminal);
    if (ids.length === 0) return new CasementError('remote-not-found');
    return pullAll(source, ids, report, target, terminal);
  }
  const failure = await pullAll(source, [text], report, target, terminal);
  if (!hasCode(failure, 'remote-not-found')) return failure;
  // Some platforms need more than the id that their player shows, such as the project.
  const ids = await findSession(source, text, target.place, terminal);
  if (ids.length === 0 || ids.includes(text)) return failure;
  report.sessions = [];
  return pullAll(source, ids, report, target, terminal);
}

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

const notTried = { outcome: 'skipped' as const, reason: 'not-tried' as const };

/**
 * Pulls one session after another. A session that fails doesn't stop the others, unless they would fail as well. Returns the error to exit
 * with: that of the only session, or a summary.
 */
async function pullAll(
  source: Source,
  ids: readonly string[],
  { sessions, unusable }: Pick<Report, 'sessions' | 'unusable'>,
  target: Target,
  terminal: Terminal,
): Promise<CasementError | undefined> {
  let last: CasementError | undefined;
  for (const [index, id] of ids.entries()) {
    const pulled = await pullOne(source, id, target, terminal);
    sessions.push(pulled.session);
    if (!pulled.error) continue;
    last = pulled.error;
    if (ids.length === 1 && unusable === 0) return last;
    const { code, details } = last;
    terminal.print(words.failedSession(toPlainLine(id, 200), code, errorSentence({ code, details })));
    if (!endsAll(last)) continue;
    sessions.push(...ids.slice(index + 1).map((session) => ({ session, ...notTried })));
    return last;
  }
  const count = (outcome: PulledSession['outcome']): number =>
    sessions.filter((session) => session.outcome === outcome).length;
  const [failed, incomplete, total] = [count('failed') + unusable, count('incomplete'), ids.length + unusable];
  if (failed > 0) return new CasementError('pull-failed', { failed, incomplete, total });
  if (incomplete > 0) return new CasementError('pull-incomplete', { incomplete, total });
  return undefined;
}

/** Returns whether the next session would fail for the same reason: the key, the network, the disk or the user ended it. */
function endsAll({ code }: CasementError): boolean {
  const { kind } = errorTable[code];
  return (
    kind === 'cancelled' ||
    kind === 'local' ||
    matchesCode(
      code,
      'key-*',
      'tls-*',
      'proxy-*',
      'remote-unreachable',
      'remote-no-host',
      'remote-rate-limited',
      'remote-blocked',
    )
  );
}
