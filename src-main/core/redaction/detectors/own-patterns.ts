import { RE2JS } from 're2js';
import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import type { Detector, Finding } from './finding';

/** More places than this of one pattern in one text aren't told apart: the rest of the text is one finding. */
const placesLimit = 100_000;

/** A detector for each expression somebody wrote; in time linear in the text, whatever the expression. Errors: policy-invalid. */
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
    // What the library says quotes the pattern, which may hold what it looks for.
    throw new CasementError('policy-invalid', {
      reason: refusals.policy.field(`patterns.${index}.pattern`, refusals.policyField.notAPattern),
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
