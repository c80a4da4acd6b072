import { isTraversal, parse as parseSelector, type Selector } from 'css-what';
import { RE2JS } from 're2js';
import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import { isRecord, listOf } from '../../recording/json';
import { Policy, type PolicyFieldProblem, type PolicyProblem } from '../../../contract/policy';
import { compileSelectors } from '../selectors/compile';
import { upgradePolicy } from './upgrade';

/** The longest total length of a policy's selectors. More can make matching slow. */
const selectorCharsLimit = 200_000;

/**
 * Parses a policy of any version. Throws `policy-invalid`, which names the first field that doesn't fit; the message contains nothing else
 * of the file.
 */
export function parsePolicy(json: unknown): Policy {
  const { policy, problems } = checkPolicy(json);
  if (policy) return policy;
  const [reason = refusals.policy.notAPolicy] = problems.map(reasonOf);
  throw new CasementError('policy-invalid', { reason });
}

/** Returns the end of “The policy can’t be used: …”. */
function reasonOf({ path, problem }: PolicyFieldProblem): string {
  return path === '' ? refusals.policy.notAPolicy : refusals.policy.field(path, refusals.policyProblem[problem]);
}

/** Checks a policy. Returns all problems, or the policy if there are none. */
export function checkPolicy(json: unknown): { policy: Policy | undefined; problems: PolicyFieldProblem[] } {
  const upgraded = upgradePolicy(json);
  const parsed = v.safeParse(Policy, upgraded);
  const problems = parsed.success ? [] : parsed.issues.map(problemOf);
  const given = isRecord(upgraded) ? upgraded : {};
  for (const field of ['exclude', 'mask', 'unmask'] as const) problems.push(...checkSelectors(field, given[field]));
  problems.push(...checkPatterns(given.patterns));
  return { policy: parsed.success && problems.length === 0 ? parsed.output : undefined, problems };
}

function problemOf(issue: v.InferIssue<typeof Policy>): PolicyFieldProblem {
  return { path: v.getDotPath(issue)?.slice(0, 60) ?? '', problem: 'invalid' };
}

function checkSelectors(field: string, given: unknown): PolicyFieldProblem[] {
  const selectors = listOf(given).filter((selector) => typeof selector === 'string');
  if (selectors.join('').length > selectorCharsLimit) return [{ path: field, problem: 'tooLong' }];
  return listOf(given).flatMap((selector, index) => {
    if (typeof selector !== 'string' || selector === '' || isUsable(selector)) return [];
    return [{ path: `${field}.${index}`, problem: 'notASelector' }];
  });
}

function isUsable(selector: string): boolean {
  try {
    // A selector for a pseudo-element would silently never match.
    const alternatives = parseSelector(selector);
    if (alternatives.flat().some(({ type }) => type === 'pseudo-element')) return false;
    // The parser accepts a combinator at the end of a selector, which then has no meaning.
    if (alternatives.some(endsOpen)) return false;
    compileSelectors([selector]);
    return true;
  } catch {
    return false;
  }
}

function endsOpen(parts: readonly Selector[]): boolean {
  const last = parts.at(-1);
  return last === undefined || isTraversal(last);
}

function checkPatterns(given: unknown): PolicyFieldProblem[] {
  const names = new Set<unknown>();
  return listOf(given).flatMap((own, index) => {
    if (!isRecord(own)) return [];
    const { name, pattern } = own;
    const problems: PolicyFieldProblem[] = [];
    const path = `patterns.${index}.pattern`;
    const problem = typeof pattern === 'string' && pattern !== '' ? findPatternProblem(pattern) : undefined;
    if (problem !== undefined) problems.push({ path, problem });
    const namePath = `patterns.${index}.name`;
    if (names.has(name)) problems.push({ path: namePath, problem: 'duplicate' });
    names.add(name);
    return problems;
  });
}

function findPatternProblem(pattern: string): PolicyProblem | undefined {
  try {
    return RE2JS.compile(pattern).matcher('').find() ? 'matchesEmpty' : undefined;
  } catch {
    return 'notAPattern';
  }
}
