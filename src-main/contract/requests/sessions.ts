import * as v from 'valibot';
import { ConnectionId, JobId, PullId, SessionId } from '../ids';
import { OpenedFiles } from '../opened-files';
import { InterruptedPull } from '../pull';
import { StoredSession } from '../session';
import { empty } from './empty';

const asJob = v.strictObject({ jobId: JobId });

export const sessionRequests = {
  /** Opens a pulled session at this time in the platform's own player, in the user's browser. */
  'session.open-link': {
    input: v.strictObject({ id: SessionId, atMs: v.pipe(v.number(), v.minValue(0)) }),
    output: empty,
  },
  'session.pull': {
    input: v.strictObject({ connectionId: ConnectionId, remoteId: v.pipe(v.string(), v.maxLength(200)), jobId: JobId }),
    output: StoredSession,
  },
  /** Lists pulls that ended early. Pulling such a session again resumes it. */
  'pull.interrupted': { input: empty, output: v.array(InterruptedPull) },
  /** Deletes the data that an interrupted pull received. */
  'pull.discard': { input: v.strictObject({ id: PullId }), output: empty },
  /**
   * Polls for updates of a session that is still being recorded, until it is final or the job is cancelled. `session.changed` reports each
   * update.
   */
  'session.follow': { input: v.strictObject({ id: SessionId, jobId: JobId }), output: empty },
  /** Asks the user for files; null if they close the dialog. A cancelled job keeps the sessions that it has imported, and its summary says so. */
  'session.open-file': { input: asJob, output: v.nullable(OpenedFiles) },
  /** The same for folders: every file in them is opened. */
  'session.open-folder': { input: asJob, output: v.nullable(OpenedFiles) },
  /** Opens the files that the user dropped on the window last; null if there are none. The shell never names a path. */
  'session.open-dropped': { input: asJob, output: v.nullable(OpenedFiles) },
  /** Opens the files that the system asked Casement to open (command line, double click) since the last call; null if there are none. */
  'session.open-offered': { input: asJob, output: v.nullable(OpenedFiles) },
  /** Retries the last case file that turned out to be encrypted, with its passphrase. */
  'session.open-sealed': {
    input: v.strictObject({ passphrase: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)), jobId: JobId }),
    output: StoredSession,
  },
} as const;
