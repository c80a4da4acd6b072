import { SvelteMap } from 'svelte/reactivity';
import { toErrorReply, matchesCode, type ErrorReply } from '../../../src-main/contract/errors';
import type { ConnectionId } from '../../../src-main/contract/ids';
import type { RemoteSession } from '../../../src-main/contract/session';
import type { SessionQuery } from '../../../src-main/contract/source';
import { readQuery, type EnteredQuery } from './source-query';
import { call } from '../app/bridge';
import { connections } from '../app/connections.svelte';

/** The search of one source. It lives as long as the window, so returning to the view shows the last results. */
export class SourceSearch {
  /** The values of the form. */
  readonly entered = $state<EnteredQuery>({ by: 'email', text: '', from: '', to: '' });
  /** The query of the listed results. */
  asked = $state.raw<SessionQuery>({});
  /** The text of that query, as the user typed it. */
  askedText = $state('');
  isFilterWrong = $state(false);
  sessions = $state.raw<readonly RemoteSession[]>([]);
  cursor = $state.raw<string>();
  #isTruncated = $state.raw(false);
  /** The results that the list lacks: none, further pages, or some that the platform never returns. */
  rest = $derived<'none' | 'more' | 'cut'>(this.cursor ? 'more' : this.#isTruncated ? 'cut' : 'none');
  phase = $state<'fresh' | 'loading' | 'loading-more' | 'ready' | 'failed'>('fresh');
  error = $state.raw<ErrorReply>();
  /** The jobs of the sessions that are being pulled, by remote id. */
  readonly pulling = new SvelteMap<string, string>();
  readonly #id: ConnectionId;
  #questions = 0;

  constructor(id: ConnectionId) {
    this.#id = id;
  }

  async search(text = this.entered.text): Promise<void> {
    this.entered.text = text;
    const query = readQuery(this.entered);
    this.isFilterWrong = query === undefined;
    if (!query) return;
    this.asked = query;
    this.askedText = text.trim();
    this.phase = 'loading';
    this.sessions = [];
    this.cursor = undefined;
    await this.#ask();
  }

  /** Lists all sessions of the platform. */
  async searchAll(): Promise<void> {
    Object.assign(this.entered, { from: '', to: '' });
    await this.search('');
  }

  async loadMore(): Promise<void> {
    if (!this.cursor || this.phase !== 'ready') return;
    this.phase = 'loading-more';
    await this.#ask(this.cursor);
  }

  setPulling(remoteId: string, jobId: string | undefined): void {
    if (jobId) this.pulling.set(remoteId, jobId);
    else this.pulling.delete(remoteId);
  }

  async #ask(cursor?: string): Promise<void> {
    const question = ++this.#questions;
    this.error = undefined;
    try {
      const request = { id: this.#id, query: this.asked };
      const found = await call('connection.search', cursor ? { ...request, cursor } : request);
      // Drops replies to earlier queries.
      if (question !== this.#questions) return;
      this.sessions = cursor ? [...this.sessions, ...found.sessions] : found.sessions;
      this.cursor = found.cursor;
      this.#isTruncated = found.isTruncated;
      this.phase = 'ready';
    } catch (error) {
      if (question !== this.#questions) return;
      this.error = toErrorReply(error);
      this.phase = 'failed';
      // The main process marks a refused key on the connection.
      if (matchesCode(this.error.code, 'key-*')) await connections.load().catch(() => undefined);
    }
  }
}

const searches: Partial<Record<ConnectionId, SourceSearch>> = {};

/** Returns the search of a source, always the same object. */
export function searchOf(id: ConnectionId): SourceSearch {
  return (searches[id] ??= new SourceSearch(id));
}
