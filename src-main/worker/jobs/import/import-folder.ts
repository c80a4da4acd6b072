import { CasementError, toErrorReply, matchesCode } from '../../../contract/errors';
import type { ImportSummary } from '../../../contract/opened-files';
import type { Progress } from '../../../contract/rpc';
import type { FolderCaps } from '../../../contract/settings';
import type { StoredSession } from '../../../contract/session';
import { fileInput } from '../../../node/files/file-input';
import { inputOf } from '../../../core/recording/parse';
import { findFiles } from '../../../node/files/find-files';
import { isForeign, looksForeign } from '../../../node/intake/sniff-file';
import type { ImportedFile } from './import-file';
import type { Job } from '../job';
import { SummaryCounts } from './summary-counts';

type ImportOne = (
  path: string,
  onStored: (session: StoredSession) => void,
  job: Pick<Job, 'onProgress'>,
) => Promise<ImportedFile>;

/** These errors end the import: they concern the vault or the job, so every other file would fail as well. */
const endingCodes = /^(cancelled|disk-.*|vault-.*|worker-gone)$/;

/**
 * Imports all recordings and case files among these paths and in their folders, one after another. Refused files are listed in the summary
 * and don't prevent the import of the others. Throws cancelled while the folders are searched.
 */
export async function importFolder(
  paths: readonly string[],
  caps: FolderCaps,
  importOne: ImportOne,
  { signal, onProgress }: Job,
): Promise<ImportSummary> {
  onProgress({ phase: 'reading', done: 0, total: 0 });
  const found = await findFiles(paths, caps, signal);
  const counts = new SummaryCounts();
  found.stops.forEach((stop) => counts.addStop(stop));
  for (const { path, error } of found.refused) counts.addRefused(path, error);
  let doneBytes = 0;
  for (const [done, { path, bytes }] of found.files.entries()) {
    const report = (inFile: number): void =>
      onProgress({
        phase: 'reading',
        done: doneBytes + Math.min(inFile, bytes),
        total: found.bytes,
        files: { done, total: found.files.length },
      });
    report(0);
    // Only the phase `reading` counts bytes of the file.
    const reportFile = (progress: Progress): void => report(progress.phase === 'reading' ? progress.done : 0);
    try {
      signal.throwIfAborted();
      if (await looksForeign(await fileInput(path, { refusesLinks: true }), path)) counts.addForeign();
      else {
        const onStored = (session: StoredSession): void => counts.addImported(session);
        const { present, refused } = await importOne(path, onStored, { onProgress: reportFile });
        counts.addPresent(present);
        counts.addMembers(path, refused);
      }
    } catch (error) {
      const reply = toErrorReply(error);
      if (endingCodes.test(reply.code)) {
        counts.addStop(reply);
        break;
      }
      // If the file was deleted meanwhile, the original error is reported.
      if (await isForeignFile(path, error).catch(() => false)) counts.addForeign();
      else counts.addRefused(path, error);
    }
    doneBytes += bytes;
  }
  return counts.finish(found);
}

async function isForeignFile(path: string, error: unknown): Promise<boolean> {
  if (!(error instanceof CasementError)) return false;
  // An empty file has no first bytes to sniff.
  const input = matchesCode(error.code, 'recording-empty') ? inputOf() : await fileInput(path, { refusesLinks: true });
  return isForeign(input, path, error);
}
