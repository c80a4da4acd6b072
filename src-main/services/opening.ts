import type { CasePreview } from '../contract/case-preview';
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
  /** The case file that this job opens can be previewed. */
  onPreview: (jobId: JobId, preview: CasePreview) => void;
  /** Stops serving the origin of a replay. */
  closeReplay: (id: string) => void;
  wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * The check of a case file starts when the first frame of its preview is on the screen, at the latest after this time, ms. The same process
 * does both.
 */
const firstFrameMs = 1000;

/** Opens files into the library. A case file is previewed directly from the file meanwhile. */
export class Opening {
  /** The file that waits for a passphrase. The shell doesn't know its path. */
  private sealedPath: string | undefined;
  private readonly previews = new Map<string, { preview: CasePreview; startCheck: () => void }>();

  constructor(private readonly ports: OpeningPorts) {}

  /**
   * Returns null if no files were chosen. A job that was cancelled meanwhile imports nothing. If a case file is refused, its preview is closed.
   * Throws the errors of `import.paths`.
   */
  open(jobId: JobId, choose: () => string[] | Promise<string[]>): Promise<OpenedFiles | null> {
    return this.ports.jobs.run(jobId, async (job) => {
      const paths = await choose();
      job.signal.throwIfAborted();
      const [path] = paths;
      if (path === undefined) return null;
      if (paths.length > 1) return this.import(paths, job);
      return this.withPreview(path, jobId, job, () => this.import(paths, job));
    });
  }

  /** Opens the last case file that turned out to be encrypted. Throws file-missing, and the errors of `import.file`. */
  openSealed(jobId: JobId, passphrase: string): Promise<StoredSession> {
    return this.ports.jobs.run(jobId, async (job) => {
      if (this.sealedPath === undefined) throw new CasementError('file-missing');
      const { timeline, caps } = await this.ports.settings.read();
      const options = { thresholds: timeline, caps: recordingCaps(caps), passphrase };
      return this.ports.worker.call('import.file', { path: this.sealedPath, ...options }, job);
    });
  }

  /** Starts the check of a case file that is previewed. */
  startCheck(previewId: string): void {
    this.previews.get(previewId)?.startCheck();
  }

  /** Does nothing if the preview isn't open. */
  async closePreview(previewId: string): Promise<void> {
    const open = this.previews.get(previewId);
    if (!open) return;
    this.previews.delete(previewId);
    open.startCheck();
    for (const { id } of open.preview.recordings) this.ports.closeReplay(id);
    await this.ports.worker.call('case-preview.close', { id: open.preview.id });
  }

  /** Shows a preview of the file, if there is one, during the work; closes it if the work fails. */
  private async withPreview<T>(path: string, jobId: JobId, { signal }: RunningJob, work: () => Promise<T>): Promise<T> {
    const { worker, onPreview, wait } = this.ports;
    const preview = await worker.call('case-preview.open', { path });
    if (!preview) return work();
    try {
      const started = new Promise<void>((startCheck) => this.previews.set(preview.id, { preview, startCheck }));
      onPreview(jobId, preview);
      await Promise.race([started, wait(firstFrameMs, signal)]);
      return await work();
    } catch (error) {
      // If the worker is gone, the preview is closed already.
      await this.closePreview(preview.id).catch(() => undefined);
      throw error;
    }
  }

  private async import(paths: string[], job: RunningJob): Promise<OpenedFiles> {
    const { timeline, caps } = await this.ports.settings.read();
    const options = { thresholds: timeline, caps: recordingCaps(caps), folderCaps: folderCaps(caps) };
    try {
      return await this.ports.worker.call('import.paths', { paths, ...options }, job);
    } catch (error) {
      if (hasCode(error, 'passphrase-needed')) this.sealedPath = paths[0];
      throw error;
    }
  }
}
