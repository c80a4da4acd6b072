import { findingKinds, type FindingKind } from '../../../contract/finding-kinds';
import type { Policy } from '../../../contract/policy';
import { createDetectors, type Finding } from '../detectors';
import { resolveOverlaps } from '../detectors/resolve-overlaps';
import type { Entities } from '../entities/entity';
import { maskOfLength } from '../placeholders';
import type { RedactionCounts } from '../redaction-counts';
import { Literals } from './literals';
import type { Pseudonyms } from './pseudonyms';

/** Finds and replaces the private values in a text. */
export interface PrivateValues {
  /** Finds values known from elsewhere in the recording, and those that detectors and the policy's own patterns find. */
  find(text: string): Finding[];
  /** Returns the replacement of a found value. */
  replace(kind: FindingKind, value: string): string;
  /** True if there may be unknown values. Then no text may stay just because nothing was found in it. */
  isUnsure: boolean;
  hasPseudonyms: boolean;
}

interface Options {
  entities: Entities;
  pseudonyms: Pseudonyms | undefined;
  counts: RedactionCounts;
}

export const noEntities: Entities = { values: [], isFull: false };

export function createPrivateValues(policy: Policy, { entities, pseudonyms, counts }: Options): PrivateValues {
  const literals = new Literals(entities, (literal) => counts.repair(literal));
  const off = new Set<FindingKind>([...policy.detectors.off, 'own']);
  const detectors = createDetectors({
    kinds: findingKinds.filter((kind) => !off.has(kind)),
    countries: policy.detectors.countries,
    seeds: entities.values.flatMap(({ value, kind }) => (kind === 'person' ? [value] : [])),
  });
  const patterns = policy.patterns.map(({ name, kind, pattern, ignoreCase }) => ({
    rule: `pattern-${name}`,
    kind,
    finder: createDetectors({ kinds: ['own'], ownPatterns: [ignoreCase ? `(?i)${pattern}` : pattern] }),
  }));
  const names = policy.pseudonyms ? pseudonyms : undefined;

  function counted(found: Finding[], rule: (finding: Finding) => string): Finding[] {
    for (const finding of found) counts.useRule(rule(finding));
    return found;
  }

  return {
    find(text) {
      if (text.trim() === '') return [];
      const found = [
        ...counted(literals.find(text), () => 'known-value'),
        ...counted(detectors.find(text), ({ kind }) => `detector-${kind}`),
        ...patterns.flatMap(({ rule, kind, finder }) =>
          counted(
            finder.find(text).map((finding) => ({ ...finding, kind })),
            () => rule,
          ),
        ),
      ];
      return resolveOverlaps(found);
    },
    replace(kind, value) {
      counts.hideEntity(kind);
      return names ? names.name(kind, value) : maskOfLength([...value].length);
    },
    isUnsure: entities.isFull,
    hasPseudonyms: names !== undefined,
  };
}

/** The part of a finding in one of several texts that were joined. */
export interface FoundPart extends Finding {
  /** The complete value, in the part that is replaced by its mask; '' in the other parts. */
  value: string;
}

/** Returns the text with its findings replaced. `between` masks the text outside of them. */
export function replaceFound(
  text: string,
  found: readonly FoundPart[],
  values: PrivateValues,
  between: (piece: string) => string,
): string {
  let result = '';
  let at = 0;
  for (const { start, end, kind, value } of found) {
    result += between(text.slice(at, start));
    if (value !== '') result += values.replace(kind, value);
    at = end;
  }
  return result + between(text.slice(at));
}
