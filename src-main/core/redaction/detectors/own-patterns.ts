import { RE2JS } from 're2js';
import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import type { Detector, Finding } from './finding';

/** After this many matches of one pattern in a text, the rest of the text becomes one finding. */
const placesLimit = 100_000;

/** Returns a detector for each pattern of a policy. RE2 takes linear time for any pattern. Throws `policy-invalid` if one can't be compiled. */
export function ownPatternDetectors(patterns: readonly string[]): Detector[] {
  return patterns.map((pattern, index) => {
    const compiled = compile(pattern, index);
    return (text) => findAll(compiled, text);
  });
}

function compile(pattern: string, index: number): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch {
    // The library's message quotes the pattern, which may contain private values.
    throw new CasementError('policy-invalid', {
      reason: refusals.policy.field(`patterns.${index}.pattern`, refusals.policyProblem.notAPattern),
    });
  }
}

function findAll(pattern: RE2JS, text: string): Finding[] {
  const found: Finding[] = [];
  const matcher = pattern.matcher(text);
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (end > start) found.push({ start, end, kind: 'own' });
    if (found.length >= placesLimit) {
      found.push({ start: end, end: text.length, kind: 'own' });
      break;
    }
  }
  return found.filter(({ start, end }) => end > start);
}
