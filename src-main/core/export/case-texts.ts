import type { Policy, RedactionReport } from '../../contract/policy';
import { longestCaseTexts as longest } from '../../contract/case';
import type { CaseText } from '../casefile/attachment';
import type { Entities } from '../redaction/entities';
import type { Pseudonyms } from '../redaction/private-values/pseudonyms';
import { RedactionCounts } from '../redaction/redaction-counts';
import { createOwnTextMask } from './own-texts';

/** Texts that the user wrote or pasted into a case. Tickets, emails and logs contain personal data of other people. */
export interface CaseTexts {
  description: string;
  attachments: readonly CaseText[];
}

/**
 * Redacts the texts of a case: the private values of its sessions, and the matches of detectors and of the policy's patterns. They get
 * the same labels as in the redacted sessions. Everything else stays unchanged.
 */
export function redactCaseTexts(
  { description, attachments }: CaseTexts,
  policy: Policy,
  known: readonly Entities[],
  pseudonyms: Pseudonyms,
): { texts: CaseTexts; report: RedactionReport } {
  const counts = new RedactionCounts();
  const mask = createOwnTextMask(policy, known, pseudonyms, counts);
  // A label may be longer than the value that it replaces, but readers reject texts above the user's limit.
  const hide = (text: string, limit: number): string => {
    const hidden = mask(text);
    if (hidden !== text) counts.mask('case-text');
    return hidden.slice(0, limit);
  };
  const texts = {
    description: hide(description, longest.description),
    attachments: attachments.map(({ name, text }) => ({
      name: hide(name, longest.name),
      text: hide(text, longest.text),
    })),
  };
  const { name, policyVersion, floor = null } = policy;
  return { texts, report: { policy: name, policyVersion, floor, eventsIn: 0, eventsOut: 0, ...counts.snapshot() } };
}
