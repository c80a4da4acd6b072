import { errorTable, toErrorReply } from '../../../src-main/contract/errors';
import type { SessionId } from '../../../src-main/contract/ids';
import type { Connection, RemoteSession } from '../../../src-main/contract/session';
import { shellWords } from '../../../src-main/contract/words/shell';
import { neighbourIn } from './playlist-order';
import { someAtOnce } from './map-limit';
import { jobs } from '../app/jobs.svelte';
import { library } from '../app/library.svelte';
import { navigation } from '../app/navigation.svelte';
import { pull } from './pulls';
import type { SourceSearch } from './source-search.svelte';
import { toasts } from '../app/toasts.svelte';

/** A list of a source may go on for ever; so many of its sessions are pulled at most. */
const mostSessions = 200;

/**
 * While one session is read and stored, others are on their way; the one reader of recordings has no use for more. How many requests may
 * go at once is the budget's to say.
 */
const pullsAtOnce = 3;

/** All sessions that a search found, pulled in one go and gone through one after the other. */
class Playlist {
  /** In the order of the list that they were pulled from. */
  ids = $state.raw<readonly SessionId[]>([]);
  /** While they are being pulled. */
  progress = $state.raw<{ connectionId: string; done: number; total: number }>();
  readonly #jobIds = new Set<string>();
  #isStopped = false;

  /** Pulls what isn't in the library yet, a few at a time; one that can't be had doesn't keep the rest. */
  async pullAll(connection: Connection, search: SourceSearch): Promise<void> {
    if (this.progress) return;
    this.#isStopped = false;
    this.ids = [];
    this.progress = { connectionId: connection.id, done: 0, total: search.sessions.length };
    try {
      this.#tell(await this.#pullEach(connection, search, await this.#listAll(search)));
    } finally {
      this.progress = undefined;
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#jobIds.forEach((jobId) => jobs.cancel(jobId));
  }

  async #listAll(search: SourceSearch): Promise<readonly RemoteSession[]> {
    while (search.cursor && search.sessions.length < mostSessions && !this.#isStopped && search.phase === 'ready') {
      await search.loadMore();
    }
    return search.sessions.slice(0, mostSessions);
  }

  /** How many could not be pulled whole. */
  async #pullEach(connection: Connection, search: SourceSearch, remotes: readonly RemoteSession[]): Promise<number> {
    const ids: (SessionId | undefined)[] = [];
    let [done, failed] = [0, 0];
    const pull = async ([index, remote]: [number, RemoteSession]): Promise<void> => {
      const { id, isFailed } = await this.#pullOne(connection, search, remote);
      ids[index] = id;
      if (isFailed) failed++;
      this.ids = ids.flatMap((each) => each ?? []);
      this.progress = { connectionId: connection.id, done: ++done, total: remotes.length };
    };
    this.progress = { connectionId: connection.id, done, total: remotes.length };
    await someAtOnce([...remotes.entries()], pullsAtOnce, pull, () => this.#isStopped);
    return failed;
  }

  async #pullOne(
    connection: Connection,
    search: SourceSearch,
    remote: RemoteSession,
  ): Promise<{ id?: SessionId | undefined; isFailed?: true }> {
    const stored = library.findPulled(connection, remote);
    if (stored && !stored.isPartial) return { id: stored.id };
    let jobId = '';
    try {
      const { id } = await pull(connection, remote, (started) => {
        jobId = started;
        this.#jobIds.add(jobId);
        search.setPulling(remote.remoteId, jobId);
      });
      return { id };
    } catch (error) {
      const { kind } = errorTable[toErrorReply(error).code];
      // What came of one that ended early is worth seeing, too.
      const id = library.findPulled(connection, remote)?.id;
      return kind === 'cancelled' ? { id } : { id, isFailed: true };
    } finally {
      this.#jobIds.delete(jobId);
      search.setPulling(remote.remoteId, undefined);
    }
  }

  /** Where a session stands, from 1; undefined for one that isn't of the list. */
  placeOf(id: SessionId): { place: number; of: number } | undefined {
    const index = this.ids.indexOf(id);
    return index === -1 || this.ids.length < 2 ? undefined : { place: index + 1, of: this.ids.length };
  }

  /** Opens the next session of the list, or the one before. */
  go(from: SessionId, step: 1 | -1): void {
    const id = neighbourIn(this.ids, from, step, (each) => library.find(each) !== undefined);
    if (id) navigation.go({ name: 'session', id });
  }

  #tell(failed: number): void {
    const [first] = this.ids;
    const text = shellWords.playlist.pulled(this.ids.length, failed);
    if (!first) return toasts.show(text);
    toasts.show(text, {
      label: shellWords.common.open,
      run: () => navigation.go({ name: 'session', id: first }),
    });
  }
}

export const playlist = new Playlist();
