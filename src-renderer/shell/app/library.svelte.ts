import type { SessionId } from '../../../src-main/contract/ids';
import type { Connection, RemoteSession, StoredSession } from '../../../src-main/contract/session';
import { commonWords } from '../../../src-main/contract/words/common';
import { libraryWords } from '../../../src-main/contract/words/library';
import { sourceViewWords } from '../../../src-main/contract/words/sources-view';
import { call, mainEvents } from './bridge';
import { navigation } from './navigation.svelte';
import { toasts } from './toasts.svelte';

function remoteKey(connectionId: string | undefined, remoteId: string | undefined): string {
  return JSON.stringify([connectionId, remoteId]);
}

/** The sessions in the vault, newest first. */
class Library {
  list = $state.raw<readonly StoredSession[]>([]);
  #byRemote = $derived(
    new Map(this.list.map((session) => [remoteKey(session.connectionId, session.remoteId), session])),
  );

  async load(): Promise<void> {
    this.#set(await call('library.list', {}));
  }

  find(id: SessionId): StoredSession | undefined {
    return this.list.find((session) => session.id === id);
  }

  /** Returns the stored copy of a session that a source lists, if it was pulled. */
  findPulled(connection: Connection, remote: RemoteSession): StoredSession | undefined {
    return this.#byRemote.get(remoteKey(connection.id, remote.remoteId));
  }

  /** Returns the stored copy of a session by the id in its platform's links, which can be a part of its id in lists. */
  findBySessionId({ id }: Connection, sessionId: string): StoredSession | undefined {
    return this.list.find(
      ({ connectionId, remoteId }) =>
        connectionId === id && (remoteId === sessionId || remoteId?.split(/[:/]/).includes(sessionId)),
    );
  }

  async remove(session: StoredSession): Promise<void> {
    try {
      await call('library.remove', { id: session.id });
    } catch (error) {
      return toasts.showError(error);
    }
    this.list = this.list.filter((other) => other.id !== session.id);
    navigation.forget((route) => route.name === 'session' && route.id === session.id);
    toasts.show(libraryWords.removed(session.title), {
      label: commonWords.undo,
      run: () => void this.#restore(session.id),
    });
  }

  keep(session: StoredSession): void {
    this.#set([session, ...this.list.filter((other) => other.id !== session.id)]);
  }

  open(session: StoredSession): void {
    navigation.go({ name: 'session', id: session.id });
  }

  /** Reports that a session is ready while the user does something else. */
  announceReady(session: StoredSession): void {
    toasts.show(sourceViewWords.isReady(session.title), {
      label: commonWords.open,
      run: () => this.open(session),
    });
  }

  /** Updates the number of notes that the row of a session shows. */
  countNotes(id: SessionId, noteCount: number): void {
    this.list = this.list.map((session) => (session.id === id ? { ...session, noteCount } : session));
  }

  listen(): () => void {
    return mainEvents()['session.changed'](({ session }) => this.keep(session));
  }

  async #restore(id: SessionId): Promise<void> {
    try {
      this.keep(await call('library.restore', { id }));
    } catch (error) {
      toasts.showError(error);
    }
  }

  #set(sessions: readonly StoredSession[]): void {
    this.list = [...sessions].sort((a, b) => b.pulledAt - a.pulledAt);
  }
}

export const library = new Library();
