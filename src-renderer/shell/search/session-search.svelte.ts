import { toErrorReply, type ErrorReply } from '../../../src-main/contract/errors';
import type { SessionId } from '../../../src-main/contract/ids';
import type { SearchHit, SearchResult } from '../../../src-main/contract/search';
import type { StoredSession } from '../../../src-main/contract/session';
import { searchWords } from '../../../src-main/contract/words/search';
import { countFilters, noFilters, readFilters, type FilterForm } from './search-filters';
import type { JobProgress } from '../app/job-text';
import { call } from '../app/bridge';
import { jobs } from '../app/jobs.svelte';
import { navigation } from '../app/navigation.svelte';

const route = { name: 'search' } as const;

/** The search over all sessions. It lives as long as the window, so returning to the view shows the last results. */
class SessionSearch {
  text = $state('');
  form = $state.raw<FilterForm>(noFilters);
  isFormOpen = $state(false);
  /** Only this session is searched. */
  scope = $state.raw<{ id: SessionId; title: string }>();
  phase = $state<'searching' | 'loading-more' | 'ready' | 'failed'>('ready');
  error = $state.raw<ErrorReply>();
  hits = $state.raw<readonly SearchHit[]>([]);
  /** The summary of the last reply. */
  about = $state.raw<Pick<SearchResult, 'sessionCount' | 'isUpperBound' | 'tookMs' | 'isComplete' | 'cursor'>>();
  /** Increments when the field should take the focus. */
  focusCount = $state(0);
  #indexJob = $state.raw<string>();
  #queryJob: string | undefined;
  #asked = 0;

  filterCount = $derived(countFilters(this.form));
  /** The progress of the index; undefined while it is complete. */
  indexing = $derived<JobProgress | 'starting' | undefined>(
    this.#indexJob === undefined ? undefined : (jobs.find(this.#indexJob)?.progress ?? 'starting'),
  );

  /** Opens the search of all sessions, or of one. */
  show(session: Pick<StoredSession, 'id' | 'title'> | undefined): void {
    const isOther = session?.id !== this.scope?.id;
    this.scope = session && { id: session.id, title: session.title };
    navigation.go(route);
    this.focusCount += 1;
    if (isOther) void this.ask();
  }

  change(change: Partial<FilterForm>): void {
    this.form = { ...this.form, ...change };
    void this.ask();
  }

  clearFilters(): void {
    this.change(noFilters);
  }

  /** Runs the query in the form. Drops replies to earlier queries. */
  async ask(cursor?: string): Promise<void> {
    const asked = ++this.#asked;
    if (this.#queryJob !== undefined) jobs.cancel(this.#queryJob);
    this.phase = cursor === undefined ? 'searching' : 'loading-more';
    const { text, scope } = this;
    const query = {
      text,
      filters: readFilters(this.form),
      ...(scope && { sessionId: scope.id }),
      ...(cursor && { cursor }),
    };
    try {
      const found = await jobs.run({ title: searchWords.searching, shownBy: route }, (jobId) => {
        this.#queryJob = jobId;
        return call('search.query', { ...query, jobId });
      });
      if (asked !== this.#asked) return;
      this.hits = cursor === undefined ? found.hits : [...this.hits, ...found.hits];
      this.about = found;
      this.error = undefined;
      this.phase = 'ready';
      if (!found.isComplete) void this.catchUp();
    } catch (error) {
      if (asked !== this.#asked) return;
      this.error = toErrorReply(error);
      this.phase = 'failed';
    } finally {
      if (asked === this.#asked) this.#queryJob = undefined;
    }
  }

  async loadMore(): Promise<void> {
    if (this.phase === 'ready' && this.about?.cursor !== undefined) await this.ask(this.about.cursor);
  }

  /** Waits until the index holds every session, then runs the query again. */
  async catchUp(): Promise<void> {
    if (this.#indexJob !== undefined) return;
    try {
      await jobs.run({ title: searchWords.indexing, shownBy: route }, (jobId) => {
        this.#indexJob = jobId;
        return call('search.catch-up', { jobId });
      });
    } catch (error) {
      const reply = toErrorReply(error);
      if (reply.code !== 'cancelled') this.error = reply;
      return;
    } finally {
      this.#indexJob = undefined;
    }
    await this.ask();
  }

  /** Stops waiting for the index, which continues in the background. */
  leave(): void {
    if (this.#indexJob !== undefined) jobs.cancel(this.#indexJob);
  }

  open(hit: SearchHit, moment: { atMs: number; windowId: string } | undefined): void {
    navigation.go({ name: 'session', id: hit.sessionId, ...(moment && { moment }) });
  }
}

export const sessionSearch = new SessionSearch();
