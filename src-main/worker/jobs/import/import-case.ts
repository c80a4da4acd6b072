import { basename } from 'node:path';
import { hasCode } from '../../../contract/errors';
import type { Progress } from '../../../contract/rpc';
import type { CaseVerification, StoredSession } from '../../../contract/session';
import type { TimelineEntry } from '../../../contract/timeline';
import { checkTimeline } from '../../../core/casefile/check-timeline';
import { ImportPass } from '../../../core/import/import-pass';
import type { ScratchStore } from '../../../core/recording/normalise/normalise';
import { readCaseContent } from '../../../node/case-archive/case-content';
import {
  factsFrom,
  listCaseRecordings,
  readCustody,
  type CaseRecording,
} from '../../../node/case-archive/case-recordings';
import { assertUnbroken, openCase } from '../../../node/case-archive/read-case';
import { readInAnyOrder, type RefusedRecording } from '../../../node/intake/recording-file';
import type { SessionRecord, Vault } from '../../../node/vault/vault';
import { keepCase } from './import-about';
import { numberWindows } from '../../../core/timeline/number-windows';
import {
  countItems,
  runPass,
  storeIn,
  withMissing,
  withScratch,
  writeWith,
  type ImportOptions,
} from './import-recording';
import { timelineFacts } from '../../../core/import/timeline-facts';
import { markPage } from './session-record';

interface CaseImport extends ImportOptions {
  passphrase?: string | undefined;
  sha256: string;
  /** The sessions of the file that are already in the library, by their index in it, from 0. */
  before: ReadonlyMap<number, StoredSession>;
  onStored: (session: StoredSession) => Promise<void>;
  onProgress?: (progress: Progress) => void;
}

/**
 * Imports the sessions of a case file after verifying every byte of it. Recordings that can't be read are returned and don't prevent the
 * import of the others. A file with a complete case also creates a case, unless the library has one from the same file.
 * Throws case-*, passphrase-*, disk-*, cancelled; recording-* if no recording could be read.
 */
export function importCase(vault: Vault, path: string, options: CaseImport): Promise<RefusedRecording[]> {
  return withScratch(vault, async (scratch) => {
    const opened = await openCase(path, { passphrase: options.passphrase, scratch });
    try {
      const { signal, onProgress, sha256, before, onStored } = options;
      const verification = await opened.verify({
        signal,
        onProgress: (done, total) => onProgress?.({ phase: 'checking', done, total }),
      });
      assertUnbroken(verification);
      const about = {
        from: 'case' as const,
        sourceName: basename(path),
        pulledAt: options.now,
        verification,
        custody: await readCustody(opened),
      };
      const content = await readCaseContent(opened);
      const sessions: StoredSession[] = [];
      const recordings = await listCaseRecordings(opened);
      const refused: RefusedRecording[] = [];
      for (const [place, recording] of recordings.entries()) {
        signal.throwIfAborted();
        const known = before.get(place);
        if (known) {
          sessions.push(known);
          continue;
        }
        try {
          const session = await importOne(vault, recording, { ...about, file: { sha256, place } }, scratch, options);
          await onStored(session);
          sessions.push(session);
        } catch (error) {
          if (!hasCode(error, 'recording-*')) throw error;
          refused.push({ name: recording.id, error });
        }
      }
      const [first] = refused;
      if (first && refused.length === recordings.length) throw first.error;
      if (content && !(await hasCaseOf(vault, verification))) {
        await keepCase(vault, content, sessions, verification, options.now);
      }
      return refused;
    } finally {
      opened.close();
    }
  });
}

function importOne(
  vault: Vault,
  { title, notes, index, entries, input }: CaseRecording,
  about: Omit<SessionRecord, 'title' | 'facts'>,
  scratch: ScratchStore,
  { thresholds, signal, caps, onProgress }: CaseImport,
): Promise<StoredSession> {
  if (entries && index.chunks.length === 0)
    return importEntries(vault, { title, notes, index, entries }, about, thresholds);
  const total = index.chunks.reduce((sum, { events }) => sum + events, 0);
  return readInAnyOrder(
    input,
    async (reading) =>
      writeWith(await vault.create(), async (writer) => {
        let done = 0;
        const onEvents = (count: number): void => onProgress?.({ phase: 'storing', done: (done += count), total });
        const store = storeIn(writer);
        // The file's own timeline replaces the one that could be read from the redacted recording, which lacks what redaction hides.
        const recomputed: TimelineEntry[] = [];
        const collect = (part: readonly TimelineEntry[]): Promise<void> => {
          for (const entry of part) recomputed.push(entry);
          return Promise.resolve();
        };
        const writeTimeline = entries ? collect : store.writeTimeline;
        const pass = new ImportPass({ thresholds, startedAt: index.startedAt, ...store, writeTimeline });
        const parts = await runPass(pass, countItems(reading.items, onEvents), signal);
        if (entries) await store.writeTimeline(numberWindows(entries, reading.windowNumbers()));
        const { position } = index;
        const record = markPage({
          title,
          ...about,
          facts: withMissing(factsFrom(index, reading.facts()), parts),
          ...(position && { position }),
          ...(entries && {
            hasExportedTimeline: true as const,
            timelineCheck: checkTimeline(entries, recomputed),
          }),
        });
        return writer.commit(record, { ...parts, windowNumbers: reading.windowNumbers() }, notes);
      }),
    { scratch, repeats: 'keep', limits: caps ?? {} },
  );
}

/** Imports a session of which the file contains only the timeline. */
async function importEntries(
  vault: Vault,
  { title, notes, index, entries }: Pick<CaseRecording, 'title' | 'notes' | 'index'> & { entries: TimelineEntry[] },
  about: Omit<SessionRecord, 'title' | 'facts'>,
  thresholds: ImportOptions['thresholds'],
): Promise<StoredSession> {
  const { startedAt, durationMs, position } = index;
  const facts = timelineFacts({ format: index.format, events: entries.length, startedAt, durationMs });
  return writeWith(await vault.create(), async (writer) => {
    const { state } = await new ImportPass({ thresholds, ...discard }).finish();
    await writer.addTimeline(entries);
    const record = { title, ...about, facts, ...(position && { position }), isTimelineOnly: true as const };
    return writer.commit(
      { ...record, hasExportedTimeline: true as const },
      { texts: [], state, windowNumbers: {} },
      notes,
    );
  });
}

/** The callbacks of an import pass whose results are not stored. */
const discard = { writeSegment: () => Promise.resolve(), writeTimeline: () => Promise.resolve() };

async function hasCaseOf({ cases }: Vault, { manifestHash }: CaseVerification): Promise<boolean> {
  return (await cases.list()).some(({ origin }) => origin?.manifestHash === manifestHash);
}
