import type { CasePreview as OpenedPreview, PreviewedRecording } from '../../../src-main/contract/case-preview';
import type { ErrorReply } from '../../../src-main/contract/errors';
import type { CasePreviewId } from '../../../src-main/contract/ids';
import { call, mainEvents } from '../app/bridge';
import { dialogs } from '../app/dialogs.svelte';
import { jobs } from '../app/jobs.svelte';
import { navigation, type Moment, type Route } from '../app/navigation.svelte';
import { ReplaySession } from '../session/replay-session.svelte';

/** A case file that is shown while a job verifies and imports it. */
export class CasePreview {
  readonly id: CasePreviewId;
  readonly title: string;
  readonly recordings: readonly PreviewedRecording[];
  /** The recording that is shown. */
  shown = $state.raw() as PreviewedRecording;
  replay = $state.raw() as ReplaySession;
  /** The reason why the file was refused. Nothing of the file is shown any more. */
  error = $state.raw<ErrorReply>();

  readonly jobId: string;
  readonly manifestHash: string;
  job = $derived.by(() => jobs.find(this.jobId));
  /** The import has started, so every entry matches the manifest. */
  isChecked = $derived(this.job?.progress?.phase === 'storing');

  constructor(jobId: string, { id, title, manifestHash, recordings }: OpenedPreview) {
    this.jobId = jobId;
    this.id = id;
    this.title = title;
    this.manifestHash = manifestHash;
    this.recordings = recordings;
    const [first] = recordings;
    if (first) this.show(first);
  }

  get route(): Route {
    return { name: 'case-preview', id: this.id };
  }

  get moment(): Moment {
    const { atMs, windowId, isPlaying } = this.replay;
    return { atMs, windowId, isPlaying };
  }

  show(recording: PreviewedRecording): void {
    this.replay?.close();
    this.shown = recording;
    this.replay = new ReplaySession(recording.id, recording.facts.durationMs);
    void this.replay.open();
  }

  /** Lets the verification begin: the first page is painted, or never will be. */
  startVerification(): void {
    call('case-preview.shown', { id: this.id }).catch(() => undefined);
  }

  refuse(error: ErrorReply): void {
    this.replay.close();
    this.error = error;
  }

  close(): void {
    this.replay.close();
    // Closing it a second time is harmless.
    call('case-preview.close', { id: this.id }).catch(() => undefined);
  }
}

/** The open previews of case files: usually none or one. */
class CasePreviews {
  readonly #open = new Map<CasePreviewId, CasePreview>();
  /** The jobs whose preview the user left. */
  readonly #left = new Set<string>();

  find(id: CasePreviewId): CasePreview | undefined {
    return this.#open.get(id);
  }

  /** Returns the preview of the file that the job opens, if the user is still there. */
  ofJob(jobId: string | undefined): CasePreview | undefined {
    return [...this.#open.values()].find((preview) => preview.jobId === jobId && navigation.isAt(preview.route));
  }

  /** Returns whether the user left the preview of the file that the job opens. */
  wasLeft(jobId: string | undefined): boolean {
    return jobId !== undefined && this.#left.has(jobId);
  }

  /** Closes a preview that the user left. */
  leave(preview: CasePreview): void {
    this.#left.add(preview.jobId);
    this.#open.delete(preview.id);
    preview.close();
  }

  listen(): () => void {
    return mainEvents()['case-preview.opened'](({ jobId, preview: opened }) => {
      const preview = new CasePreview(jobId, opened);
      // An open dialog keeps the view behind it.
      if (dialogs.open) return preview.close();
      this.#open.set(preview.id, preview);
      navigation.go(preview.route);
      // Unsaved changes may have kept the user on the current view.
      if (navigation.isAt(preview.route)) jobs.showAt(jobId, preview.route);
      else this.leave(preview);
    });
  }
}

export const casePreviews = new CasePreviews();
