import { SvelteMap } from 'svelte/reactivity';
import { toErrorReply, matchesCode, type ErrorReply } from '../../../src-main/contract/errors';
import type { ConnectionId } from '../../../src-main/contract/ids';
import type { RemoteSession } from '../../../src-main/contract/session';
import type { SessionQuery } from '../../../src-main/contract/source';
import { readQuery, type EnteredQuery } from './source-query';
import { call } from '../app/bridge';
import { connections } from '../app/connections.svelte';

/** The search of one source: kept while the window lives, so that coming back finds the list as it was left. */
export class SourceSearch {
  /** What stands in the fields. */
  readonly entered = $state<EnteredQuery>({ by: 'email', text: '', from: '', to: '' });
  /** What the list below was asked for. */
  asked = $state.raw<SessionQuery>({});
  /** The same, as the user wrote it. */
  askedText = $state('');
  isFilterWrong = $state(false);
  sessions = $state.raw<readonly RemoteSession[]>([]);
  cursor = $state.raw<string>();
  #isTruncated = $state.raw(false);
  /** What the list lacks: nothing, what further pages bring, or what no page brings. */
  rest = $derived<'none' | 'more' | 'cut'>(this.cursor ? 'more' : this.#isTruncated ? 'cut' : 'none');
  phase = $state<'fresh' | 'loading' | 'loading-more' | 'ready' | 'failed'>('fresh');
  error = $state.raw<ErrorReply>();
  /** The jobs of the rows that are being pulled, by remote id. */
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

  /** Asks for all sessions that the platform lists. */
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
      // The answer to an older question is no answer to the newer one.
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

/** The search of that source, the same one each time. */
export function searchOf(id: ConnectionId): SourceSearch {
  return (searches[id] ??= new SourceSearch(id));
}
