import * as v from 'valibot';
import { CasePreview } from '../case-preview';
import { CasePreviewId, JobId } from '../ids';
import { empty } from './empty';

export const casePreviewRequests = {
  /** The first frame of the replay is on the screen, or there will be none: verification of the file can start. */
  'case-preview.shown': { input: v.strictObject({ id: CasePreviewId }), output: empty },
  'case-preview.close': { input: v.strictObject({ id: CasePreviewId }), output: empty },
} as const;

export const casePreviewEvents = {
  /** A case file that is being opened can be replayed. It isn't verified yet; the job that opens it reports the result. */
  'case-preview.opened': v.strictObject({ jobId: JobId, preview: CasePreview }),
} as const;
