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
  /** Who looks after it; empty for nobody yet. */
  owner: v.pipe(v.string(), v.trim(), v.maxLength(200)),
  tags: v.pipe(v.array(NoteTag), v.maxLength(20)),
  /** Out of the way, and still found by the search. */
  isArchived: v.boolean(),
};

/** A text that belongs to a case: a ticket, a log, a mail. */
export const attachmentFields = {
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longestCaseTexts.name)),
  text: v.pipe(v.string(), v.maxLength(longestCaseTexts.text)),
};
export const Attachment = v.strictObject({ id: AttachmentId, ...attachmentFields, addedAt: v.number() });
export type Attachment = v.InferOutput<typeof Attachment>;

/** Of a case that came out of a case file: which file, when it was made (ISO 8601), and whose key signed it. */
const CaseOrigin = v.strictObject({
  manifestHash: v.string(),
  madeAt: v.string(),
  signer: v.optional(v.strictObject({ fingerprint: v.string(), publicKey: v.string() })),
});

/** A case: sessions that belong together, and what is known of them. The notes belong to the sessions. Times in ms since 1970. */
export const Case = v.strictObject({
  id: CaseId,
  ...caseFields,
  /** In the order in which the user put them; one may be gone from the library meanwhile. */
  sessionIds: v.pipe(v.array(SessionId), v.maxLength(mostSessions)),
  attachments: v.pipe(v.array(Attachment), v.maxLength(mostAttachments)),
  origin: v.optional(CaseOrigin),
  createdAt: v.number(),
  changedAt: v.number(),
});
export type Case = v.InferOutput<typeof Case>;

/** A case in a list, without what may be long. */
export const CaseSummary = v.strictObject({
  ...v.omit(Case, ['attachments']).entries,
  attachmentCount: v.number(),
});
export type CaseSummary = v.InferOutput<typeof CaseSummary>;

/** A field that isn't there stays as it is. */
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
