import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CasementError } from '../contract/errors';
import { findMissing } from '../contract/completeness';
import { platformForms } from '../contract/source';
import { words } from '../contract/words/cli';
import { completenessWords } from '../contract/words/completeness';
import type { Source } from '../core/sources/source';
import { writeFileAtomically } from '../node/files/atomic-write';
import { onDisk } from '../node/files/disk-errors';
import { plainDocuments } from '../node/intake/unpack-documents';
import { createSourceFactory } from '../node/platforms/source-factory';
import { openNetwork } from '../node/transport/network';
import { needOption, readArguments, type Arguments } from './arguments';
import { readSourceFile, type SourcePlace } from './source-file';
import type { Terminal } from './terminal';

/** The most sessions that are pulled of a user, newest first. */
const mostSessions = 100;
/** The number of bytes between two progress messages. */
const progressBytes = 5_000_000;

/**
 * `pull --source S.json (--user EMAIL | --session ID) --out DIR [--key-file F] [--json]`: saves each recording to a file, as the platform
 * returns it and without redaction. The key is read from a file, since other processes can see arguments.
 */
export async function runPull(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, {
    source: { type: 'string' },
    user: { type: 'string' },
    session: { type: 'string' },
    out: { type: 'string' },
    'key-file': { type: 'string' },
    json: { type: 'boolean' },
  });
  const out = needOption(given, 'out');
  const place = await readSourceFile(needOption(given, 'source'));
  const { user, session } = given.options;
  if ((user === undefined) === (session === undefined) || given.files.length > 0)
    throw new CasementError('usage', { reason: words.userOrSession });
  const key = await readKey(given, place);
  const onWait = (_signal: unknown, waitMs: number | undefined): boolean => {
    if (waitMs !== undefined) terminal.print(words.waiting(Math.ceil(waitMs / 1000)));
    return true;
  };
  const opened = createSourceFactory(openNetwork({ isOffline: () => false, onWait }))({
    ...place,
    account: undefined,
    key: () => Promise.resolve(key),
  });
  const { source } = opened;
  try {
    if (!source.capabilities.isReplayable) throw new CasementError('usage', { reason: words.noPages });
    const { ids, isCut } =
      session === undefined ? await findSessions(source, user ?? '', terminal) : { ids: [session], isCut: false };
    if (ids.length === 0) throw new CasementError('remote-not-found');
    if (isCut) terminal.print(words.leftOut(mostSessions));
    await onDisk(() => mkdir(out, { recursive: true }));
    const pulled = [];
    for (const id of ids) pulled.push(await pullOne(source, id, out, terminal));
    if (given.flags.has('json')) terminal.write(`${JSON.stringify({ sessions: pulled }, null, 2)}\n`);
  } finally {
    await opened.close();
  }
}

/** Returns the key without surrounding white space. Throws usage, file-missing, disk-*. */
async function readKey({ options }: Arguments, { kind }: SourcePlace): Promise<string> {
  const path = options['key-file'];
  if (path === undefined) {
    if (platformForms[kind].isKeyOptional) return '';
    throw new CasementError('usage', { reason: words.wantsKeyFile });
  }
  return (await onDisk(() => readFile(path, 'utf8'))).trim();
}

async function findSessions(
  source: Source,
  email: string,
  { signal }: Terminal,
): Promise<{ ids: string[]; isCut: boolean }> {
  if (!source.capabilities.search.includes('email')) throw new CasementError('search-no-email');
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await source.search({ email }, cursor, signal);
    ids.push(...page.sessions.map(({ remoteId }) => remoteId));
    ({ cursor } = page);
    if (page.isTruncated || ids.length > mostSessions) return { ids: ids.slice(0, mostSessions), isCut: true };
  } while (cursor !== undefined);
  return { ids, isCut: false };
}

interface Pulled {
  session: string;
  file: string;
  bytes: number;
  isPartial: boolean;
}

/** Throws the errors of the source, recording-*, disk-*, cancelled; no file is left then. */
async function pullOne(source: Source, session: string, out: string, terminal: Terminal): Promise<Pulled> {
  const { signal } = terminal;
  const { parts, facts } = source.open(session, { signal });
  const path = await freePath(out, session);
  let bytes = 0;
  let reportedBytes = 0;
  terminal.print(words.pulling(path));
  await writeFileAtomically(path, async (file) => {
    for await (const piece of plainDocuments(parts)) {
      signal.throwIfAborted();
      await file.writeFile(piece);
      bytes += piece.length;
      if (bytes - reportedBytes < progressBytes) continue;
      reportedBytes = bytes;
      terminal.print(words.pulledSoFar(bytes));
    }
    signal.throwIfAborted();
    if (bytes === 0) throw new CasementError('recording-empty');
  });
  const missing = findMissing(facts().completeness);
  const isPartial = missing.length > 0;
  terminal.print(words.wrote(path, bytes));
  if (isPartial) terminal.print(completenessWords.mark(missing));
  return { session, file: path, bytes, isPartial };
}

/** Returns an unused path, named after the platform's id if that is a safe file name. */
async function freePath(out: string, session: string): Promise<string> {
  const name = /^[A-Za-z0-9_:-]{1,80}$/.test(session) ? session.replaceAll(':', '-') : 'session';
  for (let ordinal = 1; ; ordinal++) {
    const path = join(out, `${name}${ordinal === 1 ? '' : `-${ordinal}`}.json`);
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (!isThere) return path;
  }
}
