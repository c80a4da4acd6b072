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
  /** Returns the findings in order and without overlaps. Offsets refer to the given text. */
  find(text: string): Finding[];
}

/** Creates the detectors. Throws `policy-invalid` if one of `ownPatterns` isn't a regular expression. */
export function createDetectors({
  kinds = defaultFindingKinds,
  countries = [],
  ownPatterns = [],
  seeds = [],
}: DetectorOptions = {}): Detectors {
  const wanted = new Set(kinds);
  const all: [kinds: FindingKind[], detector: Detector, needs?: 'digit'][] = [
    [['email'], findEmails],
    [['url', 'url-credentials'], findUrls],
    [['secret', 'jwt'], findSecrets],
    [['card'], findCards, 'digit'],
    [['iban'], findIbans, 'digit'],
    [['national-id'], findNationalIds, 'digit'],
    [['ip'], findIps, 'digit'],
    [['mac'], findMacs, 'digit'],
    [['coordinates'], findCoordinates, 'digit'],
    [['birth-date'], findBirthDates, 'digit'],
    [['date'], findDates, 'digit'],
    [['phone'], phoneDetector(countries), 'digit'],
    [['address'], findAddresses, 'digit'],
    [['person'], personDetector(seeds)],
  ];
  const chosen = all.filter(([own]) => own.some((kind) => wanted.has(kind)));
  const own = wanted.has('own') ? ownPatternDetectors(ownPatterns) : [];
  const forAll = [...chosen.map(([, detector]) => detector), ...own];
  const withoutDigits = [...chosen.filter(([, , needs]) => needs !== 'digit').map(([, detector]) => detector), ...own];

  return {
    find(written) {
      const { text, original } = normaliseText(written);
      const found: Finding[] = [];
      for (const detector of /\d/.test(text) ? forAll : withoutDigits)
        for (const finding of detector(text)) if (wanted.has(finding.kind)) found.push(finding);
      if (found.length === 0) return found;
      return resolveOverlaps(found).map((finding) => {
        const [start, end] = original(finding.start, finding.end);
        return { start, end, kind: finding.kind };
      });
    },
  };
}
