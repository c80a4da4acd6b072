import { errorTable, toErrorReply, type ErrorReply } from '../../../src-main/contract/errors';
import type { RequestInput, RequestOutput } from '../../../src-main/contract/ipc';
import type { ExportFormat, TicketFormat } from '../../../src-main/contract/export-format';
import { defaultPolicyName } from '../../../src-main/contract/policy';
import { jobWords } from '../../../src-main/contract/words/app';
import { call } from '../app/bridge';
import { jobs } from '../app/jobs.svelte';
import { signers } from '../app/signers.svelte';
import { toasts } from '../app/toasts.svelte';

/** The state of an export dialog: the choices, the preview and the result. A subclass makes the requests for its subject. */
export abstract class ExportFlow {
  policies = $state.raw<RequestOutput<'policy.list'>>([]);
  policy = $state(defaultPolicyName);
  hasNotes = $state(true);
  format = $state<ExportFormat>('html');
  /** Only for the report: adds screenshots to its notes. */
  hasScreenshots = $state(false);
  /** Masks private values in the user's own texts as well. The user agrees to it for one export. */
  hidesOwnTexts = $state(false);
  /** Only for a case file. */
  isSigned = $state(true);
  passphrase = $state('');
  phase = $state<'previewing' | 'ready' | 'preview-failed' | 'saving' | 'saved'>('previewing');
  preview = $state.raw<RequestOutput<'export.preview'>>();
  /** The ticket that is being copied, while `phase` is saving. */
  copying = $state<TicketFormat>();
  /** The ticket text that was copied to the clipboard. */
  copied = $state.raw<{ format: TicketFormat; characters: number }>();
  saved = $state.raw<NonNullable<RequestOutput<'export.save'>>>();
  /** The policy that got the values which were masked after the check. */
  extended = $state<string>();
  /** The error of the preview, or of saving. */
  error = $state.raw<ErrorReply>();
  jobId = $state<string>();

  job = $derived(jobs.find(this.jobId));
  about = $derived(this.policies.find(({ name }) => name === this.policy)?.description ?? '');

  #round = 0;
  /** The ticket that was copied last; undefined if a file was saved after it. */
  #lastTicket: TicketFormat | undefined;

  /** The counts of what an export in the chosen format hides. */
  get report(): RequestOutput<'export.preview'>['report'] | undefined {
    return this.preview?.report;
  }

  protected abstract askPreview(jobId: string): Promise<RequestOutput<'export.preview'>>;
  protected abstract askSave(jobId: string): Promise<RequestOutput<'export.save'>>;
  protected abstract askCopy(jobId: string, format: TicketFormat): Promise<RequestOutput<'export.copy'>>;

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

  /** Rebuilds the preview and cancels an unfinished one. */
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
    this.#lastTicket = undefined;
    this.error = undefined;
    this.copied = undefined;
    this.phase = 'saving';
    const { format, isSigned } = this;
    try {
      const saved = await this.#run((jobId) => this.askSave(jobId));
      this.saved = saved ?? undefined;
      this.phase = saved ? 'saved' : 'ready';
      // The first signature creates the user's key.
      if (format === 'case' && isSigned) void signers.load();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Copies the text for a ticket to the clipboard. */
  async copy(format: TicketFormat): Promise<void> {
    if (this.phase !== 'ready') return;
    this.#lastTicket = format;
    this.error = undefined;
    this.copied = undefined;
    this.copying = format;
    this.phase = 'saving';
    try {
      const { characters } = await this.#run((jobId) => this.askCopy(jobId, format));
      this.copied = { format, characters };
      this.phase = 'ready';
    } catch (error) {
      this.#fail(error);
    } finally {
      this.copying = undefined;
    }
  }

  /** Repeats the refused export with the user's own texts masked as well. */
  hideToo(): void {
    this.hidesOwnTexts = true;
    this.#repeat();
  }

  /** Repeats the refused export without notes. */
  leaveOutNotes(): void {
    this.hasNotes = false;
    this.#repeat();
  }

  #repeat(): void {
    if (this.#lastTicket) void this.copy(this.#lastTicket);
    else void this.save();
  }

  async reveal(): Promise<void> {
    if (!this.saved) return;
    try {
      await call('export.reveal', { id: this.saved.id });
    } catch (error) {
      toasts.showError(error);
    }
  }

  /** Adds the values that were masked after the check to the policy, or to a copy of a shipped one, which is chosen from then on. */
  async alwaysHide(): Promise<void> {
    if (!this.saved) return;
    try {
      const { policy } = await call('export.always-hide', { id: this.saved.id });
      this.policies = await call('policy.list', {});
      this.policy = policy;
      this.extended = policy;
    } catch (error) {
      toasts.showError(error);
    }
  }

  again(): void {
    if (this.extended !== undefined) void this.refresh();
    this.extended = undefined;
    this.hidesOwnTexts = false;
    this.saved = undefined;
    this.phase = 'ready';
  }

  /** Cancels the running job, if any. */
  stop(): void {
    if (this.job) jobs.cancel(this.job.id);
  }

  /** The choices for a file that are the same for every subject. */
  protected fileChoice(): Pick<
    RequestInput<'export.save'>,
    'format' | 'hasScreenshots' | 'hidesOwnTexts' | 'isSigned' | 'passphrase'
  > {
    const { format, hasScreenshots, hidesOwnTexts, isSigned, passphrase } = this;
    return { format, hasScreenshots, hidesOwnTexts, isSigned, passphrase };
  }

  #fail(error: unknown): void {
    const reply = toErrorReply(error);
    this.phase = 'ready';
    if (errorTable[reply.code].kind !== 'cancelled') this.error = reply;
  }

  #run<T>(work: (jobId: string) => Promise<T>): Promise<T> {
    return jobs.run({ title: jobWords.saving, shownBy: 'dialog' }, (jobId) => {
      this.jobId = jobId;
      return work(jobId);
    });
  }
}
