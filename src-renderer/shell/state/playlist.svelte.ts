import { errorTable, toErrorReply } from '../../../src-main/contract/errors';
import type { SessionId } from '../../../src-main/contract/ids';
import type { Connection } from '../../../src-main/contract/session';
import { shellWords } from '../../../src-main/contract/words/shell';
import { neighbourIn } from '../logic/playlist-order';
import { jobs } from './jobs.svelte';
import { library } from './library.svelte';
import { navigation } from './navigation.svelte';
import type { SourceSearch } from './source-search.svelte';
import { toasts } from './toasts.svelte';

/** A list of a source may go on for ever; so many of its sessions are pulled at most. */
const mostSessions = 200;

/** All sessions that a search found, pulled in one go and gone through one after the other. */
class Playlist {
  /** In the order of the list that they were pulled from. */
  ids = $state.raw<readonly SessionId[]>([]);
  /** While they are being pulled. */
  progress = $state.raw<{ connectionId: string; done: number; total: number }>();
  #jobId: string | undefined;
  #isStopped = false;

  /** Pulls what isn't in the library yet, one after the other; one that can't be had doesn't keep the rest. */
  async pullAll(connection: Connection, search: SourceSearch): Promise<void> {
    if (this.progress) return;
    const connectionId = connection.id;
    this.#isStopped = false;
    this.ids = [];
    this.progress = { connectionId, done: 0, total: search.sessions.length };
    let failed = 0;
    try {
      while (search.cursor && search.sessions.length < mostSessions && !this.#isStopped && search.phase === 'ready') {
        await search.loadMore();
      }
      const remotes = search.sessions.slice(0, mostSessions);
      for (const [index, remote] of remotes.entries()) {
        if (this.#isStopped) break;
        this.progress = { connectionId, done: index, total: remotes.length };
        const stored = library.findPulled(connection, remote);
        if (stored && !stored.isPartial) this.ids = [...this.ids, stored.id];
        else {
          try {
            const session = await library.fetch(connection, remote, (jobId) => {
              this.#jobId = jobId;
              search.setPulling(remote.remoteId, jobId);
            });
            this.ids = [...this.ids, session.id];
          } catch (error) {
            const { kind } = errorTable[toErrorReply(error).code];
            // What came of one that ended early is worth seeing, too.
            const part = library.findPulled(connection, remote);
            if (part) this.ids = [...this.ids, part.id];
            if (kind !== 'cancelled') failed++;
          } finally {
            search.setPulling(remote.remoteId, undefined);
          }
        }
      }
    } finally {
      this.progress = undefined;
      this.#jobId = undefined;
    }
    this.#tell(failed);
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#jobId) jobs.cancel(this.#jobId);
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
