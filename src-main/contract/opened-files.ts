import * as v from 'valibot';
import { errorTable, type ErrorCode } from './errors';
import { SessionId } from './ids';
import { StoredSession } from './session';

/** An error as main reports it. */
const ReportedError = v.strictObject({
  code: v.pipe(
    v.string(),
    v.check((code) => Object.hasOwn(errorTable, code)),
    v.transform((code) => code as ErrorCode),
  ),
  details: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
});

/** A file that looks like a recording or a case file but could not be imported. */
const RefusedFile = v.strictObject({
  /** The last segment of its path, followed by the member's name if it is inside an archive. */
  name: v.string(),
  error: ReportedError,
});

/** The number of refused files that are named; the others are only counted. */
export const mostNamed = 200;

/** The result of opening several files and folders. */
export const ImportSummary = v.strictObject({
  /** The number of sessions added to the library. */
  imported: v.number(),
  /** The number of sessions that were already in the library, imported from identical files. */
  present: v.number(),
  /** The number of files that aren't recordings. They are ignored. */
  foreign: v.number(),
  /** The number of symbolic links. They aren't followed. */
  links: v.number(),
  /** The number of other items, such as devices and pipes. They are ignored. */
  special: v.number(),
  refused: v.pipe(v.array(RefusedFile), v.maxLength(mostNamed)),
  /** The number of refused files that `refused` doesn't name. */
  moreRefused: v.number(),
  /** The reasons why some files were skipped: the user cancelled, a limit was reached, the disk is full. */
  stops: v.array(ReportedError),
  /** The first new session; if there is none, the first one that was already in the library. */
  first: v.optional(SessionId),
});
export type ImportSummary = v.InferOutput<typeof ImportSummary>;

/** The result of opening files: the session of a single file, otherwise a summary. */
export const OpenedFiles = v.variant('kind', [
  v.strictObject({
    kind: v.literal('session'),
    session: StoredSession,
    /** The session was already in the library. */
    isPresent: v.boolean(),
  }),
  v.strictObject({ kind: v.literal('summary'), summary: ImportSummary }),
]);
export type OpenedFiles = v.InferOutput<typeof OpenedFiles>;
