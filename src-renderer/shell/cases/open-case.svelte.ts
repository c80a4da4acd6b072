import type { Attachment, Case, CaseChange } from '../../../src-main/contract/case';
import { toErrorReply, type ErrorReply } from '../../../src-main/contract/errors';
import type { CaseId, SessionId } from '../../../src-main/contract/ids';
import { clockOfStored } from '../../../src-main/contract/shared/timeline-order';
import { Mutex } from '../../../src-main/contract/shared/mutex';
import { caseWords } from '../../../src-main/contract/words/cases';
import { commonWords } from '../../../src-main/contract/words/common';
import { filterLines, mergeTimelines, type CaseLine, type CasePart } from './case-timeline';
import { call } from '../app/bridge';
import { cases } from './cases.svelte';
import { library } from '../app/library.svelte';
import { toasts } from '../app/toasts.svelte';

/** The open case: its fields, its sessions and their timeline. */
export class OpenCase {
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  error = $state.raw<ErrorReply>();
  #case = $state.raw<Case>();

  timelinePhase = $state<'loading' | 'ready' | 'failed'>('loading');
  timelineError = $state.raw<ErrorReply>();
  lines = $state.raw<readonly CaseLine[]>([]);
  query = $state('');
  onlyImportant = $state(true);
  shown = $derived(filterLines(this.lines, this.query, this.onlyImportant));

  readonly #id: CaseId;
  readonly #changes = new Mutex();
  #round = 0;

  constructor(id: CaseId) {
    this.#id = id;
  }

  get case(): Case | undefined {
    return this.#case;
  }

  async load(): Promise<void> {
    try {
      this.#case = await call('case.get', { id: this.#id });
      this.phase = 'ready';
    } catch (error) {
      this.error = toErrorReply(error);
      this.phase = 'failed';
    }
  }

  /** Loads the timelines of those sessions that are still in the library. */
  async loadTimeline(): Promise<void> {
    const round = ++this.#round;
    const ids = (this.#case?.sessionIds ?? []).filter((id) => library.find(id) !== undefined);
    try {
      const parts = await Promise.all(ids.map(readPart));
      if (round !== this.#round) return;
      this.lines = mergeTimelines(parts);
      this.timelinePhase = 'ready';
    } catch (error) {
      if (round !== this.#round) return;
      this.timelineError = toErrorReply(error);
      this.timelinePhase = 'failed';
    }
  }

  change(change: CaseChange): Promise<void> {
    return this.#apply(() => call('case.change', { id: this.#id, change }));
  }

  addSession(sessionId: SessionId): Promise<void> {
    return this.#setSessions((ids) => [...ids, sessionId]);
  }

  async takeOut(sessionId: SessionId, title: string): Promise<void> {
    const before = this.#case?.sessionIds ?? [];
    await this.#setSessions((ids) => ids.filter((id) => id !== sessionId));
    this.#offerUndo(caseWords.tookOut(title), () => this.#setSessions(() => before));
  }

  attach(name: string, text: string): Promise<void> {
    return this.#apply(() => call('case.attach', { id: this.#id, name, text }));
  }

  async detach({ id, name, text }: Attachment): Promise<void> {
    await this.#apply(() => call('case.detach', { id: this.#id, attachmentId: id }));
    this.#offerUndo(caseWords.removedText(name), () => this.attach(name, text));
  }

  #setSessions(step: (ids: readonly SessionId[]) => readonly SessionId[]): Promise<void> {
    return this.#apply(() =>
      call('case.set-sessions', { id: this.#id, sessionIds: [...step(this.#case?.sessionIds ?? [])] }),
    );
  }

  #offerUndo(text: string, run: () => Promise<void>): void {
    toasts.show(text, { label: commonWords.undo, run: () => void run() });
  }

  /** Changes run one after another: each builds on the result of the one before it. */
  #apply(step: () => Promise<Case>): Promise<void> {
    return this.#changes.run(async () => {
      try {
        this.#case = await step();
        cases.keep(this.#case);
      } catch (error) {
        toasts.showError(error);
      }
    });
  }
}

async function readPart(sessionId: SessionId): Promise<CasePart> {
  const [entries, notes] = await Promise.all([
    call('timeline.get', { id: sessionId }),
    call('note.list', { sessionId }),
  ]);
  const session = library.find(sessionId);
  return { sessionId, clock: session && clockOfStored(session), entries, notes };
}
