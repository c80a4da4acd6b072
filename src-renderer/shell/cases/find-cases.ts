import type { CaseSummary } from '../../../src-main/contract/case';
import { caseWords } from '../../../src-main/contract/words/cases';

/** Returns the cases whose texts contain every word of the query. Archived cases are included on request, or if there is a query. */
export function findCases(cases: readonly CaseSummary[], query: string, withArchived: boolean): readonly CaseSummary[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return cases.filter((each) => {
    if (each.isArchived && !withArchived && words.length === 0) return false;
    const { title, description, owner, tags, status, severity } = each;
    const fields = [title, description, owner, ...tags, caseWords.statuses[status], caseWords.severities[severity]];
    const text = fields.join('\n').toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
