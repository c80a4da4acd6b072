import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findMissing, type Completeness } from '../contract/completeness';
import { CasementError, errorSentence, matchesCode, toErrorReply, type ErrorReply } from '../contract/errors';
import type { Damage, RecordingFacts } from '../contract/session';
import { words } from '../contract/words/cli';
import { completenessWords } from '../contract/words/completeness';
import type { RecordingInput } from '../core/recording/parse';
import { isLoss } from '../core/recording/parse/damage';
import type { RecordingState, Source } from '../core/sources/source';
import { toPlainLine } from '../core/text/plain-line';
import { writeFileAtomically } from '../node/files/atomic-write';
import { fileInput } from '../node/files/file-input';
import { readInAnyOrder } from '../node/intake/recording-file';
import { plainDocuments, withoutRepeats, type DocumentTally } from '../node/intake/unpack-documents';
import { download } from './download';
import { PartFile } from './part-file';
import type { PulledFiles } from './pulled-files';
import type { SourcePlace } from './source-file';
import type { Terminal } from './terminal';
import { readTimelineFile } from './timeline-file';
import { withStore } from './with-store';

/** The result for one session, as `--json` prints it. */
export interface PulledSession {
  session: string;
  outcome: 'complete' | 'incomplete' | 'failed' | 'skipped';
  file?: string;
  bytes?: number;
  events?: number;
  /** The announced and the received parts. Empty if the platform announces nothing. */
  completeness?: readonly Completeness[];
  /** More was announced than arrived, or a part of it can't be read. */
  isPartial?: boolean;
  /** The session may grow until this time. */
  mayGrowUntil?: string;
  /** Parts that can't be read, and others that Casement would correct. */
  damage?: readonly Damage[];
  /** The number of compressed files, and of those that can't be read to their end. */
  files?: { total: number; damaged: number };
  /** Why a session was skipped. */
  reason?: 'already-complete' | 'not-tried';
  error?: { code: string; message: string };
  /** A part has arrived. Running the command again continues after it. */
  partFile?: string;
}

export interface Target {
  out: string;
  place: Pick<SourcePlace, 'kind' | 'origin' | 'place'>;
  earlier: PulledFiles;
}

type Pulled = { session: PulledSession; error?: CasementError };

/** Pulls one session. A failure is returned, not thrown. */
export async function pullOne(source: Source, id: string, target: Target, terminal: Terminal): Promise<Pulled> {
  const { out, place, earlier } = target;
  const name = fileNameOf(id);
  const partPath = join(out, `${name}.part`);
  const identity = targetOf(place, id);
  let kept: string | undefined;
  try {
    const known = await earlier.findFinal(identity);
    if (known) {
      const { events, completeness, bytes, file } = known;
      terminal.print(words.alreadyThere(toPlainLine(id, 200), file));
      const skipped = { session: id, outcome: 'skipped' as const, reason: 'already-complete' as const };
      return { session: { ...skipped, file, bytes, events, completeness, isPartial: false } };
    }
    terminal.print(words.pulling(toPlainLine(id, 200)));
    const part = await PartFile.open(partPath, identity);
    let state: RecordingState;
    let saved: SavedFile;
    let ended: CasementError | undefined;
    try {
      ({ state, ended } = await downloadOrEnd(source, id, part, terminal));
      saved = await save(part, source, await freePath(out, name), terminal);
    } catch (error) {
      // A file that arrived completely but isn't a recording can't be continued.
      const { code } = toErrorReply(ended ?? error);
      if (ended || matchesCode(code, 'recording-*', ...finalCodes)) await part.discard();
      else if (await part.close()) kept = partPath;
      throw ended ?? error;
    }
    await part.discard();
    const merged = await earlier.mergeEqual(identity, saved);
    const result = { state, saved: { ...merged, isNew: merged === saved }, ended };
    return { session: await finish(source, id, identity, result, earlier, terminal) };
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

/** The time after its last event at which a recording is final, if its platform doesn't say. */
const settledMs = 24 * 60 * 60_000;

/** The errors after which the platform returns no more of a recording, ever. */
const finalCodes = ['remote-lost', 'remote-not-found', 'remote-deleted'] as const;

/** Downloads a recording. If the platform has removed it in the meantime, `ended` is the reason, and what arrived before is kept. */
async function downloadOrEnd(
  source: Source,
  id: string,
  part: PartFile,
  terminal: Terminal,
): Promise<{ state: RecordingState; ended?: CasementError }> {
  try {
    return { state: await download(source, id, part, terminal) };
  } catch (error) {
    const isFinal = error instanceof CasementError && matchesCode(error.code, ...finalCodes);
    if (!isFinal || !(await part.hasContent())) throw error;
    await part.endEarly();
    return { state: { completeness: [], mutableUntil: undefined }, ended: error };
  }
}

/** Prints what is missing of a saved recording, and notes one that is complete and final. */
async function finish(
  source: Source,
  id: string,
  identity: string,
  {
    state,
    saved,
    ended,
  }: { state: RecordingState; saved: SavedFile & { isNew: boolean }; ended: CasementError | undefined },
  earlier: PulledFiles,
  terminal: Terminal,
): Promise<PulledSession> {
  const { completeness, mutableUntil } = state;
  const { file, bytes, events, damage, files, sha256 } = saved;
  terminal.print(saved.isNew ? words.wrote(file, bytes) : words.unchanged(file));
  const missing = findMissing(completeness);
  const losses = damage.filter(({ reason }) => isLoss(reason));
  const isPartial = missing.length > 0 || losses.length > 0 || files.damaged > 0 || ended !== undefined;
  if (missing.length > 0) terminal.print(words.notComplete(missing));
  for (const note of completenessWords.notes(completeness)) terminal.print(note);
  if (losses.length > 0 || files.damaged > 0) terminal.print(words.notReadable(losses, files));
  if (ended) terminal.print(words.endedEarly(errorSentence({ code: ended.code, details: ended.details })));
  const growing = mutableUntil !== undefined && mutableUntil > terminal.now().getTime();
  if (growing) terminal.print(words.mayGrow);
  const isOld = source.capabilities.isLive || saved.lastEventAt < terminal.now().getTime() - settledMs;
  const isFinal = !isPartial && !growing && isOld && !completeness.some(({ isLeast }) => isLeast);
  await earlier.add({ target: identity, file, bytes, sha256, events, completeness: [...completeness], isFinal });
  return {
    session: id,
    outcome: isPartial ? 'incomplete' : 'complete',
    file,
    bytes,
    events,
    completeness,
    isPartial,
    ...(damage.length > 0 && { damage }),
    ...(files.damaged > 0 && { files }),
    ...(growing && { mayGrowUntil: new Date(mutableUntil).toISOString() }),
    ...(ended && { error: describeError(toErrorReply(ended)) }),
  };
}

export const describeError = (reply: ErrorReply): { code: string; message: string } => ({
  code: reply.code,
  message: errorSentence(reply),
});

interface SavedFile {
  file: string;
  bytes: number;
  sha256: string;
  events: number;
  /** ms since 1970. */
  lastEventAt: number;
  damage: readonly Damage[];
  files: { total: number; damaged: number };
}

/** Writes the decompressed recording to its file, and reads it once to make sure that there is one in it. Throws recording-*, disk-*. */
async function save(part: PartFile, source: Source, path: string, terminal: Terminal): Promise<SavedFile> {
  const { signal } = terminal;
  const hash = createHash('sha256');
  const tally: DocumentTally = { documents: 0, damaged: 0 };
  let bytes = 0;
  let facts: Pick<RecordingFacts, 'events' | 'damage' | 'startedAt' | 'durationMs'> = {
    events: 0,
    damage: [],
    startedAt: 0,
    durationMs: 0,
  };
  const documents = await part.documentInputs();
  await writeFileAtomically(
    path,
    async (file) => {
      for await (const piece of plainDocuments(documents, tally, source.repeatsLines && withoutRepeats())) {
        signal.throwIfAborted();
        await file.writeFile(piece);
        hash.update(piece);
        bytes += piece.length;
      }
    },
    async (written) => {
      facts = await readSaved(await fileInput(written, { signal }), source);
    },
  );
  const { events, damage, startedAt, durationMs } = facts;
  const lastEventAt = startedAt + durationMs;
  const files = { total: tally.documents, damaged: tally.damaged };
  return { file: path, bytes, sha256: hash.digest('hex'), events, lastEventAt, damage, files };
}

/** Reads a saved recording to its end. Throws recording-*. */
function readSaved(input: RecordingInput, { capabilities }: Source): Promise<RecordingFacts> {
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
