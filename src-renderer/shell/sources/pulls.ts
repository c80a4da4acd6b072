import type { InterruptedPull } from '../../../src-main/contract/pull';
import type { Connection, RemoteSession, StoredSession } from '../../../src-main/contract/session';
import { jobWords } from '../../../src-main/contract/words/app';
import { call } from '../app/bridge';
import { dialogs } from '../app/dialogs.svelte';
import { jobs } from '../app/jobs.svelte';
import { library } from '../app/library.svelte';
import { navigation, type Route } from '../app/navigation.svelte';
import { toasts } from '../app/toasts.svelte';
import { interrupted } from './interrupted-pulls.svelte';

/** Pulls a session and opens it if the user is still at the source; otherwise a toast offers to open it. */
export async function pullAndOpen(
  connection: Connection,
  remote: RemoteSession,
  onStart: (jobId: string) => void,
): Promise<void> {
  const session = await pull(connection, remote, onStart);
  if (navigation.isAt({ name: 'source', id: connection.id }) && !dialogs.open) library.open(session);
  else library.announceReady(session);
}

/** Pulls a session into the library. */
export async function pull(
  connection: Connection,
  remote: RemoteSession,
  onStart: (jobId: string) => void,
): Promise<StoredSession> {
  const source: Route = { name: 'source', id: connection.id };
  const job = { title: jobWords.pulling(remote.user), shownBy: source };
  const session = await jobs
    .run(job, (jobId) => {
      onStart(jobId);
      return call('session.pull', { connectionId: connection.id, remoteId: remote.remoteId, jobId });
    })
    .catch(async (error: unknown) => {
      // The part that was received before the pull failed is in the library.
      await Promise.all([library.load(), interrupted.load()]).catch(() => undefined);
      throw error;
    });
  library.keep(session);
  return session;
}

/** Continues a pull that was interrupted. */
export async function resumePull({ id, title, connectionId, remoteId }: InterruptedPull): Promise<void> {
  interrupted.drop(id);
  const job = { title: jobWords.pulling(title), shownBy: 'tray' } as const;
  try {
    const session = await jobs.run(job, (jobId) => call('session.pull', { connectionId, remoteId, jobId }));
    library.keep(session);
    library.announceReady(session);
  } catch (error) {
    toasts.showError(error);
    await library.load().catch(() => undefined);
  }
  await interrupted.load().catch(() => undefined);
}
