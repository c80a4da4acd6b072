import * as v from 'valibot';
import { JobId } from '../ids';
import { LoggedRequest } from '../logged-request';
import { KeychainState } from '../session';
import { Settings } from '../settings';
import { empty } from './empty';

export const appRequests = {
  'app.status': {
    input: empty,
    output: v.strictObject({
      version: v.string(),
      /** `evaluation` if Casement runs on an older Electron than the one that it is built for. */
      runtime: v.picklist(['release', 'evaluation']),
      electron: v.string(),
      keychain: KeychainState,
    }),
  },
  'app.retry-keychain': { input: empty, output: KeychainState },
  'settings.get': { input: empty, output: Settings },
  'settings.set': { input: Settings, output: Settings },
  'job.cancel': { input: v.strictObject({ jobId: JobId }), output: empty },

  /** The latest requests of all sources, newest first. */
  'request-log.newest': { input: empty, output: v.array(LoggedRequest) },
  /** Shows the log in the system's file manager. */
  'request-log.reveal': { input: empty, output: empty },
} as const;
