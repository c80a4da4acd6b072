import { isRecord } from '../../recording/json';

/**
 * A policy file of an older version in the form of today's; everything else as it is. Version 1 knew words and times only, under the
 * names that they still have, and ran no detector: what it masked it masked by its words, which still holds.
 */
export function upgradePolicy(json: unknown): unknown {
  if (!isRecord(json) || json.policyVersion !== 1) return json;
  return { ...json, policyVersion: 2 };
}
