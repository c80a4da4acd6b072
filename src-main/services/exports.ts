import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { ExportId } from '../contract/ids';
import type { CheckedInput, RequestOutput } from '../contract/ipc';
import { exportEndings, type ExportFormat } from '../contract/export-format';
import type { Jobs } from './jobs';
import type { Policies } from './policies';
import type { SigningKey } from './signing-key';
import type { RandomId, ReadThresholds, WorkerPort } from './ports';

/** What a file is called before its day, where it isn't called a timeline; formats of one ending stay apart. */
const fileStems: Readonly<Partial<Record<ExportFormat, string>>> = {
  case: 'case',
  'replay-html': 'replay',
  'timesketch-csv': 'timesketch',
  'timesketch-jsonl': 'timesketch',
  l2tcsv: 'l2t',
  ocsf: 'ocsf',
  ecs: 'ecs',
  stix: 'stix',
  otlp: 'otlp',
};

interface Ports {
  worker: WorkerPort;
  jobs: Jobs;
  randomId: RandomId;
  policies: Pick<Policies, 'find'>;
  signingKey: Pick<SigningKey, 'read'>;
  readThresholds: ReadThresholds;
  now: () => number;
  /** Asks the user where to save; undefined when they close the dialog. */
  askWhereToSave: (suggestion: { fileName: string; ending: string }) => Promise<string | undefined>;
  showInFolder: (path: string) => void;
}

/** Exports: preview, save, and the way back to the saved file. The window knows a saved file by an id, never by its path. */
export class Exports {
  private readonly saved = new Map<string, string>();

  constructor(private readonly ports: Ports) {}

  preview({
    sessionId,
    policy,
    hasNotes,
    jobId,
  }: CheckedInput<'export.preview'>): Promise<RequestOutput<'export.preview'>> {
    const { worker, jobs, policies, readThresholds } = this.ports;
    return jobs.run(jobId, async (job) => {
      const thresholds = await readThresholds();
      const choice = { id: sessionId, policy: await policies.find(policy), hasNotes, thresholds };
      return worker.call('export.preview', choice, job);
    });
  }

  async save({
    sessionId,
    policy: policyName,
    hasNotes,
    format,
    isSigned,
    passphrase,
    jobId,
  }: CheckedInput<'export.save'>): Promise<RequestOutput<'export.save'>> {
    const { worker, jobs, policies, askWhereToSave, randomId, readThresholds } = this.ports;
    const policy = await policies.find(policyName);
    const suggestion = { fileName: this.suggestName(format), ending: exportEndings[format] };
    // The job begins with the question, so that it can be stopped while the system's dialog is still open.
    return jobs.run(jobId, async (job) => {
      const path = await askWhereToSave(suggestion);
      job.signal.throwIfAborted();
      if (path === undefined) return null;
      const thresholds = await readThresholds();
      const signingKey = format === 'case' && isSigned ? await this.ports.signingKey.read() : undefined;
      const sealing = {
        ...(signingKey !== undefined && { signingKey }),
        ...(format === 'case' && passphrase !== '' && { passphrase }),
      };
      const choice = { id: sessionId, policy, hasNotes, thresholds, format, path, ...sealing };
      const written = await worker.call('export.write', choice, job);
      const id = v.parse(ExportId, randomId('x'));
      this.saved.set(id, path);
      return { id, fileName: path.split(/[\\/]/).at(-1) ?? path, ...written };
    });
  }

  reveal(id: string): void {
    const path = this.saved.get(id);
    if (path === undefined) throw new CasementError('file-missing');
    this.ports.showInFolder(path);
  }

  /** Named by the day and never by whose session it is. */
  private suggestName(format: ExportFormat): string {
    const day = new Date(this.ports.now()).toISOString().slice(0, 10);
    return `${fileStems[format] ?? 'timeline'}-${day}.${exportEndings[format]}`;
  }
}
