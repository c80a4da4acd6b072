import type { CaseLook } from '../contract/case-preview';
import { CasementError, hasCode } from '../contract/errors';
import type { JobId } from '../contract/ids';
import type { OpenedFiles } from '../contract/opened-files';
import type { StoredSession } from '../contract/session';
import { folderCaps, recordingCaps, type Settings } from '../contract/settings';
import type { Jobs, RunningJob } from './jobs';
import type { JsonStore, WorkerPort } from './ports';

interface OpeningPorts {
  worker: WorkerPort;
  jobs: Jobs;
  settings: JsonStore<Settings>;
  /** The case file that this job opens can be looked at. */
  onLook: (jobId: JobId, look: CaseLook) => void;
  /** A replay's origin is served no longer. */
  closeReplay: (id: string) => void;
  wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** The check of a case file begins with its first picture, and after so long without one, ms: both are work for the same process. */
const firstPictureMs = 1000;

/** Files on their way into the library. A case file is shown meanwhile, straight from the file. */
export class Opening {
  /** The window knows no paths: this is the one that waits for a passphrase. */
  private sealedPath: string | undefined;
  private readonly looks = new Map<string, { look: CaseLook; begin: () => void }>();

  constructor(private readonly ports: OpeningPorts) {}

  /**
   * Null where there are no files; a job that was cancelled meanwhile imports nothing. Errors: those of `import.paths`; nothing of a
   * refused case file is shown any longer then.
   */
  open(jobId: JobId, choose: () => string[] | Promise<string[]>): Promise<OpenedFiles | null> {
    return this.ports.jobs.run(jobId, async (job) => {
      const paths = await choose();
      job.signal.throwIfAborted();
      const [path] = paths;
      if (path === undefined) return null;
      if (paths.length > 1) return this.import(paths, job);
      return this.whileSeen(path, jobId, job, () => this.import(paths, job));
    });
  }

  /** Opens the case file that was found to be encrypted last. Errors: file-missing, and those of `import.file`. */
  openSealed(jobId: JobId, passphrase: string): Promise<StoredSession> {
    return this.ports.jobs.run(jobId, async (job) => {
      if (this.sealedPath === undefined) throw new CasementError('file-missing');
      const { timeline, caps } = await this.ports.settings.read();
      const given = { thresholds: timeline, caps: recordingCaps(caps), passphrase };
      return this.ports.worker.call('import.file', { path: this.sealedPath, ...given }, job);
    });
  }

  /** The check of a case file that is looked at may begin. */
  begin(lookId: string): void {
    this.looks.get(lookId)?.begin();
  }

  /** One that isn't open is none. */
  async closeLook(lookId: string): Promise<void> {
    const open = this.looks.get(lookId);
    if (!open) return;
    this.looks.delete(lookId);
    open.begin();
    for (const { id } of open.look.recordings) this.ports.closeReplay(id);
    await this.ports.worker.call('look.close', { id: lookId });
  }

  /** Lets the file be looked at, if that can be, while the work goes on; no longer once that failed. */
  private async whileSeen<T>(path: string, jobId: JobId, { signal }: RunningJob, work: () => Promise<T>): Promise<T> {
    const { worker, onLook, wait } = this.ports;
    const look = await worker.call('look.open', { path });
    if (!look) return work();
    try {
      const begun = new Promise<void>((begin) => this.looks.set(look.id, { look, begin }));
      onLook(jobId, look);
      await Promise.race([begun, wait(firstPictureMs, signal)]);
      return await work();
    } catch (error) {
      // A worker that is gone has closed it.
      await this.closeLook(look.id).catch(() => undefined);
      throw error;
    }
  }

  private async import(paths: string[], job: RunningJob): Promise<OpenedFiles> {
    const { timeline, caps } = await this.ports.settings.read();
    const given = { thresholds: timeline, caps: recordingCaps(caps), folderCaps: folderCaps(caps) };
    try {
      return await this.ports.worker.call('import.paths', { paths, ...given }, job);
    } catch (error) {
      if (hasCode(error, 'passphrase-needed')) this.sealedPath = paths[0];
      throw error;
    }
  }
}
