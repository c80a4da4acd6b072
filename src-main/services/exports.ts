import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { ExportId } from '../contract/ids';
import type { CheckedInput, RequestOutput } from '../contract/ipc';
import { formatTable, isReport, type ExportFormat } from '../contract/export-format';
import type { Policy } from '../contract/policy';
import type { TimelineThresholds } from '../contract/settings';
import type { WorkerMethods } from '../contract/worker';
import type { Jobs, RunningJob } from './jobs';
import type { Policies } from './policies';
import type { SigningKey } from './signing-key';
import type { CallOptions, MakeId, ReadThresholds, WorkerPort } from './ports';

interface Ports {
  worker: WorkerPort;
  jobs: Jobs;
  makeId: MakeId;
  policies: Pick<Policies, 'find' | 'hideValues'>;
  signingKey: Pick<SigningKey, 'read'>;
  readThresholds: ReadThresholds;
  now: () => number;
  /** Asks the user where to save; undefined if they close the dialog. */
  askWhereToSave: (suggestion: { fileName: string; ending: string }) => Promise<string | undefined>;
  showInFolder: (path: string) => void;
  writeClipboard: (text: string) => Promise<void>;
  /** Opens a port for the worker to hidden windows (`contract/window-port`). */
  openHiddenWindows: (signal: AbortSignal) => unknown;
}

/** The user's choices for a file. */
type FileChoice = Pick<CheckedInput<'export.save'>, 'format' | 'hasScreenshots' | 'isSigned' | 'passphrase' | 'jobId'>;
/** The part of a request to the worker that is the same for a session and for a case. */
type FileTarget = Omit<WorkerMethods['export.write']['params'], 'id' | 'policy' | 'hasNotes' | 'thresholds'>;

/** The exports whose values are kept in memory. */
const mostFound = 8;

/** Previews and saves exports, and shows saved files. The shell knows a saved file by an id, never by its path. */
export class Exports {
  private readonly saved = new Map<string, string>();
  /** The values that each recent export masked after the check, and its policy. */
  private readonly found = new Map<string, { policy: string; values: readonly string[] }>();

  constructor(private readonly ports: Ports) {}

  preview({
    sessionId,
    policy,
    hasNotes,
    jobId,
  }: CheckedInput<'export.preview'>): Promise<RequestOutput<'export.preview'>> {
    const { worker, jobs } = this.ports;
    return jobs.run(jobId, async (job) =>
      worker.call('export.preview', { id: sessionId, hasNotes, ...(await this.redaction(policy)) }, job),
    );
  }

  /** The complete case, as its merged timeline. */
  previewCase({
    caseId,
    policy,
    hasNotes,
    hasTexts,
    jobId,
  }: CheckedInput<'export.preview-case'>): Promise<RequestOutput<'export.preview-case'>> {
    const { worker, jobs } = this.ports;
    return jobs.run(jobId, async (job) => {
      const choice = { id: caseId, hasNotes, hasTexts, ...(await this.redaction(policy)) };
      return worker.call('export.preview-case', choice, job);
    });
  }

  async save({
    sessionId,
    policy,
    hasNotes,
    hidesOwnTexts,
    ...file
  }: CheckedInput<'export.save'>): Promise<RequestOutput<'export.save'>> {
    const choice = { id: sessionId, hasNotes, hidesOwnTexts, ...(await this.redaction(policy)) };
    return this.saveAs(file, { policy, hasNotes }, (target, job) =>
      this.ports.worker.call('export.write', { ...choice, ...target }, job),
    );
  }

  async saveCase({
    caseId,
    policy,
    hasNotes,
    hasTexts,
    hidesOwnTexts,
    ...file
  }: CheckedInput<'export.save-case'>): Promise<RequestOutput<'export.save-case'>> {
    const choice = { id: caseId, hasNotes, hasTexts, hidesOwnTexts, ...(await this.redaction(policy)) };
    return this.saveAs(file, { policy, hasNotes }, (target, job) =>
      this.ports.worker.call('export.write-case', { ...choice, ...target }, job),
    );
  }

  copy({ sessionId, policy, jobId, ...ticket }: CheckedInput<'export.copy'>): Promise<RequestOutput<'export.copy'>> {
    return this.copyText(jobId, async (job) =>
      this.ports.worker.call('export.ticket', { id: sessionId, ...ticket, ...(await this.redaction(policy)) }, job),
    );
  }

  copyCase({
    caseId,
    policy,
    jobId,
    ...ticket
  }: CheckedInput<'export.copy-case'>): Promise<RequestOutput<'export.copy-case'>> {
    return this.copyText(jobId, async (job) =>
      this.ports.worker.call('export.ticket-case', { id: caseId, ...ticket, ...(await this.redaction(policy)) }, job),
    );
  }

  /** Throws file-missing if the export is not a recent one, policy-many, policy-invalid. */
  async alwaysHide(id: string): Promise<RequestOutput<'export.always-hide'>> {
    const found = this.found.get(id);
    if (!found) throw new CasementError('file-missing');
    const policy = await this.ports.policies.hideValues(found.policy, found.values);
    this.found.delete(id);
    return { policy };
  }

  reveal(id: string): void {
    const path = this.saved.get(id);
    if (path === undefined) throw new CasementError('file-missing');
    this.ports.showInFolder(path);
  }

  /** Returns the settings that every export needs. Throws policy-*. */
  private async redaction(name: string): Promise<{ policy: Policy; thresholds: TimelineThresholds }> {
    const { policies, readThresholds } = this.ports;
    return { policy: await policies.find(name), thresholds: await readThresholds() };
  }

  private copyText(jobId: string, render: (job: RunningJob) => Promise<string>): Promise<RequestOutput<'export.copy'>> {
    return this.ports.jobs.run(jobId, async (job) => {
      const text = await render(job);
      job.signal.throwIfAborted();
      await this.ports.writeClipboard(text);
      return { characters: text.length };
    });
  }

  /** Asks where to save, writes the file and remembers it by an id; null if the user closes the dialog. */
  private saveAs(
    { format, hasScreenshots, jobId, ...sealed }: FileChoice,
    { policy, hasNotes }: { policy: string; hasNotes: boolean },
    write: (target: FileTarget, job: CallOptions) => Promise<WorkerMethods['export.write']['result']>,
  ): Promise<RequestOutput<'export.save'>> {
    const { jobs, askWhereToSave, makeId, openHiddenWindows } = this.ports;
    const suggestion = { fileName: this.suggestName(format), ending: formatTable[format].ending };
    const isIllustrated = hasScreenshots && hasNotes && isReport(format);
    // The job starts before the dialog, so that it can be cancelled while the dialog is open.
    return jobs.run(jobId, async (job) => {
      const path = await askWhereToSave(suggestion);
      job.signal.throwIfAborted();
      if (path === undefined) return null;
      const sealing = format === 'case' ? await this.sealing(sealed) : {};
      const ports = isIllustrated || format === 'pdf' ? [openHiddenWindows(job.signal)] : [];
      const { found, ...written } = await write(
        { format, path, hasScreenshots: isIllustrated, ...sealing },
        { ...job, ports },
      );
      const id = v.parse(ExportId, makeId('x'));
      this.saved.set(id, path);
      if (found.length > 0) this.found.set(id, { policy, values: found });
      for (const old of [...this.found.keys()].slice(0, -mostFound)) this.found.delete(old);
      return { id, fileName: path.split(/[\\/]/).at(-1) ?? path, ...written };
    });
  }

  /** Throws keychain-locked, keychain-timeout. */
  private async sealing({ isSigned, passphrase }: Pick<FileChoice, 'isSigned' | 'passphrase'>): Promise<{
    signingKey?: string;
    passphrase?: string;
  }> {
    const signingKey = isSigned ? await this.ports.signingKey.read() : undefined;
    return { ...(signingKey !== undefined && { signingKey }), ...(passphrase !== '' && { passphrase }) };
  }

  /** The name contains the date and never the user of the session. */
  private suggestName(format: ExportFormat): string {
    const day = new Date(this.ports.now()).toISOString().slice(0, 10);
    const { stem, ending } = formatTable[format];
    return `${stem}-${day}.${ending}`;
  }
}
