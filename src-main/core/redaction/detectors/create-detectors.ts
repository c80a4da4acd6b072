import { defaultFindingKinds, type FindingKind } from '../../../contract/finding-kinds';
import { findAddresses } from './address';
import { findCards } from './card';
import { findCoordinates } from './coordinates';
import { findBirthDates, findDates } from './dates';
import { findEmails } from './email';
import type { Detector, DetectorOptions, Finding } from './finding';
import { findIbans } from './iban';
import { findNationalIds } from './national-ids';
import { findIps, findMacs } from './network';
import { normaliseText } from './normal-text';
import { ownPatternDetectors } from './own-patterns';
import { personDetector } from './person';
import { phoneDetector } from './phone';
import { resolveOverlaps } from './resolve-overlaps';
import { findSecrets } from './secrets';
import { findUrls } from './url';

export interface Detectors {
  /** What was found, in order, without overlaps, with offsets in the text as it was given. */
  find(text: string): Finding[];
}

/** Errors: policy-invalid, for a pattern of somebody's own that is no regular expression. */
export function createDetectors({
  kinds = defaultFindingKinds,
  countries = [],
  ownPatterns = [],
  seeds = [],
}: DetectorOptions = {}): Detectors {
  const wanted = new Set(kinds);
  const all: [kinds: FindingKind[], detector: Detector][] = [
    [['email'], findEmails],
    [['url', 'url-credentials'], findUrls],
    [['secret', 'jwt'], findSecrets],
    [['card'], findCards],
    [['iban'], findIbans],
    [['national-id'], findNationalIds],
    [['ip'], findIps],
    [['mac'], findMacs],
    [['coordinates'], findCoordinates],
    [['birth-date'], findBirthDates],
    [['date'], findDates],
    [['phone'], phoneDetector(countries)],
    [['address'], findAddresses],
    [['person'], personDetector(seeds)],
  ];
  const detectors = all.filter(([own]) => own.some((kind) => wanted.has(kind))).map(([, detector]) => detector);
  if (wanted.has('own')) detectors.push(...ownPatternDetectors(ownPatterns));

  return {
    find(written) {
      const { text, original } = normaliseText(written);
      const found = detectors.flatMap((detector) => detector(text)).filter(({ kind }) => wanted.has(kind));
      return resolveOverlaps(found).map((finding) => {
        const [start, end] = original(finding.start, finding.end);
        return { start, end, kind: finding.kind };
      });
    },
  };
}
