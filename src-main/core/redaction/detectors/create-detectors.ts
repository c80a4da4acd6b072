import { defaultFindingKinds, type FindingKind } from '../../../contract/finding-kinds';
import { findCards } from './card';
import { findEmails } from './email';
import type { Detector, DetectorOptions, Finding } from './finding';
import { normaliseText } from './normal-text';
import { ownPatternDetectors } from './own-patterns';
import { resolveOverlaps } from './resolve-overlaps';

export interface Detectors {
  /** What was found, in order, without overlaps, with offsets in the text as it was given. */
  find(text: string): Finding[];
}

/** Errors: policy-invalid, for a pattern of somebody's own that is no regular expression. */
export function createDetectors({ kinds = defaultFindingKinds, ownPatterns = [] }: DetectorOptions = {}): Detectors {
  const wanted = new Set(kinds);
  const byKind: [FindingKind, Detector][] = [
    ['email', findEmails],
    ['card', findCards],
  ];
  const detectors = byKind.filter(([kind]) => wanted.has(kind)).map(([, detector]) => detector);
  if (wanted.has('own')) detectors.push(...ownPatternDetectors(ownPatterns));

  return {
    find(written) {
      const { text, original } = normaliseText(written);
      const found = resolveOverlaps(detectors.flatMap((detector) => detector(text)));
      return found.map((finding) => {
        const [start, end] = original(finding.start, finding.end);
        return { start, end, kind: finding.kind };
      });
    },
  };
}
