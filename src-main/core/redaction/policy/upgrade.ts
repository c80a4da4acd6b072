import { isRecord } from '../../recording/json';

/**
 * Upgrades a policy of an older version; returns anything else unchanged. Version 1 had only words and times, under their current names, and
 * no detectors. It masked by its words, which still holds.
 */
export function upgradePolicy(json: unknown): unknown {
  if (!isRecord(json) || json.policyVersion !== 1) return json;
  return { ...json, policyVersion: 2 };
}
