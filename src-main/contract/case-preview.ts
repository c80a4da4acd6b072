import * as v from 'valibot';
import { CaseTitle } from './case-format';
import { JobId, LookId } from './ids';
import { RecordingFacts } from './session';

const { startedAt, durationMs, windows } = RecordingFacts.entries;

/** A recording of a case file that can be replayed straight from the file. */
const SeenRecording = v.strictObject({
  /** By which `replay.open` shows it. */
  id: LookId,
  /** Its place in the file, from 0, by which the session is known that the import makes of it. */
  place: v.number(),
  title: CaseTitle,
  facts: v.strictObject({ startedAt, durationMs, windows }),
});
export type SeenRecording = v.InferOutput<typeof SeenRecording>;

/** A case file that is looked at while it is checked and imported: nothing of it is verified but what is shown. */
export const CaseLook = v.strictObject({
  id: LookId,
  title: CaseTitle,
  /** By which the sessions are known that the import makes of this very file. */
  manifestHash: v.string(),
  recordings: v.pipe(v.array(SeenRecording), v.minLength(1)),
});
export type CaseLook = v.InferOutput<typeof CaseLook>;

export const lookRequests = {
  /** The first picture is on the screen, or there will be none: the check need not wait any longer. */
  'look.shown': { input: v.strictObject({ id: LookId }), output: v.strictObject({}) },
  'look.close': { input: v.strictObject({ id: LookId }), output: v.strictObject({}) },
} as const;

/** The job that opens the file tells how far the check is, and what came of it. */
export const LookOpened = v.strictObject({ jobId: JobId, look: CaseLook });
