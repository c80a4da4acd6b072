import { errorTable, toErrorReply } from '../../../src-main/contract/errors';
import type { SessionId } from '../../../src-main/contract/ids';
import type { Connection, RemoteSession } from '../../../src-main/contract/session';
import { commonWords } from '../../../src-main/contract/words/common';
import { playlistWords } from '../../../src-main/contract/words/sources-view';
import { neighbourIn } from './playlist-order';
import { forEachLimit } from './for-each-limit';
import { jobs } from '../app/jobs.svelte';
import { library } from '../app/library.svelte';
import { navigation } from '../app/navigation.svelte';
import { pull } from './pulls';
import type { SourceSearch } from './source-search.svelte';
import { toasts } from '../app/toasts.svelte';

/** The most sessions that are pulled in one batch, since a source may list any number. */
const mostSessions = 200;

/**
 * Downloads overlap with the import, which handles one recording at a time and can't use more. The request budget limits the
 * number of simultaneous requests.
 */
const pullsAtOnce = 3;

/** A batch of sessions: all results of a search, pulled together and opened one after the other. */
class Playlist {
  /** In the order of the search results. */
  ids = $state.raw<readonly SessionId[]>([]);
  /** Set while the batch is being pulled. */
  progress = $state.raw<{ connectionId: string; done: number; total: number }>();
  readonly #jobIds = new Set<string>();
  #isStopped = false;

  /** Pulls the sessions that aren't in the library yet, a few at a time. A failure doesn't stop the others. */
  async pullAll(connection: Connection, search: SourceSearch): Promise<void> {
    if (this.progress) return;
    this.#isStopped = false;
    this.ids = [];
    this.progress = { connectionId: connection.id, done: 0, total: search.sessions.length };
    try {
      this.#announce(await this.#pullEach(connection, search, await this.#listAll(search)));
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

  /** Resolves to the number of sessions that could not be pulled completely. */
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
    await forEachLimit([...remotes.entries()], pullsAtOnce, pull, () => this.#isStopped);
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
      // A session that was cut off is part of the batch, too.
      const id = library.findPulled(connection, remote)?.id;
      return kind === 'cancelled' ? { id } : { id, isFailed: true };
    } finally {
      this.#jobIds.delete(jobId);
      search.setPulling(remote.remoteId, undefined);
    }
  }

  /** Returns the position of a session in the batch, from 1, or undefined if it isn't part of it. */
  positionOf(id: SessionId): { position: number; of: number } | undefined {
    const index = this.ids.indexOf(id);
    return index === -1 || this.ids.length < 2 ? undefined : { position: index + 1, of: this.ids.length };
  }

  /** Opens the next or previous session of the batch. */
  go(from: SessionId, step: 1 | -1): void {
    const id = neighbourIn(this.ids, from, step, (each) => library.find(each) !== undefined);
    if (id) navigation.go({ name: 'session', id });
  }

  #announce(failed: number): void {
    const [first] = this.ids;
    const text = playlistWords.pulled(this.ids.length, failed);
    if (!first) return toasts.show(text);
    toasts.show(text, {
      label: commonWords.open,
      run: () => navigation.go({ name: 'session', id: first }),
    });
  }
}

export const playlist = new Playlist();
