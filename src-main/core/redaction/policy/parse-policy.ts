import { isTraversal, parse as parseSelector, type Selector } from 'css-what';
import { RE2JS } from 're2js';
import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { Policy } from '../../../contract/policy';
import { compileSelectors } from '../selectors/compile';
import { upgradePolicy } from './upgrade';

/** More than this long, all selectors of a policy together can make matching slow. */
const selectorCharsLimit = 200_000;

/**
 * A policy from JSON that somebody wrote, of any version. Errors: policy-invalid, which names the first field that doesn't fit; the
 * message holds nothing else of the file.
 */
export function parsePolicy(json: unknown): Policy {
  const parsed = v.safeParse(Policy, upgradePolicy(json));
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]);
    throw invalid(
      path === null ? 'it is not an object with the fields of a policy' : `its field ${path.slice(0, 60)} does not fit`,
    );
  }
  const policy = parsed.output;
  for (const field of ['exclude', 'mask', 'unmask'] as const) checkSelectors(field, policy[field]);
  const names = new Set<string>();
  policy.patterns.forEach(({ pattern, name }, index) => {
    checkPattern(`patterns.${index}.pattern`, pattern);
    if (names.has(name)) throw invalid(`its field patterns.${index}.name is there twice`);
    names.add(name);
  });
  return policy;
}

function invalid(reason: string): CasementError {
  return new CasementError('policy-invalid', { reason });
}

function checkSelectors(field: string, selectors: readonly string[]): void {
  if (selectors.join('').length > selectorCharsLimit) throw invalid(`its field ${field} is too long`);
  selectors.forEach((selector, index) => {
    try {
      // A pseudo-element is no element, and would silently never match.
      const alternatives = parseSelector(selector);
      if (alternatives.flat().some(({ type }) => type === 'pseudo-element')) throw new Error('pseudo-element');
      // The parser lets a combinator end a selector, which then means nothing.
      if (alternatives.some(endsOpen)) throw new Error('combinator');
      compileSelectors([selector]);
    } catch {
      throw invalid(`its field ${field}.${index} is not a CSS selector that can be used here`);
    }
  });
}

function endsOpen(parts: readonly Selector[]): boolean {
  const last = parts.at(-1);
  return last === undefined || isTraversal(last);
}

function checkPattern(path: string, pattern: string): void {
  let matchesNothing: boolean;
  try {
    matchesNothing = RE2JS.compile(pattern).matcher('').find();
  } catch {
    throw invalid(`its field ${path} is not a pattern in RE2's syntax`);
  }
  if (matchesNothing) throw invalid(`its field ${path} matches an empty text`);
}
