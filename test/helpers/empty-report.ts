import type { RedactionReport } from '../../src-main/contract/policy';

/** The report of a redaction that found nothing to mask. */
export const emptyReport: RedactionReport = {
  policy: 'p',
  policyVersion: 2,
  floor: null,
  eventsIn: 3,
  eventsOut: 3,
  masked: {},
  dropped: {},
  entities: {},
  rules: {},
  unknown: {},
};
