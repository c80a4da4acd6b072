import * as v from 'valibot';
import { JobId, PreviewId, SessionId } from '../ids';
import { Policy, RedactionReport } from '../policy';
import { empty } from './empty';

export const redactionPreviewRequests = {
  /**
   * Redacts a session by a policy, saved or not. `replay.open` shows the result under the returned id until it is closed; `windows` maps
   * each recorded window id to its id in the preview.
   */
  'preview.open': {
    input: v.strictObject({ sessionId: SessionId, policy: Policy, jobId: JobId }),
    output: v.strictObject({
      id: PreviewId,
      report: RedactionReport,
      durationMs: v.number(),
      windows: v.record(v.string(), v.string()),
    }),
  },
  'preview.close': { input: v.strictObject({ id: PreviewId }), output: empty },
} as const;
