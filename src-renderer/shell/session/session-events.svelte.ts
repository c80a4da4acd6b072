import { SvelteSet } from 'svelte/reactivity';
import { toErrorReply, type ErrorReply } from '../../../src-main/contract/errors';
import type { SessionId } from '../../../src-main/contract/ids';
import type { Note, NoteDraft } from '../../../src-main/contract/note';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { formatTimecode } from '../../../src-main/contract/words/format';
import { commonWords } from '../../../src-main/contract/words/common';
import { noteWords } from '../../../src-main/contract/words/notes';
import { countByGroup, filterEntries, type EventGroup } from './timeline-filter';
import { mergeNotes } from './merge-notes';
import { call } from '../app/bridge';
import { library } from '../app/library.svelte';
import { toasts } from '../app/toasts.svelte';

/** The timeline of a session and the user's notes. */
export class SessionEvents {
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  error = $state.raw<ErrorReply>();
  readonly groups = new SvelteSet<EventGroup>();
  query = $state('');
  #recorded = $state.raw<readonly TimelineEntry[]>([]);
  #notes = $state.raw<readonly Note[]>([]);

  all = $derived(mergeNotes(this.#recorded, this.#notes));
  counts = $derived(countByGroup(this.all));
  shown = $derived(filterEntries(this.all, this.groups, this.query));

  readonly #id: SessionId;

  constructor(id: SessionId) {
    this.#id = id;
  }

  async load(): Promise<void> {
    // Keeps the old entries until the new ones are loaded.
    if (this.phase !== 'ready') this.phase = 'loading';
    try {
      const [recorded, notes] = await Promise.all([
        call('timeline.get', { id: this.#id }),
        call('note.list', { sessionId: this.#id }),
      ]);
      this.#recorded = recorded;
      this.#notes = notes;
      this.phase = 'ready';
    } catch (error) {
      this.error = toErrorReply(error);
      this.phase = 'failed';
    }
  }

  toggleGroup(group: EventGroup): void {
    if (!this.groups.delete(group)) this.groups.add(group);
  }

  showAll(): void {
    this.groups.clear();
    this.query = '';
  }

  findNote(id: string): Note | undefined {
    return this.#notes.find((note) => note.id === id);
  }

  /** Resolves to whether the note was saved. Errors are shown to the user. */
  async addNote(note: NoteDraft): Promise<boolean> {
    return this.#try(async () => {
      this.#setNotes([...this.#notes, await call('note.add', { sessionId: this.#id, note })]);
    });
  }

  /** Adds a bookmark and shows a toast that can undo it. */
  async addBookmark(atMs: number): Promise<void> {
    await this.#try(async () => {
      const note = await call('note.add', { sessionId: this.#id, note: { atMs, text: '', isBookmark: true } });
      this.#setNotes([...this.#notes, note]);
      toasts.show(noteWords.bookmarked(formatTimecode(atMs)), {
        label: commonWords.undo,
        run: () => void this.#drop(note.id),
      });
    });
  }

  async changeNote(id: string, note: NoteDraft): Promise<boolean> {
    return this.#try(async () => {
      const changed = await call('note.change', { sessionId: this.#id, id, note });
      this.#setNotes(this.#notes.map((note) => (note.id === id ? changed : note)));
    });
  }

  async removeNote(id: string): Promise<void> {
    const note = this.findNote(id);
    if (!note) return;
    if (!(await this.#drop(id))) return;
    const { id: _id, ...draft } = note;
    toasts.show(noteWords.removed, { label: commonWords.undo, run: () => void this.addNote(draft) });
  }

  #drop(id: string): Promise<boolean> {
    return this.#try(async () => {
      await call('note.remove', { sessionId: this.#id, id });
      this.#setNotes(this.#notes.filter((other) => other.id !== id));
    });
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      toasts.showError(error);
      return false;
    }
  }

  #setNotes(notes: readonly Note[]): void {
    this.#notes = notes;
    library.countNotes(this.#id, notes.length);
  }
}
