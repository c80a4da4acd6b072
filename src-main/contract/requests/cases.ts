import * as v from 'valibot';
import { attachmentFields, Case, CaseChange, caseFields, CaseSummary } from '../case';
import { AttachmentId, CaseId } from '../ids';
import { empty } from './empty';

const byCase = { id: CaseId };

export const caseRequests = {
  'case.list': { input: empty, output: v.array(CaseSummary) },
  'case.get': { input: v.strictObject(byCase), output: Case },
  'case.create': {
    input: v.strictObject({ title: caseFields.title, sessionIds: Case.entries.sessionIds }),
    output: Case,
  },
  'case.change': { input: v.strictObject({ ...byCase, change: CaseChange }), output: Case },
  /** Replaces the sessions of the case, in this order. */
  'case.set-sessions': { input: v.strictObject({ ...byCase, sessionIds: Case.entries.sessionIds }), output: Case },
  'case.attach': { input: v.strictObject({ ...byCase, ...attachmentFields }), output: Case },
  'case.detach': { input: v.strictObject({ ...byCase, attachmentId: AttachmentId }), output: Case },
  /** Hides the case. `case.restore` undoes it until Casement quits. Its sessions stay. */
  'case.remove': { input: v.strictObject(byCase), output: empty },
  'case.restore': { input: v.strictObject(byCase), output: Case },
} as const;
