import * as v from 'valibot';

/**
 * Ids are branded so that a session's id can't be passed as the id of a connection. The grammar is narrow because an id is also the name of
 * a folder in the vault and a host in `replay://`.
 */
const idText = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{3,62}$/));

/** A session in this vault. Never the platform's own id, which may contain personal data. */
export const SessionId = v.pipe(idText, v.brand('SessionId'));
export type SessionId = v.InferOutput<typeof SessionId>;

/** A connection: one platform, one key. */
export const ConnectionId = v.pipe(idText, v.brand('ConnectionId'));
export type ConnectionId = v.InferOutput<typeof ConnectionId>;

/** A note or bookmark on a session. */
export const NoteId = v.pipe(idText, v.brand('NoteId'));
export type NoteId = v.InferOutput<typeof NoteId>;

/** A long job. The caller chooses the id, so that it can match progress to the job and cancel it. */
export const JobId = v.pipe(idText, v.brand('JobId'));
export type JobId = v.InferOutput<typeof JobId>;

/** A pull that was interrupted. */
export const PullId = v.pipe(idText, v.brand('PullId'));
export type PullId = v.InferOutput<typeof PullId>;

/** A file that was exported since Casement started. The renderer gets this id instead of the path. */
export const ExportId = v.pipe(idText, v.brand('ExportId'));
export type ExportId = v.InferOutput<typeof ExportId>;

/** A session that is redacted for preview. */
export const PreviewId = v.pipe(idText, v.brand('PreviewId'));
export type PreviewId = v.InferOutput<typeof PreviewId>;

/** A case file, or a recording in it, that is previewed before it is imported. */
export const CasePreviewId = v.pipe(idText, v.brand('CasePreviewId'));
export type CasePreviewId = v.InferOutput<typeof CasePreviewId>;

/** A case in this vault. */
export const CaseId = v.pipe(idText, v.brand('CaseId'));
export type CaseId = v.InferOutput<typeof CaseId>;

/** A text attached to a case. */
export const AttachmentId = v.pipe(idText, v.brand('AttachmentId'));
export type AttachmentId = v.InferOutput<typeof AttachmentId>;
