import { errorTable, toErrorReply, type ErrorReply } from '../../../src-main/contract/errors';
import type { SessionId } from '../../../src-main/contract/ids';
import type { RequestOutput } from '../../../src-main/contract/ipc';
import type { ExportFormat, TicketFormat } from '../../../src-main/contract/export-format';
import { shellWords } from '../../../src-main/contract/words/shell';
import { call } from '../app/bridge';
import { jobs } from '../app/jobs.svelte';
import { signers } from '../app/signers.svelte';
import { toasts } from '../app/toasts.svelte';

const defaultPolicy = 'private-by-default';

/** One way through the export dialog: choose, see what it will say, save. What is exported is said by the classes that know it. */
export abstract class ExportFlow {
  policies = $state.raw<RequestOutput<'policy.list'>>([]);
  policy = $state(defaultPolicy);
  hasNotes = $state(true);
  /** Of the report, at its notes. */
  hasPictures = $state(false);
  format = $state<ExportFormat>('html');
  /** Of a case file. */
  isSigned = $state(true);
  passphrase = $state('');
  phase = $state<'previewing' | 'ready' | 'preview-failed' | 'saving' | 'saved'>('previewing');
  preview = $state.raw<RequestOutput<'export.preview'>>();
  /** The ticket that is being copied, while `phase` is saving. */
  copying = $state<TicketFormat>();
  /** What the clipboard holds since it was copied here. */
  copied = $state.raw<{ format: TicketFormat; characters: number }>();
  saved = $state.raw<NonNullable<RequestOutput<'export.save'>>>();
  /** Why there is no preview, or why it was not saved. */
  error = $state.raw<ErrorReply>();
  jobId = $state<string>();

  job = $derived(jobs.find(this.jobId));
  about = $derived(this.policies.find(({ name }) => name === this.policy)?.description ?? '');

  #round = 0;

  protected abstract askPreview(jobId: string): Promise<RequestOutput<'export.preview'>>;
  protected abstract askSave(jobId: string): Promise<RequestOutput<'export.save'>>;
  /** Of what can be pasted into a ticket. */
  protected askCopy?(jobId: string, format: TicketFormat): Promise<RequestOutput<'export.copy'>>;

  async start(): Promise<void> {
    void this.refresh();
    try {
      this.policies = await call('policy.list', {});
    } catch (error) {
      toasts.showError(error);
    }
  }

  choosePolicy(policy: string): void {
    this.policy = policy;
    void this.refresh();
  }

  includeNotes(hasNotes: boolean): void {
    this.hasNotes = hasNotes;
    void this.refresh();
  }

  /** Makes the preview anew; one that is still being made for an older choice is stopped. */
  async refresh(): Promise<void> {
    const round = ++this.#round;
    this.stop();
    this.error = undefined;
    this.copied = undefined;
    this.phase = 'previewing';
    try {
      const preview = await this.#run((jobId) => this.askPreview(jobId));
      if (round !== this.#round) return;
      this.preview = preview;
      this.phase = 'ready';
    } catch (error) {
      if (round !== this.#round) return;
      this.preview = undefined;
      this.error = toErrorReply(error);
      this.phase = 'preview-failed';
    }
  }

  async save(): Promise<void> {
    if (this.phase !== 'ready') return;
    this.error = undefined;
    this.copied = undefined;
    this.phase = 'saving';
    const { format, isSigned } = this;
    try {
      const saved = await this.#run((jobId) => this.askSave(jobId));
      this.saved = saved ?? undefined;
      this.phase = saved ? 'saved' : 'ready';
      // The first signature made the user's key.
      if (format === 'case' && isSigned) void signers.load();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Puts what is pasted into a ticket into the clipboard. */
  async copy(format: TicketFormat): Promise<void> {
    const ask = this.askCopy?.bind(this);
    if (this.phase !== 'ready' || !ask) return;
    this.error = undefined;
    this.copied = undefined;
    this.copying = format;
    this.phase = 'saving';
    try {
      const { characters } = await this.#run((jobId) => ask(jobId, format));
      this.copied = { format, characters };
      this.phase = 'ready';
    } catch (error) {
      this.#fail(error);
    } finally {
      this.copying = undefined;
    }
  }

  async reveal(): Promise<void> {
    if (!this.saved) return;
    try {
      await call('export.reveal', { id: this.saved.id });
    } catch (error) {
      toasts.showError(error);
    }
  }

  again(): void {
    this.saved = undefined;
    this.phase = 'ready';
  }

  /** Stops what runs, if anything does. */
  stop(): void {
    if (this.job) jobs.cancel(this.job.id);
  }

  #fail(error: unknown): void {
    const reply = toErrorReply(error);
    this.phase = 'ready';
    if (errorTable[reply.code].kind !== 'cancelled') this.error = reply;
  }

  #run<T>(work: (jobId: string) => Promise<T>): Promise<T> {
    return jobs.run({ title: shellWords.jobs.saving, shownBy: 'dialog' }, (jobId) => {
      this.jobId = jobId;
      return work(jobId);
    });
  }
}

/** One session, in any format. */
export class SessionExportFlow extends ExportFlow {
  readonly #sessionId: SessionId;

  constructor(sessionId: SessionId) {
    super();
    this.#sessionId = sessionId;
  }

  protected override askPreview(jobId: string): Promise<RequestOutput<'export.preview'>> {
    return call('export.preview', { ...this.#choice(), jobId });
  }

  protected override askSave(jobId: string): Promise<RequestOutput<'export.save'>> {
    const { format, hasPictures, isSigned, passphrase } = this;
    return call('export.save', { ...this.#choice(), format, hasPictures, isSigned, passphrase, jobId });
  }

  protected override askCopy(jobId: string, format: TicketFormat): Promise<RequestOutput<'export.copy'>> {
    return call('export.copy', { ...this.#choice(), format, jobId });
  }

  #choice(): { sessionId: SessionId; policy: string; hasNotes: boolean } {
    return { sessionId: this.#sessionId, policy: this.policy, hasNotes: this.hasNotes };
  }
}
