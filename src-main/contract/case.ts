import * as v from 'valibot';
import { AttachmentId, CaseId, SessionId } from './ids';
import { NoteTag } from './note';

export const caseStatuses = ['open', 'waiting', 'resolved'] as const;
export type CaseStatus = (typeof caseStatuses)[number];

export const caseSeverities = ['low', 'medium', 'high', 'critical'] as const;
export type CaseSeverity = (typeof caseSeverities)[number];

export const mostSessions = 200;
export const mostAttachments = 50;

/** In UTF-16 units. */
export const longestCaseTexts = { description: 20_000, name: 120, text: 200_000 } as const;

/** The fields of a case that the user edits, one at a time. */
export const caseFields = {
  title: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  description: v.pipe(v.string(), v.maxLength(longestCaseTexts.description)),
  status: v.picklist(caseStatuses),
  severity: v.picklist(caseSeverities),
  /** The person in charge; empty if not assigned. */
  owner: v.pipe(v.string(), v.trim(), v.maxLength(200)),
  tags: v.pipe(v.array(NoteTag), v.maxLength(20)),
  /** Archived cases are hidden from the list, but the search still finds them. */
  isArchived: v.boolean(),
};

/** A text attached to a case: a ticket, a log, an email. */
export const attachmentFields = {
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longestCaseTexts.name)),
  text: v.pipe(v.string(), v.maxLength(longestCaseTexts.text)),
};
export const Attachment = v.strictObject({ id: AttachmentId, ...attachmentFields, addedAt: v.number() });
export type Attachment = v.InferOutput<typeof Attachment>;

/** The case file that a case was imported from: its hash, creation time (ISO 8601) and signing key. */
const CaseOrigin = v.strictObject({
  manifestHash: v.string(),
  madeAt: v.string(),
  signer: v.optional(v.strictObject({ fingerprint: v.string(), publicKey: v.string() })),
});

/** A case: related sessions and the user's findings about them. Notes belong to the sessions. Times are in ms since 1970. */
export const Case = v.strictObject({
  id: CaseId,
  ...caseFields,
  /** In the user's order. A session may no longer be in the library. */
  sessionIds: v.pipe(v.array(SessionId), v.maxLength(mostSessions)),
  attachments: v.pipe(v.array(Attachment), v.maxLength(mostAttachments)),
  origin: v.optional(CaseOrigin),
  createdAt: v.number(),
  changedAt: v.number(),
});
export type Case = v.InferOutput<typeof Case>;

/** A case in a list, without its attachments, which may be long. */
export const CaseSummary = v.strictObject({
  ...v.omit(Case, ['attachments']).entries,
  attachmentCount: v.number(),
});
export type CaseSummary = v.InferOutput<typeof CaseSummary>;

/** Absent fields stay unchanged. */
export const CaseChange = v.strictObject({
  title: v.exactOptional(caseFields.title),
  description: v.exactOptional(caseFields.description),
  status: v.exactOptional(caseFields.status),
  severity: v.exactOptional(caseFields.severity),
  owner: v.exactOptional(caseFields.owner),
  tags: v.exactOptional(caseFields.tags),
  isArchived: v.exactOptional(caseFields.isArchived),
});
export type CaseChange = v.InferOutput<typeof CaseChange>;
