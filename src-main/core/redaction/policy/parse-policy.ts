import { isTraversal, parse as parseSelector, type Selector } from 'css-what';
import { RE2JS } from 're2js';
import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import { isRecord, listOf } from '../../recording/json';
import { Policy } from '../../../contract/policy';
import { compileSelectors } from '../selectors/compile';
import { upgradePolicy } from './upgrade';

/** The longest total length of a policy's selectors. More can make matching slow. */
const selectorCharsLimit = 200_000;

/** A problem of a field, as the end of “The policy can’t be used: …”. `path` is for example `mask.0`, or '' for the complete policy. */
export interface PolicyProblem {
  path: string;
  reason: string;
}

/**
 * Parses a policy of any version. Throws `policy-invalid`, which names the first field that doesn't fit; the message contains nothing else
 * of the file.
 */
export function parsePolicy(json: unknown): Policy {
  const { policy, problems } = checkPolicy(json);
  if (policy) return policy;
  const reason = problems[0]?.reason ?? '';
  throw new CasementError('policy-invalid', { reason });
}

/** Checks a policy. Returns all problems, or the policy if there are none. */
export function checkPolicy(json: unknown): { policy: Policy | undefined; problems: PolicyProblem[] } {
  const upgraded = upgradePolicy(json);
  const parsed = v.safeParse(Policy, upgraded);
  const problems = parsed.success ? [] : parsed.issues.map(problemOf);
  const given = isRecord(upgraded) ? upgraded : {};
  for (const field of ['exclude', 'mask', 'unmask'] as const) problems.push(...checkSelectors(field, given[field]));
  problems.push(...checkPatterns(given.patterns));
  return { policy: parsed.success && problems.length === 0 ? parsed.output : undefined, problems };
}

function problemOf(issue: v.InferIssue<typeof Policy>): PolicyProblem {
  const path = v.getDotPath(issue)?.slice(0, 60) ?? '';
  if (path === '') return { path, reason: refusals.policy.notAPolicy };
  return { path, reason: fieldReason(path, 'invalid') };
}

function fieldReason(path: string, problem: keyof typeof refusals.policyField): string {
  return refusals.policy.field(path, refusals.policyField[problem]);
}

function checkSelectors(field: string, given: unknown): PolicyProblem[] {
  const selectors = listOf(given).filter((selector) => typeof selector === 'string');
  if (selectors.join('').length > selectorCharsLimit) return [{ path: field, reason: fieldReason(field, 'tooLong') }];
  return listOf(given).flatMap((selector, index) => {
    if (typeof selector !== 'string' || selector === '' || isUsable(selector)) return [];
    const path = `${field}.${index}`;
    return [{ path, reason: fieldReason(path, 'notASelector') }];
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

function checkPatterns(given: unknown): PolicyProblem[] {
  const names = new Set<unknown>();
  return listOf(given).flatMap((own, index) => {
    if (!isRecord(own)) return [];
    const { name, pattern } = own;
    const problems: PolicyProblem[] = [];
    const path = `patterns.${index}.pattern`;
    const problem = typeof pattern === 'string' && pattern !== '' ? findPatternProblem(pattern) : undefined;
    if (problem !== undefined) problems.push({ path, reason: fieldReason(path, problem) });
    const namePath = `patterns.${index}.name`;
    if (names.has(name)) problems.push({ path: namePath, reason: fieldReason(namePath, 'duplicate') });
    names.add(name);
    return problems;
  });
}

function findPatternProblem(pattern: string): 'matchesEmpty' | 'notAPattern' | undefined {
  try {
    return RE2JS.compile(pattern).matcher('').find() ? 'matchesEmpty' : undefined;
  } catch {
    return 'notAPattern';
  }
}
