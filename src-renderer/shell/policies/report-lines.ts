import type { FindingKind } from '../../../src-main/contract/finding-kinds';
import type { RedactionReport } from '../../../src-main/contract/policy';
import { policyWords } from '../../../src-main/contract/words/policies';
import { channelWords } from './redacted-lines';

interface ReportLine {
  what: string;
  count: number;
}

export interface ReportGroup {
  title: string;
  lines: readonly ReportLine[];
}

/** The rules that the report refers to by number. */
export interface RuleLists {
  exclude: readonly string[];
  mask: readonly string[];
  custom: readonly { tag: string }[];
}

/** Returns the lists of a policy combined with those of the company's policy. */
export function ruleLists(policy: RuleLists, minimumPolicy: RuleLists | undefined): RuleLists {
  const join = (list: 'exclude' | 'mask'): string[] => [
    ...new Set([...policy[list], ...(minimumPolicy?.[list] ?? [])]),
  ];
  const custom = minimumPolicy
    ? policy.custom.filter(({ tag }) => minimumPolicy.custom.some((rule) => rule.tag === tag))
    : policy.custom;
  return { exclude: join('exclude'), mask: join('mask'), custom };
}

const words = policyWords.compare;

/** The redacted items by rule, value, channel and unknown cause, most frequent first. */
export function reportGroups(
  report: Pick<RedactionReport, 'rules' | 'entities' | 'masked' | 'dropped' | 'unknown'>,
  policy: RuleLists,
): ReportGroup[] {
  return [
    { title: words.rules, lines: linesOf(report.rules, (rule) => ruleWords(rule, policy)) },
    { title: words.entities, lines: linesOf(report.entities, kindWords) },
    { title: words.masked, lines: linesOf(report.masked, channelWords) },
    { title: words.dropped, lines: linesOf(report.dropped, channelWords) },
    { title: words.unknown, lines: linesOf(report.unknown, (what) => words.unknownNames[what] ?? what) },
  ];
}

function linesOf(counts: Readonly<Record<string, number>>, name: (key: string) => string): ReportLine[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => ({ what: name(key), count }))
    .sort((a, b) => b.count - a.count);
}

function kindWords(kind: string): string {
  const { kinds } = policyWords.detectors;
  return Object.hasOwn(kinds, kind) ? kinds[kind as FindingKind] : kind;
}

/** Describes a rule: its selector, the pattern's name, or the detector's kind. */
function ruleWords(rule: string, policy: RuleLists): string {
  const [, list, ordinal] = /^(exclude|mask)-(\d+)$/.exec(rule) ?? [];
  if (list === 'exclude' || list === 'mask') {
    return `${policyWords[list].label}: ${policy[list][Number(ordinal) - 1] ?? rule}`;
  }
  const custom = /^custom-(\d+)$/.exec(rule)?.[1];
  if (custom !== undefined) return words.customEvent(policy.custom[Number(custom) - 1]?.tag ?? custom);
  if (rule === 'known-value') return words.knownValue;
  if (rule.startsWith('detector-')) return kindWords(rule.slice('detector-'.length));
  if (rule.startsWith('pattern-')) return `${policyWords.patterns.pattern} ${rule.slice('pattern-'.length)}`;
  return words.ruleNames[rule] ?? rule;
}
