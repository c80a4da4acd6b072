import * as v from 'valibot';
import { CasePosition } from './case-position';
import { caseSeverities, caseStatuses, longestCaseTexts } from './case';
import { isValidNote, noteFields, NoteTag } from './note';
import { latestTime } from './recorded-event';
import { TimelineEntry } from './timeline';

/** The media type in the first entry of a case file, and its file ending. */
export const caseMediaType = 'application/vnd.casement.case+zip';
export const caseEnding = 'casement';

/** Version of the format that this Casement writes, and the oldest reader that understands it. Older ones are upgraded when they are read. */
export const caseFormatVersion = 3;

const Sha256 = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/));

/** A path in a case file: relative, with forward slashes, without dot segments, ASCII only. */
const CasePath = v.pipe(
  v.string(),
  v.regex(/^(?!.*\/\/)[a-z0-9][a-z0-9._/-]{0,160}$/),
  v.check((path) => !path.split('/').some((part) => part === '..' || part === '.')),
);

export const CaseTitle = v.pipe(v.string(), v.maxLength(300));

const CaseTime = v.pipe(v.number(), v.minValue(0), v.maxValue(latestTime));

/** The user's own fields of a case, redacted for export. */
export const CaseAbout = v.strictObject({
  description: v.pipe(v.string(), v.maxLength(longestCaseTexts.description)),
  status: v.picklist(caseStatuses),
  severity: v.picklist(caseSeverities),
  owner: v.pipe(v.string(), v.maxLength(200)),
  tags: v.pipe(v.array(NoteTag), v.maxLength(20)),
});
export type CaseAbout = v.InferOutput<typeof CaseAbout>;

/** `datapackage.json`: Frictionless Data Package with Casement's own fields. */
export const CaseManifest = v.strictObject({
  profile: v.literal('casement-case'),
  formatVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
  minReader: v.pipe(v.number(), v.integer(), v.minValue(1)),
  title: CaseTitle,
  created: v.pipe(v.string(), v.isoTimestamp()),
  software: v.pipe(v.string(), v.maxLength(100)),
  /** `floor`: the name of the company's minimum policy that was applied. */
  redaction: v.strictObject({ policy: v.string(), policyVersion: v.number(), floor: v.optional(v.string()) }),
  /** The manifest hash of the case file that this one was created from. */
  parentCase: v.optional(Sha256),
  /** Absent if the file holds recordings only. */
  about: v.optional(CaseAbout),
  resources: v.pipe(
    v.array(
      v.strictObject({
        name: v.string(),
        path: CasePath,
        hash: Sha256,
        bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
        mediatype: v.string(),
      }),
    ),
    v.maxLength(100_000),
  ),
});
export type CaseManifest = v.InferOutput<typeof CaseManifest>;

/** `datapackage-digest.json`: identifies the manifest by its hash. */
export const CaseDigest = v.strictObject({ path: v.literal('datapackage.json'), hash: Sha256 });

/**
 * `recordings/<sid>/index.json`. `startedAt` is in ms since 1970; all other times are in ms since `startedAt`. A chunk is a JSON array of the events of
 * one tab. Casement added its first `keyframe` events so that a replay can start there; they aren't part of the recording.
 */
export const RecordingIndex = v.strictObject({
  title: CaseTitle,
  startedAt: v.pipe(CaseTime, v.integer()),
  durationMs: CaseTime,
  format: v.string(),
  position: v.optional(CasePosition),
  chunks: v.array(
    v.strictObject({
      path: CasePath,
      windowId: v.pipe(v.string(), v.maxLength(200)),
      t0: v.number(),
      t1: v.number(),
      events: v.pipe(v.number(), v.integer(), v.minValue(0)),
      keyframe: v.pipe(v.number(), v.integer(), v.minValue(0)),
      startsWithFullSnapshot: v.boolean(),
    }),
  ),
});
export type RecordingIndex = v.InferOutput<typeof RecordingIndex>;

/** One line of `recordings/<sid>/entries.jsonl`: an entry of the timeline as it was exported. `atMs` counts from `startedAt` of the index. */
export const ExportedEntry = v.pipe(
  TimelineEntry,
  v.check(({ atMs, kind }) => atMs >= 0 && atMs <= latestTime && kind !== 'note'),
);

/** One line of `annotations.jsonl`. */
export const Annotation = v.pipe(
  v.strictObject({
    recording: v.string(),
    id: v.string(),
    ...noteFields,
    atMs: CaseTime,
    endMs: v.optional(CaseTime),
  }),
  v.check((note) => isValidNote(note)),
);
export type Annotation = v.InferOutput<typeof Annotation>;

/** One line of `custody.jsonl`: an action, its time, and the version of Casement that performed it. */
export const CustodyRecord = v.strictObject({
  at: v.pipe(v.string(), v.isoTimestamp()),
  action: v.picklist(['pulled', 'imported', 'redacted', 'packed']),
  software: v.string(),
  source: v.optional(v.string()),
  policy: v.optional(v.string()),
});
export type CustodyRecord = v.InferOutput<typeof CustodyRecord>;
