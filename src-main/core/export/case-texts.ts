import type { Policy, RedactionReport } from '../../contract/policy';
import { longestCaseTexts as longest } from '../../contract/case';
import type { CaseText } from '../casefile/attachment';
import type { Entities } from '../redaction/entities';
import { createTextMask } from '../redaction/mask-text';
import { createPrivateValues } from '../redaction/private-values/private-values';
import type { Pseudonyms } from '../redaction/private-values/pseudonyms';
import { RedactionCounts } from '../redaction/redaction-counts';
import { createAllowedWords } from '../redaction/allowed-words';

/** What the user wrote or pasted into a case: tickets, mails, logs are full of other people's words. */
export interface CaseTexts {
  description: string;
  attachments: readonly CaseText[];
}

/**
 * The texts as they may leave: what the case's sessions know of somebody, and what detectors and the policy's patterns find, is hidden by
 * the names that the sessions' own redaction gives it. Everything else stays as it was written.
 */
export function redactCaseTexts(
  { description, attachments }: CaseTexts,
  policy: Policy,
  known: readonly Entities[],
  pseudonyms: Pseudonyms,
): { texts: CaseTexts; report: RedactionReport } {
  const counts = new RedactionCounts();
  const entities = { values: known.flatMap(({ values }) => values), isFull: known.some(({ isFull }) => isFull) };
  const values = createPrivateValues(policy, { entities, pseudonyms, counts });
  const mask = createTextMask(createAllowedWords(policy), values);
  // A name in place of a value may be longer than the value, and a reader takes no longer text than the user may write.
  const hide = (text: string, limit: number): string => {
    const hidden = mask.found(text);
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
