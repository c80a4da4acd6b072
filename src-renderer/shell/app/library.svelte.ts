import type { CaseSummary } from '../../../src-main/contract/case';
import { errorTable, toErrorReply } from '../../../src-main/contract/errors';
import type { SessionId } from '../../../src-main/contract/ids';
import type { Connection, RemoteSession, StoredSession } from '../../../src-main/contract/session';
import type { InterruptedPull } from '../../../src-main/contract/pull';
import type { ImportSummary, OpenedFiles } from '../../../src-main/contract/opened-files';
import { summaryCounts } from '../library/import-summary';
import { openedFilesWords } from '../../../src-main/contract/words/opened-files';
import { lookWords } from '../../../src-main/contract/words/case-preview';
import { shellWords } from '../../../src-main/contract/words/shell';
import { call, mainEvents } from './bridge';
import { cases } from '../cases/cases.svelte';
import { dialogs } from './dialogs.svelte';
import { interrupted } from '../sources/interrupted-pulls.svelte';
import { jobs } from './jobs.svelte';
import { looks, type Look } from '../case-preview/case-previews.svelte';
import { navigation, type Place } from './navigation.svelte';
import { toasts } from './toasts.svelte';

function remoteKey(connectionId: string | undefined, remoteId: string | undefined): string {
  return JSON.stringify([connectionId, remoteId]);
}

/** The sessions in the vault, the newest first. */
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

  /** The stored copy of a session that a source lists, if it was pulled from there. */
  findPulled(connection: Connection, remote: RemoteSession): StoredSession | undefined {
    return this.#byRemote.get(remoteKey(connection.id, remote.remoteId));
  }

  /** Pulls a session and opens it if the user still waits for it; says so otherwise. */
  async pull(connection: Connection, remote: RemoteSession, onStart: (jobId: string) => void): Promise<void> {
    const session = await this.fetch(connection, remote, onStart);
    if (navigation.isAt({ name: 'source', id: connection.id }) && !dialogs.open) return this.open(session);
    this.#sayReady(session);
  }

  /** Pulls a session into the library. */
  async fetch(connection: Connection, remote: RemoteSession, onStart: (jobId: string) => void): Promise<StoredSession> {
    const from: Place = { name: 'source', id: connection.id };
    const job = { title: shellWords.jobs.pulling(remote.user), shownBy: from };
    const session = await jobs
      .run(job, (jobId) => {
        onStart(jobId);
        return call('session.pull', { connectionId: connection.id, remoteId: remote.remoteId, jobId });
      })
      .catch(async (error: unknown) => {
        // What came before a pull ended early is in the library.
        await Promise.all([this.load(), interrupted.load()]).catch(() => undefined);
        throw error;
      });
    this.keep(session);
    return session;
  }

  /** Goes on with a pull that was interrupted. */
  async resume({ id, title, connectionId, remoteId }: InterruptedPull): Promise<void> {
    interrupted.leave(id);
    const job = { title: shellWords.jobs.pulling(title), shownBy: 'tray' } as const;
    try {
      const session = await jobs.run(job, (jobId) => call('session.pull', { connectionId, remoteId, jobId }));
      this.keep(session);
      this.#sayReady(session);
    } catch (error) {
      toasts.showError(error);
      await this.load().catch(() => undefined);
    }
    await interrupted.load().catch(() => undefined);
  }

  /** Asks for files and opens them; nothing happens when the user closes the system's dialog. */
  async openFile(): Promise<void> {
    await this.#openBy('session.open-file');
  }

  /** Asks for folders and imports what is in them. */
  async openFolder(): Promise<void> {
    await this.#openBy('session.open-folder');
  }

  /** Opens the files and folders that the user just dropped on the window. */
  async openDropped(): Promise<void> {
    await this.#openBy('session.open-dropped');
  }

  /** Opens the encrypted case file that was refused last. Errors: passphrase-wrong, and those of opening a file. */
  async openSealed(passphrase: string): Promise<void> {
    const job = { title: shellWords.jobs.opening, shownBy: 'dialog' } as const;
    await this.#show(await jobs.run(job, (jobId) => call('session.open-sealed', { passphrase, jobId })));
  }

  async remove(session: StoredSession): Promise<void> {
    try {
      await call('library.remove', { id: session.id });
    } catch (error) {
      return toasts.showError(error);
    }
    this.list = this.list.filter((other) => other.id !== session.id);
    navigation.forget((place) => place.name === 'session' && place.id === session.id);
    toasts.show(shellWords.library.removed(session.title), {
      label: shellWords.common.undo,
      run: () => void this.#restore(session.id),
    });
  }

  keep(session: StoredSession): void {
    this.#set([session, ...this.list.filter((other) => other.id !== session.id)]);
  }

  open(session: StoredSession): void {
    navigation.go({ name: 'session', id: session.id });
  }

  /** The notes of a session changed by one; its row says how many there are. */
  countNotes(id: SessionId, noteCount: number): void {
    this.list = this.list.map((session) => (session.id === id ? { ...session, noteCount } : session));
  }

  listen(): () => void {
    const events = mainEvents();
    const stops = [
      events['session.offered'](() => void this.#openBy('session.open-offered')),
      events['session.changed'](({ session }) => this.keep(session)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** What came out of a file. A case file may hold several sessions, and a whole case. */
  async #show(session: StoredSession): Promise<void> {
    this.keep(session);
    if (session.from !== 'case') return this.open(session);
    const found = await this.#loadCaseOf(session);
    if (found) navigation.go({ name: 'case', id: found.id });
    else this.open(session);
  }

  /** What came out of a case file that is looked at: the replay goes over to the stored session, at the same moment. */
  async #goOver(look: Look, session: StoredSession): Promise<void> {
    this.keep(session);
    const found = await this.#loadCaseOf(session);
    const { manifestHash, shown, place } = look;
    const seen = this.list.find(
      ({ verification, file }) => verification?.manifestHash === manifestHash && file?.place === shown.place,
    );
    if (!navigation.isAt(place)) return this.#sayReady(session);
    // Another file took this one's place before it was imported.
    if (!seen) return this.open(session);
    if (!found) return navigation.go({ name: 'session', id: seen.id, moment: look.moment });
    // The way back from the session leads to its case.
    navigation.go({ name: 'case', id: found.id });
    navigation.go({ name: 'session', id: seen.id, moment: look.moment });
    toasts.show(lookWords.isCase(found.title), {
      label: lookWords.openCase,
      run: () => navigation.go({ name: 'case', id: found.id }),
    });
  }

  /** The case that a case file became, if it was a whole one. */
  async #loadCaseOf({ id }: StoredSession): Promise<CaseSummary | undefined> {
    await Promise.all([this.load(), cases.load()]).catch((error: unknown) => toasts.showError(error));
    return cases.list.find(({ origin, sessionIds }) => origin && sessionIds.includes(id));
  }

  async #restore(id: SessionId): Promise<void> {
    try {
      this.keep(await call('library.restore', { id }));
    } catch (error) {
      toasts.showError(error);
    }
  }

  #sayReady(session: StoredSession): void {
    toasts.show(shellWords.source.isReady(session.title), {
      label: shellWords.common.open,
      run: () => this.open(session),
    });
  }

  #set(sessions: readonly StoredSession[]): void {
    this.list = [...sessions].sort((a, b) => b.pulledAt - a.pulledAt);
  }

  async #openBy(
    request: 'session.open-file' | 'session.open-folder' | 'session.open-dropped' | 'session.open-offered',
  ): Promise<void> {
    const job = { title: openedFilesWords.importing, shownBy: 'tray' } as const;
    let jobId: string | undefined;
    try {
      const opened = await jobs.run(job, (id) => {
        jobId = id;
        return call(request, { jobId: id });
      });
      if (opened) await this.#showOpened(opened, jobId);
    } catch (error) {
      this.#sayNotOpened(error, looks.ofJob(jobId));
      // What came before it ended is in the library.
      await this.load().catch(() => undefined);
    }
  }

  async #showOpened(opened: OpenedFiles, jobId: string | undefined): Promise<void> {
    const look = looks.ofJob(jobId);
    if (opened.kind === 'summary') {
      // A case file among them became a case.
      await Promise.all([this.load(), cases.load()]);
      if (look) navigation.leaveSession();
      return this.#sum(opened.summary);
    }
    const { session, isPresent } = opened;
    if (look) await this.#goOver(look, session);
    else if (dialogs.open || looks.wasLeft(jobId)) {
      this.keep(session);
      return this.#sayReady(session);
    } else await this.#show(session);
    if (isPresent) toasts.show(openedFilesWords.isPresent(session.title));
  }

  /** A dialog that the user opened meanwhile stays. */
  #sum(summary: ImportSummary): void {
    if (this.list.length > 0 && navigation.isAt({ name: 'home' })) navigation.go({ name: 'library' });
    const show = (): void => dialogs.show({ name: 'import-summary', summary });
    if (!dialogs.open) return show();
    toasts.show(openedFilesWords.toast(summaryCounts(summary)), { label: openedFilesWords.show, run: show });
  }

  /** A file under a passphrase is asked for it. One that was looked at is shown no longer, and says why in its place. */
  #sayNotOpened(error: unknown, look: Look | undefined): void {
    const reply = toErrorReply(error);
    if (reply.code === 'passphrase-needed') dialogs.show({ name: 'passphrase' });
    else if (look && errorTable[reply.code].kind !== 'cancelled') look.refuse(reply);
    else {
      if (look) navigation.leaveSession();
      toasts.showError(error);
    }
  }
}

export const library = new Library();
