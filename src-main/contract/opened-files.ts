import * as v from 'valibot';
import { errorTable, type ErrorCode } from './errors';
import { SessionId } from './ids';
import { StoredSession } from './session';

/** An error as it comes from main. */
const ErrorAnswer = v.strictObject({
  code: v.pipe(
    v.string(),
    v.check((code) => Object.hasOwn(errorTable, code)),
    v.transform((code) => code as ErrorCode),
  ),
  details: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
});

/** A file that looks like a recording or a case file, and could not be imported. */
const RefusedFile = v.strictObject({
  /** The last part of its path, and of an archive's member its name behind that. */
  name: v.string(),
  error: ErrorAnswer,
});

/** So many refused files are named; the others are counted. */
export const mostNamed = 200;

/** What became of everything in some files and folders. */
export const ImportSummary = v.strictObject({
  /** Sessions that are new in the library. */
  imported: v.number(),
  /** Sessions that were in the library before, of the same bytes. */
  present: v.number(),
  /** Files that are no recording; left alone. */
  foreign: v.number(),
  /** Symbolic links; not followed. */
  links: v.number(),
  /** What is neither file nor folder, such as a device or a pipe; left alone. */
  special: v.number(),
  refused: v.pipe(v.array(RefusedFile), v.maxLength(mostNamed)),
  /** Refused files that aren't named any more. */
  moreRefused: v.number(),
  /** Why not everything was looked at, where that is so: stopped, a cap, a disk that is full. */
  stops: v.array(ErrorAnswer),
  /** The first session that is new, or else that was there before. */
  first: v.optional(SessionId),
});
export type ImportSummary = v.InferOutput<typeof ImportSummary>;

/** What opening files led to: of one file its session, of more than that a summary. */
export const OpenedFiles = v.variant('kind', [
  v.strictObject({
    kind: v.literal('session'),
    session: StoredSession,
    /** It was in the library before. */
    isPresent: v.boolean(),
  }),
  v.strictObject({ kind: v.literal('summary'), summary: ImportSummary }),
]);
export type OpenedFiles = v.InferOutput<typeof OpenedFiles>;
