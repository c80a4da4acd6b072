import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kindWords } from '../../../src-main/contract/words/timeline';
import { judge, judgedKinds, reportedCases, type Finding } from '../../helpers/reported-cases';

const judged = reportedCases.map((reported) => ({ ...reported, ...judge(reported) }));

describe('a case of a public report', () => {
  const solved = judged.filter(({ limit }) => limit === undefined);
  it.each(solved)('$report: $title', ({ right, found }) => {
    expect(found).toEqual(right);
  });

  const limits = judged.filter(({ limit }) => limit !== undefined);
  it.each(limits)('$report is a known limit: $title', ({ right, found }) => {
    expect(found).not.toEqual(right);
  });

  it('is one of many, and each kind has true findings', () => {
    expect(judged.length).toBeGreaterThan(80);
    for (const kind of judgedKinds) {
      expect(judged.some(({ right }) => right.some((finding) => finding.startsWith(`${kind} `)))).toBe(true);
    }
    expect(new Set(judged.map(({ report, title }) => `${report} ${title}`)).size).toBe(judged.length);
  });
});

describe('the documentation', () => {
  const docs = readFileSync('docs/timeline.md', 'utf8').replaceAll(/\s+/g, ' ');

  it('has the number of cases and their figures', () => {
    expect(docs).toContain(`play ${judged.length} short sessions`);
    for (const row of computeFigures()) expect(docs.replaceAll(/ +\|/g, ' |')).toContain(`| ${row.join(' | ')} |`);
  });

  it('has every known limit', () => {
    for (const { limit } of judged) if (limit !== undefined) expect(docs).toContain(limit);
  });
});

/** One row for each kind and one for all: right entries, false alarms, missed entries, precision and recall. */
function computeFigures(): string[][] {
  const figures = (name: string, isOfKind: (finding: Finding) => boolean): string[] => {
    let hits = 0;
    let falseAlarms = 0;
    let missed = 0;
    for (const { right, found } of judged) {
      const expected = right.filter(isOfKind);
      const reported = found.filter(isOfKind);
      const matching = reported.filter((finding) => expected.includes(finding)).length;
      hits += matching;
      falseAlarms += reported.length - matching;
      missed += expected.length - matching;
    }
    const share = (of: number): string => (hits / of).toFixed(2);
    return [name, `${hits}`, `${falseAlarms}`, `${missed}`, share(hits + falseAlarms), share(hits + missed)];
  };
  return [
    ...judgedKinds.map((kind) => figures(kindWords[kind], (finding) => finding.startsWith(`${kind} `))),
    figures('All', () => true),
  ];
}
