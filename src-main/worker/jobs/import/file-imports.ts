import { stat } from 'node:fs/promises';
import type { OpenedFiles } from '../../../contract/opened-files';
import type { FolderCaps } from '../../../contract/settings';
import type { StoredSession } from '../../../contract/session';
import { CasementError } from '../../../contract/errors';
import { reading } from '../../../node/files/file-input';
import type { Vault } from '../../../node/vault/vault';
import { importFile, type FileSettings, type ImportedFile } from './import-file';
import { importFolder } from './import-folder';
import type { Job } from '../job';
import { KnownFiles } from './known-files';
import { SummaryCounts } from './summary-counts';
import { KeyedMutex } from '../../../contract/shared/mutex';

/** Imports recordings and case files from the disk: single files, and the contents of folders. */
export class FileImports {
  private readonly known = new KnownFiles();
  private readonly mutex = new KeyedMutex();

  constructor(private readonly now: () => number) {}

  /** Returns the last session if the file contains several. Throws the errors of `importFile`. */
  async importFile(vault: Vault, path: string, settings: FileSettings, job: Job): Promise<StoredSession> {
    const { last } = await this.importAlone(vault, path, settings, job);
    return last;
  }

  /**
   * Imports a single file as a session, or several files and folders with a summary. Throws the errors of `importFile` for a single file,
   * and cancelled while folders are searched. Otherwise the summary contains the reason of an early end.
   */
  async importPaths(
    vault: Vault,
    paths: readonly string[],
    { folderCaps, ...settings }: FileSettings & { folderCaps: FolderCaps },
    job: Job,
  ): Promise<OpenedFiles> {
    const [path] = paths;
    if (path !== undefined && paths.length === 1 && !(await isFolder(path))) {
      job.onProgress({ phase: 'reading', done: 0, total: 0 });
      const { last, fresh, present, refused } = await this.importAlone(vault, path, settings, job);
      if (refused.length === 0) return { kind: 'session', session: last, isPresent: fresh.length === 0 };
      const counts = new SummaryCounts();
      fresh.forEach((session) => counts.addImported(session));
      counts.addPresent(present);
      counts.addMembers(path, refused);
      return { kind: 'summary', summary: counts.finish() };
    }
    const importOne = (
      one: string,
      onStored: (session: StoredSession) => void,
      { onProgress }: Pick<Job, 'onProgress'>,
    ) => importFile(this.about(vault, onStored), one, { ...settings, isAmongOthers: true }, { ...job, onProgress });
    return { kind: 'summary', summary: await importFolder(paths, folderCaps, importOne, job) };
  }

  private async importAlone(
    vault: Vault,
    path: string,
    settings: FileSettings,
    job: Job,
  ): Promise<ImportedFile & { fresh: StoredSession[]; last: StoredSession }> {
    const fresh: StoredSession[] = [];
    const { present, refused } = await importFile(
      this.about(vault, (session) => fresh.push(session)),
      path,
      settings,
      job,
    );
    const last = fresh.at(-1) ?? present.at(-1);
    if (!last) throw new CasementError('recording-empty');
    // Damage of the archive around its recordings is added after they are stored.
    return { present, refused, fresh, last: await vault.get(last.id) };
  }

  private about(vault: Vault, onStored: (session: StoredSession) => void): Parameters<typeof importFile>[0] {
    const { known, mutex } = this;
    return { vault, known, mutex, now: this.now(), onStored };
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await reading(() => stat(path))).isDirectory();
}
