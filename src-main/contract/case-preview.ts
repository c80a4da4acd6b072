import * as v from 'valibot';
import { CaseTitle } from './case-format';
import { CasePreviewId } from './ids';
import { RecordingFacts } from './session';

const { startedAt, durationMs, windows } = RecordingFacts.entries;

/** A recording of a case file that can be replayed directly from the file. */
const PreviewedRecording = v.strictObject({
  /** The id that `replay.open` takes. */
  id: CasePreviewId,
  /** Its index in the file, from 0. It identifies the session that the import creates from the recording. */
  place: v.number(),
  title: CaseTitle,
  facts: v.strictObject({ startedAt, durationMs, windows }),
});
export type PreviewedRecording = v.InferOutput<typeof PreviewedRecording>;

/** A case file that is shown while it is checked and imported. Only the parts that are shown have been verified. */
export const CasePreview = v.strictObject({
  id: CasePreviewId,
  title: CaseTitle,
  /** Identifies the sessions that the import creates from this file. */
  manifestHash: v.string(),
  recordings: v.pipe(v.array(PreviewedRecording), v.minLength(1)),
});
export type CasePreview = v.InferOutput<typeof CasePreview>;
