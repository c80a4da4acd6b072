import type { CasePreview, PreviewedRecording } from '../../../src-main/contract/case-preview';
import type { ErrorReply } from '../../../src-main/contract/errors';
import type { CasePreviewId } from '../../../src-main/contract/ids';
import { call, mainEvents } from '../app/bridge';
import { dialogs } from '../app/dialogs.svelte';
import { jobs } from '../app/jobs.svelte';
import { navigation, type Moment, type Place } from '../app/navigation.svelte';
import { ReplaySession } from '../session/replay-session.svelte';

/** A case file that is looked at while a job checks and imports it. */
export class Look {
  readonly id: CasePreviewId;
  readonly title: string;
  readonly recordings: readonly PreviewedRecording[];
  /** The recording that is shown. */
  shown = $state.raw() as PreviewedRecording;
  replay = $state.raw() as ReplaySession;
  /** Why the file was refused: nothing of it is shown any longer. */
  error = $state.raw<ErrorReply>();

  readonly jobId: string;
  readonly manifestHash: string;
  job = $derived.by(() => jobs.find(this.jobId));
  /** Its import began, so that every entry was found to be what the manifest says. */
  isChecked = $derived(this.job?.progress?.phase === 'storing');

  constructor(jobId: string, { id, title, manifestHash, recordings }: CasePreview) {
    this.jobId = jobId;
    this.id = id;
    this.title = title;
    this.manifestHash = manifestHash;
    this.recordings = recordings;
    const [first] = recordings;
    if (first) this.show(first);
  }

  get place(): Place {
    return { name: 'look', id: this.id };
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

  /** There is a picture, or there will be none: the check may begin. */
  begin(): void {
    call('case-preview.shown', { id: this.id }).catch(() => undefined);
  }

  refuse(error: ErrorReply): void {
    this.replay.close();
    this.error = error;
  }

  close(): void {
    this.replay.close();
    // Whether it is closed now or was before makes no difference.
    call('case-preview.close', { id: this.id }).catch(() => undefined);
  }
}

/** The case files that are looked at: usually none or one. */
class CasePreviews {
  readonly #open = new Map<CasePreviewId, Look>();
  /** The jobs whose files the user looked at, and went elsewhere. */
  readonly #left = new Set<string>();

  find(id: CasePreviewId): Look | undefined {
    return this.#open.get(id);
  }

  /** What is looked at while that job opens it, as long as the user is there. */
  ofJob(jobId: string | undefined): Look | undefined {
    return [...this.#open.values()].find((look) => look.jobId === jobId && navigation.isAt(look.place));
  }

  /** Did the user go elsewhere from the file that this job opens? */
  wasLeft(jobId: string | undefined): boolean {
    return jobId !== undefined && this.#left.has(jobId);
  }

  /** The user went elsewhere. */
  leave(look: Look): void {
    this.#left.add(look.jobId);
    this.#open.delete(look.id);
    look.close();
  }

  listen(): () => void {
    return mainEvents()['case-preview.opened'](({ jobId, preview: opened }) => {
      const look = new Look(jobId, opened);
      // A dialog that is open stays in front of what the user was at.
      if (dialogs.open) return look.close();
      this.#open.set(look.id, look);
      navigation.go(look.place);
      // Something unsaved may have kept the user where they are.
      if (navigation.isAt(look.place)) jobs.showAt(jobId, look.place);
      else this.leave(look);
    });
  }
}

export const looks = new CasePreviews();
