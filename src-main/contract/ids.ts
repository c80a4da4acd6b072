import * as v from 'valibot';

/**
 * Ids are branded so that a session's id can't be handed over where a connection's is wanted.
 * The grammar is closed: an id is also a folder's name in the vault and a host in `replay://`.
 */
const idText = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{3,62}$/));

/** A session in this vault. Never the platform's own id, which may hold personal data. */
export const SessionId = v.pipe(idText, v.brand('SessionId'));
export type SessionId = v.InferOutput<typeof SessionId>;

/** A connection: one platform, one key. */
export const ConnectionId = v.pipe(idText, v.brand('ConnectionId'));
export type ConnectionId = v.InferOutput<typeof ConnectionId>;

/** A note or bookmark on a session. */
export const NoteId = v.pipe(idText, v.brand('NoteId'));
export type NoteId = v.InferOutput<typeof NoteId>;

/** A long job, named by who asked for it, so that progress and cancel can be told apart. */
export const JobId = v.pipe(idText, v.brand('JobId'));
export type JobId = v.InferOutput<typeof JobId>;

/** A pull that was interrupted. */
export const PullId = v.pipe(idText, v.brand('PullId'));
export type PullId = v.InferOutput<typeof PullId>;

/** A file that this run exported; stands for its path, which the renderer doesn't need. */
export const ExportId = v.pipe(idText, v.brand('ExportId'));
export type ExportId = v.InferOutput<typeof ExportId>;

/** A session as a policy that isn't kept yet would leave it, to be looked at. */
export const PreviewId = v.pipe(idText, v.brand('PreviewId'));
export type PreviewId = v.InferOutput<typeof PreviewId>;

/** A case file, or a recording in it, that is looked at before it is imported. */
export const LookId = v.pipe(idText, v.brand('LookId'));
export type LookId = v.InferOutput<typeof LookId>;

/** A case in this vault. */
export const CaseId = v.pipe(idText, v.brand('CaseId'));
export type CaseId = v.InferOutput<typeof CaseId>;

/** A text that belongs to a case. */
export const AttachmentId = v.pipe(idText, v.brand('AttachmentId'));
export type AttachmentId = v.InferOutput<typeof AttachmentId>;
