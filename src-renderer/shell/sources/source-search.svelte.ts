import { SvelteMap } from 'svelte/reactivity';
import { toErrorReply, matchesCode, type ErrorReply } from '../../../src-main/contract/errors';
import type { ConnectionId } from '../../../src-main/contract/ids';
import type { RemoteSession } from '../../../src-main/contract/session';
import type { Reading, RecognizedText, SessionQuery } from '../../../src-main/contract/source';
import { countEntered, noEnteredFilters, readQuery, type EnteredFilters } from './source-query';
import { call } from '../app/bridge';
import { connections } from '../app/connections.svelte';
import { navigation } from '../app/navigation.svelte';

type PlacedReading = RecognizedText['readings'][number];

/** The reading of the text that the results are for. */
interface Recognized {
  reading: Reading;
  /** The other readings, also in other sources. */
  others: readonly PlacedReading[];
  isLink: boolean;
}

/** The search of one source. It lives as long as the window, so returning to the view shows the last results. */
export class SourceSearch {
  /** The text of the field. */
  text = $state('');
  readonly filters = $state<EnteredFilters>({ ...noEnteredFilters });
  areFiltersShown = $state(false);
  filterCount = $derived(countEntered(this.filters));
  /** The query of the listed results. */
  asked = $state.raw<SessionQuery>({});
  /** The text of that query, as the user typed it. */
  askedText = $state('');
  recognized = $state.raw<Recognized>();
  /** The text is a link to a platform that isn't connected. */
  unconnected = $state.raw<RecognizedText['unconnected']>();
  problem = $state.raw<'filter' | 'link' | 'text'>();
  sessions = $state.raw<readonly RemoteSession[]>([]);
  cursor = $state.raw<string>();
  #isTruncated = $state.raw(false);
  /** The results that the list lacks: none, further pages, or some that the platform never returns. */
  rest = $derived<'none' | 'more' | 'cut'>(this.cursor ? 'more' : this.#isTruncated ? 'cut' : 'none');
  phase = $state<'fresh' | 'loading' | 'loading-more' | 'ready' | 'failed'>('fresh');
  error = $state.raw<ErrorReply>();
  /** The session of a pasted link, until its row opens it. */
  linked = $state.raw<string>();
  /** The jobs of the sessions that are being pulled, by remote id. */
  readonly pulling = new SvelteMap<string, string>();
  readonly #id: ConnectionId;
  #questions = 0;
  #recognitions = 0;

  constructor(id: ConnectionId) {
    this.#id = id;
  }

  /** Recognises the text and searches for it, in the source that a link belongs to. Without a text, the filters alone choose. */
  async search(text = this.text): Promise<void> {
    const recognition = ++this.#recognitions;
    this.text = text;
    this.unconnected = undefined;
    this.problem = undefined;
    const entered = text.trim();
    if (entered === '') return this.#list(undefined);
    // The same text keeps the reading that the user chose.
    if (entered === this.askedText && this.recognized) return this.#list(this.recognized);
    try {
      const found = await call('connection.recognize', { id: this.#id, text: entered });
      if (recognition === this.#recognitions) await this.#follow(entered, found);
    } catch (error) {
      if (recognition === this.#recognitions) this.#fail(error);
    }
  }

  /** Searches for the same text by another of its readings. */
  async searchBy(chosen: PlacedReading): Promise<void> {
    const { recognized, askedText } = this;
    if (!recognized) return;
    const own = { id: this.#id, ...recognized.reading };
    const others = [own, ...recognized.others].filter(({ id, by }) => id !== chosen.id || by !== chosen.by);
    await this.#searchIn(chosen, { reading: chosen, others, isLink: recognized.isLink }, askedText);
  }

  /** Lists all sessions of the platform. */
  async searchAll(): Promise<void> {
    Object.assign(this.filters, noEnteredFilters);
    await this.search('');
  }

  /** Removes the filters, and lists what they left out. */
  async clearFilters(): Promise<void> {
    Object.assign(this.filters, noEnteredFilters);
    await this.#list(this.recognized, this.askedText);
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

  async #follow(text: string, { readings, unconnected, isSessionLink }: RecognizedText): Promise<void> {
    const [first, ...others] = readings;
    if (unconnected) this.unconnected = unconnected;
    else if (!first) this.problem = /^<?https?:/i.test(text) ? 'link' : 'text';
    else await this.#searchIn(first, { reading: first, others, isLink: isSessionLink }, text);
  }

  async #searchIn({ id }: PlacedReading, recognized: Recognized, text: string): Promise<void> {
    if (id === this.#id) return this.#list(recognized, text);
    // The other source takes the text over, and this one keeps its results.
    this.text = this.askedText;
    const search = searchOf(id);
    search.text = text;
    const listed = search.#list(recognized, text);
    navigation.go({ name: 'source', id });
    await listed;
  }

  async #list(recognized: Recognized | undefined, text = this.text.trim()): Promise<void> {
    const query = readQuery(recognized?.reading, this.filters);
    if (!query) {
      this.problem = 'filter';
      return;
    }
    this.problem = undefined;
    this.unconnected = undefined;
    this.recognized = recognized;
    this.asked = query;
    this.askedText = text;
    this.phase = 'loading';
    this.sessions = [];
    this.cursor = undefined;
    this.linked = undefined;
    await this.#ask();
    const [only, ...more] = this.sessions;
    const isCurrent = this.recognized === recognized && !this.error;
    if (isCurrent && recognized?.isLink && only && more.length === 0) this.linked = only.remoteId;
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
      this.#fail(error);
      // The main process marks a refused key on the connection.
      if (matchesCode(toErrorReply(error).code, 'key-*')) await connections.load().catch(() => undefined);
    }
  }

  #fail(error: unknown): void {
    this.error = toErrorReply(error);
    this.phase = 'failed';
  }
}

const searches: Partial<Record<ConnectionId, SourceSearch>> = {};

/** Returns the search of a source, always the same object. */
export function searchOf(id: ConnectionId): SourceSearch {
  return (searches[id] ??= new SourceSearch(id));
}
