import type { CaseSummary } from '../../../src-main/contract/case';
import { caseWords } from '../../../src-main/contract/words/cases';

/** Cases that hold every word of the query anywhere in what is said of them; archived ones where they are wanted, or asked for by words. */
export function findCases(cases: readonly CaseSummary[], query: string, withArchived: boolean): readonly CaseSummary[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return cases.filter((each) => {
    if (each.isArchived && !withArchived && words.length === 0) return false;
    const { title, description, owner, tags, status, severity } = each;
    const said = [title, description, owner, ...tags, caseWords.statuses[status], caseWords.severities[severity]];
    const text = said.join('\n').toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
